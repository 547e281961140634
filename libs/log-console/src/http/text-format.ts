import { entryText } from '../domain/entry-text.js';
import { type Gap, type LogBatch } from '../domain/log-batch.js';
import { type Ansi } from '../domain/visible.js';
import { type TailFormat } from './live-format.js';
import { outcomeLine } from './outcome-line.js';

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
