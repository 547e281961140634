import { type Gap, type LogBatch } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type TailFormat } from './live-format.js';
import { outcomeLine } from './outcome-line.js';
import { visible, type Ansi } from './visible.js';

/** The lines of `GET tail`. A line at column 0 is always a real entry; what continues it is indented by four spaces. */
export function textFormat(ansi: Ansi = 'none'): TailFormat {
  return {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    head: '',
    foot: '',
    batch: (batch) => Buffer.from(batchText(batch, ansi)),
    outcome: outcomeLine,
  };
}

function batchText(batch: LogBatch, ansi: Ansi): string {
  return (
    (batch.gap ? gapLine(batch.gap) : '') + batch.entries.map((entry) => entryText(entry, ansi)).join('')
  );
}

/** One entry as text, with its line end. What continues the entry before it has no head of its own, and is indented. */
export function entryText(entry: LogEntry, ansi: Ansi = 'none'): string {
  const { message, stack, data, continues } = entry;
  const tail = data === undefined ? '' : ` ${JSON.stringify(data)}`;
  const body = `${message}${tail}${stack === undefined ? '' : `\n${stack}`}`;
  const text = visible(`${continues ? '\n' : `${headOf(entry)} `}${body}`, ansi);
  // What is left of escapes are colours: none runs into the next entry.
  const reset = text.includes('\x1b') ? '\x1b[0m' : '';
  return `${text.replaceAll('\n', '\n    ').slice(continues ? 1 : 0)}${reset}\n`;
}

/** A time that is not known is a dash: the level alone would begin with blanks, as what continues an entry does. */
function headOf({ time = '-', level, context }: LogEntry): string {
  const head = `${time} ${level.toUpperCase().padStart(7)}`;
  return context === undefined || context === '' ? head : `${head} [${context}]`;
}

/** A gap as a line of its own. */
export function gapLine(gap: Gap): string {
  return `--- ${gapText(gap)} ---\n`;
}

/** A gap in words: `19 entries missed (evicted)`; of files with the bytes, which are at least so many where nobody could count. */
export function gapText({ missed, reason, bytes }: Gap): string {
  const what =
    missed === null ? 'an unknown number of entries' : missed === 1 ? '1 entry' : `${missed} entries`;
  const size = bytes === undefined ? '' : `, ${missed === null ? 'at least ' : ''}${bytes} bytes`;
  return `${what} missed (${reason}${size})`;
}
