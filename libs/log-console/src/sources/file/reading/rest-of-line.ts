import { type TextRedactor } from '../../../domain/text-redactor.js';
import { type RawLine } from '../lines/raw-line.js';

/**
 * The rest of a line whose beginning was handed out before. Secrets are looked for in the whole line: to read from
 * the middle of one must not show its other half.
 */
export function restOfLine(rest: RawLine, beginning: string, redactor: TextRedactor | undefined): RawLine {
  const whole = beginning + rest.text;
  let text = '';
  let from = beginning.length;
  for (const { start, end, kind } of redactor?.preview(whole).matches ?? []) {
    if (end <= from) continue;
    text += `${whole.slice(from, Math.max(from, start))}[redacted:${kind}]`;
    from = end;
  }
  return { ...rest, text: text + whole.slice(from), isRest: true };
}
