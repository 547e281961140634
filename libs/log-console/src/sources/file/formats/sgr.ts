/** Colours and what else a terminal takes for the form of letters. */
// eslint-disable-next-line no-control-regex
const SGR = /\x1b\[[\d;]*m/g;

/** The text as it is read, without its colours. */
export function withoutColours(text: string): string {
  return text.includes('\x1b') ? text.replace(SGR, '') : text;
}
