import { type LogEntry } from '../../../domain/log-entry.js';
import { type OpenFile } from '../disk/open-file.js';
import { type LineReading } from './line-reading.js';
import { type Examiner } from './examine.js';
import { type UnendedLine } from './unended-line.js';
/** What to read of a file. */
export interface ForwardRequest {
    /** The offset after which to read. */
    readonly from: number;
    readonly limit: number;
    readonly maxBytes: number | undefined;
    readonly examiner: Examiner;
    /** Whether a line without an end is handed out. */
    readonly takesRest: boolean;
    readonly unended: UnendedLine;
}
/** Entries, and how far they reach. */
export interface Forward {
    readonly entries: readonly LogEntry[];
    readonly reached: number;
    /** Whether nothing is left that could be handed out now. */
    readonly isAtEnd: boolean;
}
/** Reads on from a place in a file. */
export declare function readForward(file: OpenFile, lines: LineReading, request: ForwardRequest): Promise<Forward>;
