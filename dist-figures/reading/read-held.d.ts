import { type Cursor } from '../domain/cursor.js';
import { type Gap } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type LogFilter } from '../domain/log-filter.js';
import { type LogSource } from '../domain/log-source.js';
/** One step of reading what a source holds: what was missed, entries, and at the end where it was cut. */
export interface HeldPage {
    readonly gap?: Gap | undefined;
    readonly entries: readonly LogEntry[];
    /** Only on the last page, and only when there is more than was asked for. */
    readonly more?: Cursor;
}
export interface HeldRequest {
    /** Where to start. Default: the oldest held. */
    readonly after?: Cursor | undefined;
    readonly filter?: LogFilter | undefined;
    /** Entries at most. */
    readonly maxEntries: number;
}
/** Reads everything that matches, up to the newest entry at the start, page by page as the consumer asks. */
export declare function readHeld(source: LogSource, request: HeldRequest): AsyncGenerator<HeldPage, void, void>;
