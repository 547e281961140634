import { type Cursor } from '../../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../../domain/log-batch.js';
import { type LogEntry } from '../../../domain/log-entry.js';
/** Entries of one file; their JSON is made once, for all who are given the same batch. */
export declare class FileBatch implements LogBatch {
    #private;
    readonly epoch: string;
    readonly instance: string;
    readonly entries: readonly LogEntry[];
    readonly next: Cursor;
    readonly prev: Cursor;
    readonly more: boolean;
    readonly gap?: Gap;
    constructor(batch: Omit<LogBatch, 'size' | 'encoded' | 'degraded' | 'gap'> & {
        readonly gap?: Gap | undefined;
    });
    get size(): number;
    encoded(): readonly Uint8Array[];
}
