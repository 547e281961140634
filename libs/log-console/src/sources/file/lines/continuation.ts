import { type ParsedLine } from '../formats/line-format.js';

/** The end of an object that was printed over several lines, perhaps with Nest's time since the line before. */
// eslint-disable-next-line no-control-regex
const CLOSING = /^[\]})]{1,16}[,;]?(?:(?:\x1b\[[\d;]{1,8}m)? \+\d{1,12}ms(?:\x1b\[39m)?)?$/;
const CAUSE = /^(?:Caused by: |Suppressed: |\[cause\]: |\.\.\. \d{1,6} more$|--- End of )/;
const ERROR_TITLE =
  /^(?:Uncaught )?(?:[\w$]{1,80}\.){0,16}[A-Z]?[\w$]{0,80}(?:Error|Exception)(?: \[\w{1,60}\])?(?::|$)/;
const PYTHON = 'Traceback (most recent call last):';
const PYTHON_END =
  /^(?:[\w.]{0,200}(?:Error|Exception|Warning|Interrupt|Exit|Iteration|Group)(?::|$)|During handling of |The above exception )/;
const NODE_VERSION = /^Node\.js v\d/;

/**
 * Whether a line belongs to the entry above it: a stack frame or another indented line, a cause, the title of the stack
 * that a logger prints below an error, a blank line inside a stack, what a Python trace ends with.
 * @param previous the entry above as far as it is known, `stack` its first line below the head at least
 */
export function isContinuation(text: string, previous?: ParsedLine): boolean {
  const first = text.charCodeAt(0);
  if (first === 0x20 || first === 0x09) return true;
  const hasStack = previous?.stack !== undefined;
  if (text === '') return hasStack;
  if (first === 0x7d || first === 0x5d || first === 0x29) return CLOSING.test(text);
  if (CAUSE.test(text)) return true;
  if (!previous) return false;
  const isPython = previous.message === PYTHON || previous.stack?.startsWith(PYTHON) === true;
  if (isPython && PYTHON_END.test(text)) return true;
  if (hasStack) return (isPython && text === PYTHON) || NODE_VERSION.test(text);
  const isError = previous.level === 'error' || previous.level === 'fatal';
  return isError && (text === PYTHON || (ERROR_TITLE.test(text) && !ERROR_TITLE.test(previous.message)));
}
