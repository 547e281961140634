import { toSafeJson } from './batch-json.js';
import { entryText, gapLine, gapText, visible } from './text-format.js';
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
];
const ndjson = {
    type: 'application/x-ndjson; charset=utf-8',
    extension: 'ndjson',
    head: '',
    entry: (entry) => `${toSafeJson(entry)}\n`,
    gap: (gap) => `${toSafeJson({ gap })}\n`,
    more: (next) => `${toSafeJson({ more: true, next })}\n`,
};
const csv = {
    type: 'text/csv; charset=utf-8; header=present',
    extension: 'csv',
    head: csvRow(Object.fromEntries(COLUMNS.map((column) => [column, column]))),
    entry: ({ data, ...entry }) => csvRow({ ...entry, data: data === undefined ? undefined : JSON.stringify(data) }),
    gap: (gap) => csvRow({ level: 'gap', message: gapText(gap) }),
    more: (next) => csvRow({ level: 'more', message: next }),
};
const text = {
    type: 'text/plain; charset=utf-8',
    extension: 'log',
    head: '',
    entry: (entry) => entryText(entry),
    gap: gapLine,
    more: (next) => `--- more: ${next} ---\n`,
};
/** The formats of `GET export` by name. */
export const EXPORT_FORMATS = { ndjson, csv, text };
/** RFC 4180. A cell that a spreadsheet would take for a formula gets a leading apostrophe. */
function csvRow(row) {
    return `${COLUMNS.map((column) => csvCell(row[column])).join(',')}\r\n`;
}
function csvCell(value) {
    if (value === undefined)
        return '';
    const given = String(value);
    const cell = (/^[=+\-@\t\r]/.test(given) ? "'" : '') + visible(given, 'none');
    return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
/** The whole text of a download, page by page as it is asked for. */
export async function* exportText(pages, format) {
    if (format.head !== '')
        yield format.head;
    for await (const { gap, entries, more } of pages) {
        const lines = entries.map((entry) => format.entry(entry)).join('');
        yield (gap ? format.gap(gap) : '') + lines + (more === undefined ? '' : format.more(more));
    }
}
