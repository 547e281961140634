/* eslint-disable no-control-regex */
/**
 * Escape sequences of terminals, each also in its C1 form: what steers (CSI), what carries a text of its own (OSC, DCS, SOS,
 * PM, APC) and the rest. One that is not finished hides no more than its beginning, so that nobody can hide the rest of
 * a line. Every class leaves out what begins a sequence: the time stays linear.
 */
export const ESCAPES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[\t\x20-\x7e\xa0-\uffff]*(?:\x07|\x1b\\|\x9c))?|\x1b[ -/]*[0-~]?|\x9c/g;

const BEGINS = /[\x1b\x90\x98\x9b-\x9f]/;

/** Whether there may be an escape sequence in a text. */
export function hasEscapes(text: string): boolean {
  return BEGINS.test(text);
}

/** The text that a terminal would show: without escape sequences, with CRLF as LF. */
export function withoutEscapes(text: string): string {
  const lines = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  return hasEscapes(lines) ? lines.replace(ESCAPES, '') : lines;
}
