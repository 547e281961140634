import { type Observable } from 'rxjs';
import { type Cursor } from '../../domain/cursor.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { type LogEntry, type LogRecord } from '../../domain/log-entry.js';
import { type Cleared, type ClearRequest, type LogStore, type ReadRequest, type SourceEvent, type StoreStats, type Wait } from '../../domain/log-source.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
/** Bounds and name of a memory store. */
export interface MemoryStoreOptions {
    /** Entries held at most. Default 10,000. */
    readonly capacity?: number | undefined;
    /** Text held at most, in bytes (one per UTF-16 code unit). Default 16 MiB. */
    readonly maxBytes?: number | undefined;
    /** Text of one entry at most, in UTF-8 bytes; more is cut and says so. Default 256 KiB. */
    readonly entryBytes?: number | undefined;
    /** Name of this process. Default `app`. */
    readonly instance?: string | undefined;
    /** Masks secrets in what is appended, before anything of it is held. Default: nobody. */
    readonly redactor?: TextRedactor | undefined;
}
/**
 * The locked ring: a bounded buffer in memory that is a {@link LogStore}. Append, read and clear exclude one another,
 * ids are dense and only go up, and entries reach every observer in id order, also when an observer logs or clears.
 */
export declare class MemoryStore implements LogStore {
    #private;
    /** Its name in cursors: another one after a restart. */
    readonly epoch: string;
    /** Name of this process, in its entries and batches. */
    readonly instance: string;
    constructor({ capacity, maxBytes, entryBytes, instance, redactor, }?: MemoryStoreOptions);
    /** Every entry as it is accepted, in id order. */
    get entries$(): Observable<LogEntry>;
    append(record: LogRecord): void;
    read(request: ReadRequest): LogBatch;
    waitAfter(cursor: Cursor, wait: Wait): Promise<void>;
    onEvent(listener: (event: SourceEvent) => void): () => void;
    clear(request?: ClearRequest): Cleared | Promise<Cleared>;
    stats(): StoreStats;
    /** Completes `entries$` and wakes all who wait. */
    close(): void;
}
