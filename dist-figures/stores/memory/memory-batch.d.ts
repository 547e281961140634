import { type Cursor } from '../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../domain/log-batch.js';
import { type LogEntry } from '../../domain/log-entry.js';
/** What a batch says beside its entries. */
export type BatchFrame = Pick<LogBatch, 'epoch' | 'instance' | 'next' | 'prev' | 'more' | 'gap'>;
/**
 * A batch whose entries are bytes shared with the ring: it stays what it was when the ring turns over, and
 * the objects are made only for those who ask for them.
 */
export declare class MemoryBatch implements LogBatch {
    #private;
    readonly size: number;
    readonly epoch: string;
    readonly instance: string;
    readonly next: Cursor;
    readonly prev: Cursor;
    readonly more: boolean;
    readonly gap?: Gap;
    constructor(frame: BatchFrame, size: number, pieces: readonly Uint8Array[]);
    get entries(): readonly LogEntry[];
    encoded(): readonly Uint8Array[];
}
