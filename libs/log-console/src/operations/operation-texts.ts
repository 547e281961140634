import { errorTitle, isError } from '../domain/error-text.js';
import { oneLineOf } from '../domain/one-line.js';
import { redactText } from '../domain/redact-text.js';
import { type TextRedactor } from '../domain/text-redactor.js';
import { toJsonText } from '../domain/to-json-text.js';
import { cutToBytes } from '../domain/utf8.js';

const DATA_BYTES = 16 * 1024;
const ERROR_BYTES = 1000;

/** A copy of what was said of an operation: redacted, and bounded. */
export function keptData(data: unknown, redactor: TextRedactor): unknown {
  return JSON.parse(toJsonText(data, DATA_BYTES, undefined, undefined, redactor).json);
}

/** What was thrown, whatever it is, as a text: redacted, and bounded. */
export function thrownText(error: unknown, redactor: TextRedactor): string {
  const text = isError(error) ? errorTitle(error) : oneLineOf(error);
  return cutToBytes(redactText(redactor, text, ERROR_BYTES).text, ERROR_BYTES);
}
