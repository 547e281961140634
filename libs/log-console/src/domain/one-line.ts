import { cutToBytes } from './utf8.js';

const ONE_LINE = 200;

/** The JSON of data as a message of one line: a text without its quotes, and of what is long the beginning. */
export function oneLine(json: string): string {
  const line = json.startsWith('"') ? (JSON.parse(json) as string) : json;
  return line.length > ONE_LINE ? `${cutToBytes(line, ONE_LINE)}…` : line;
}
