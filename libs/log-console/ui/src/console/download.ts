import { lineAsText } from '../formats/line-text.js';
import { saveFile } from '../formats/save-file.js';
import { filtersToQuery } from '../lines/filters.js';
import { type Line } from '../lines/line.js';
import { type Console } from './console.js';
import { noticeText } from './notice-text.js';

const TYPES = { text: 'text/plain', ndjson: 'application/x-ndjson', csv: 'text/csv' };
export type ExportFormat = keyof typeof TYPES;
export const EXPORT_FORMATS = Object.keys(TYPES) as ExportFormat[];

/** What is shown, line by line; of identical lines in a row each. */
export function downloadShown(console: Console): void {
  const text = console.rows.shown().map((line) => textOf(console, line));
  saveFile('log.txt', 'text/plain;charset=utf-8', `${text.join('\n')}\n`);
}

/** One line as a text file shows it. */
export function textOf(console: Console, line: Line): string {
  return lineAsText(line, (notice) => noticeText(console, notice));
}

/**
 * Everything on the server that matches the filters. By a link, so that the browser streams it to the disk and stays on
 * the page whatever is answered; where a header is needed, through the page.
 */
export async function downloadFromServer(console: Console, format: ExportFormat): Promise<void> {
  const query = filtersToQuery(console.filters.value);
  query.set('format', format);
  const { path: of, only = '' } = console.source;
  const path = `${of}export?${only}${query}`;
  if (console.api.bearer === undefined) {
    const link = document.createElement('a');
    link.href = new URL(path, console.api.base).href;
    link.download = '';
    link.click();
    return;
  }
  try {
    const answer = await console.api.open(path, { type: TYPES[format] });
    saveFile(`log.${format === 'text' ? 'txt' : format}`, 'application/octet-stream', await answer.blob());
  } catch {
    console.notice.value = console.preferences.texts.value.downloadFailed;
  }
}
