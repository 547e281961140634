import { type LogEntry } from '../../../domain/log-entry.js';
import { type OpenFile } from '../disk/open-file.js';
import { type Examiner } from './examine.js';
import { type LineReading } from './line-reading.js';
/** What to read of a file. */
export interface BackwardRequest {
    /** The end of the last line wanted. */
    readonly to: number;
    readonly limit: number;
    readonly maxBytes: number | undefined;
    readonly examiner: Examiner;
}
/** Entries, oldest first, and how far back they reach. */
export interface Backward {
    readonly entries: readonly LogEntry[];
    /** Where the oldest entry that was looked at starts. */
    readonly reached: number;
}
/** Reads the last entries before a place in a file, in blocks from its end. */
export declare function readBackward(file: OpenFile, lines: LineReading, request: BackwardRequest): Promise<Backward>;
