import { entryText } from '../domain/entry-text.js';
import { type Cursor } from '../domain/cursor.js';
import { type Gap } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type HeldPage } from '../reading/read-held.js';
import { toSafeJson } from './batch-json.js';
import { gapLine, gapText } from './text-format.js';
import { visible } from '../domain/visible.js';

/** How a download is written. */
export interface ExportFormat {
  readonly type: string;
  readonly extension: string;
  readonly head: string;
  entry(entry: LogEntry): string;
  gap(gap: Gap): string;
  /** The last line of a download that was cut. */
  more(next: Cursor): string;
}

const COLUMNS = [
  'id',
  'time',
  'level',
  'context',
  'message',
  'stack',
  'data',
  'requestId',
  'traceId',
  'operation',
  'instance',
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string | number | undefined>>;

const ndjson: ExportFormat = {
  type: 'application/x-ndjson; charset=utf-8',
  extension: 'ndjson',
  head: '',
  entry: (entry) => `${toSafeJson(entry)}\n`,
  gap: (gap) => `${toSafeJson({ gap })}\n`,
  more: (next) => `${toSafeJson({ more: true, next })}\n`,
};

const csv: ExportFormat = {
  type: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  head: csvRow(Object.fromEntries(COLUMNS.map((column) => [column, column]))),
  entry: ({ data, ...entry }) =>
    csvRow({ ...entry, data: data === undefined ? undefined : JSON.stringify(data) }),
  gap: (gap) => csvRow({ level: 'gap', message: gapText(gap) }),
  more: (next) => csvRow({ level: 'more', message: next }),
};

const text: ExportFormat = {
  type: 'text/plain; charset=utf-8',
  extension: 'log',
  head: '',
  entry: (entry) => entryText(entry),
  gap: gapLine,
  more: (next) => `--- more: ${next} ---\n`,
};

/** The formats of `GET export` by name. */
export const EXPORT_FORMATS = { ndjson, csv, text };

/** The name of a format. */
export type ExportFormatName = keyof typeof EXPORT_FORMATS;

/** RFC 4180. A cell that a spreadsheet would take for a formula gets a leading apostrophe. */
function csvRow(row: Row): string {
  return `${COLUMNS.map((column) => csvCell(row[column])).join(',')}\r\n`;
}

function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  const given = String(value);
  const cell = (/^[=+\-@\t\r]/.test(given) ? "'" : '') + visible(given, 'none');
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The whole text of a download, page by page as it is asked for. */
export async function* exportText(
  pages: AsyncIterable<HeldPage>,
  format: ExportFormat,
): AsyncGenerator<string, void, void> {
  if (format.head !== '') yield format.head;
  for await (const { gap, entries, more } of pages) {
    const lines = entries.map((entry) => format.entry(entry)).join('');
    yield (gap ? format.gap(gap) : '') + lines + (more === undefined ? '' : format.more(more));
  }
}
