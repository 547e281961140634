import { type TextRedactor } from './text-redactor.js';

// eslint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x1f\x7f-\x9f]/g;

/** A name on one line: redacted, its control characters shown. */
export function visibleName(name: string, redactor: TextRedactor): string {
  return redactor
    .text(name)
    .replace(CONTROL, (found) => `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
