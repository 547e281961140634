import { type Cursor } from '../domain/cursor.js';
import { type Gap } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type HeldPage } from '../reading/read-held.js';
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
/** The formats of `GET export` by name. */
export declare const EXPORT_FORMATS: {
    ndjson: ExportFormat;
    csv: ExportFormat;
    text: ExportFormat;
};
/** The name of a format. */
export type ExportFormatName = keyof typeof EXPORT_FORMATS;
/** The whole text of a download, page by page as it is asked for. */
export declare function exportText(pages: AsyncIterable<HeldPage>, format: ExportFormat): AsyncGenerator<string, void, void>;
