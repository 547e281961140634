import type { LogEntry } from '../../../src/domain/log-entry.js';
import { withoutEscapes } from '../formats/visible-text.js';
import { type EntryLine, type Line } from './line.js';

/** Makes the line of an entry. */
export function entryLine(entry: LogEntry, epoch: string, seq: number): EntryLine {
  return { kind: 'entry', seq, epoch, at: timeOf(entry.time), entry, text: withoutEscapes(entry.message) };
}

/** A time of the server in milliseconds; undefined where there is none. */
export function timeOf(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** Whether it is an error or worse. */
export function isProblem(line: Line): boolean {
  return line.kind === 'entry' && isProblemEntry(line.entry);
}

/** Whether it is an error or worse. */
export function isProblemEntry({ level }: LogEntry): boolean {
  return level === 'error' || level === 'fatal';
}

/** The data of an entry as JSON; '' when it has none. */
export function dataText({ data }: LogEntry): string {
  return data === undefined ? '' : JSON.stringify(data);
}

/** How much an entry holds: characters of message, stack and data. */
export function sizeOf(entry: LogEntry): number {
  let size = sizes.get(entry);
  if (size === undefined) {
    size = entry.message.length + (entry.stack?.length ?? 0) + dataText(entry).length;
    if (entry.data !== undefined) sizes.set(entry, size);
  }
  return size;
}

/** Where there is data: its JSON is not made a second time when the entry is let go. */
const sizes = new WeakMap<LogEntry, number>();
