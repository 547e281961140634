import { type EntryLine, type Line } from '../lines/line.js';
import { withoutEscapes } from './escapes.js';
import { visible } from './visible-text.js';

/** What a line is called that is no entry, in words. */
export type Notices = (line: Exclude<Line, EntryLine>) => string;

const IDS = ['requestId', 'traceId', 'spanId', 'operation', 'instance'] as const;

/** One line as `GET tail` writes it, without its line end: what continues it is indented, so that column 0 is a line. */
export function lineAsText(line: Line, notices: Notices): string {
  return indented(line.kind === 'entry' ? entryText(line) : `--- ${notices(line)} ---`);
}

/** All of an entry for somebody who copies it: the line, its ids, stack and data. */
export function entryDetails(line: EntryLine): string {
  const { entry } = line;
  const ids = IDS.flatMap((name) => (entry[name] === undefined ? [] : [`${name}: ${visible(entry[name])}`]));
  const data = entry.data === undefined ? [] : [visible(JSON.stringify(entry.data, null, 2))];
  const stack = entry.stack === undefined ? [] : [visible(withoutEscapes(entry.stack))];
  return [visible(headOf(line)), ...ids, ...stack, ...data].join('\n');
}

function entryText(line: EntryLine): string {
  const { data, stack } = line.entry;
  const tail = data === undefined ? '' : ` ${JSON.stringify(data)}`;
  return `${headOf(line)}${tail}${stack === undefined ? '' : `\n${withoutEscapes(stack)}`}`;
}

function headOf({ entry: { time, level, context }, text }: EntryLine): string {
  const head = [time, level.toUpperCase().padStart(7), context === undefined ? '' : `[${context}]`];
  return `${head.filter((part) => part).join(' ')} ${text}`;
}

function indented(text: string): string {
  return visible(text).replaceAll('\n', '\n    ');
}
