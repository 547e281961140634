import { toJsonText } from './to-json-text.js';
import { cutToBytes } from './utf8.js';
const ONE_LINE = 200;
/** The JSON of data as a message of one line: a text without its quotes, and of what is long the beginning. */
export function oneLine(json) {
    const line = json.startsWith('"') ? JSON.parse(json) : json;
    return line.length > ONE_LINE ? `${cutToBytes(line, ONE_LINE)}…` : line;
}
/** The same of any value, of which no more is read than a line may need. */
export function oneLineOf(value) {
    return oneLine(toJsonText(value, ONE_LINE * 4).json);
}
