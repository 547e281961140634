import { type Cursor } from '../domain/cursor.js';
import { type Gap, type LogBatch } from '../domain/log-batch.js';
import { type LogEntry, type LogRecord } from '../domain/log-entry.js';
import { type LogSource, type LogStore, type ReadRequest } from '../domain/log-source.js';
import { type SourceHarness } from './harness.js';
/** The cursor that reads from the oldest held. */
export declare const FROM_OLDEST: Cursor;
/** What a reader got on its way to the newest. */
export interface Reading {
    readonly batches: readonly LogBatch[];
    readonly entries: readonly LogEntry[];
    readonly messages: readonly string[];
    readonly gaps: readonly Gap[];
    /** Entries missed, by all gaps together. */
    readonly missed: number;
    readonly next: Cursor;
}
/** A source under test: writes what can be told apart, and reads as readers do. */
export declare class Probe {
    #private;
    readonly capacity: number;
    /** The messages of all that was written with {@link log}, in order. */
    readonly written: string[];
    constructor(harness: SourceHarness, capacity: number);
    get source(): LogSource;
    /** Writes entries that say which they are: "entry 7 odd". */
    log(count: number): Promise<void>;
    /** Writes records, and waits until the last one, whose message is its own, can be read. */
    write(records: readonly LogRecord[]): Promise<void>;
    /** Writes without waiting for anything. */
    send(records: readonly LogRecord[]): Promise<void>;
    read(request: ReadRequest): Promise<LogBatch>;
    /** The place from which what comes is read. */
    newest(): Promise<Cursor>;
    /** Reads on from a place until up to date. */
    readOn(after: Cursor, request: Omit<ReadRequest, 'after' | 'before'>): Promise<Reading>;
    /** Reads back from a place until nothing older is held. */
    readBack(before: Cursor, request: Omit<ReadRequest, 'after' | 'before'>): Promise<Reading>;
    /** Writes until a reader at this place has lost something. */
    overtake(place: Cursor): Promise<void>;
    until(what: string, holds: () => Promise<boolean>): Promise<void>;
    close(): Promise<void>;
}
/** A store under test. */
export declare class StoreProbe extends Probe {
    readonly store: LogStore;
    constructor(store: LogStore, capacity: number, close: () => void | Promise<void>);
}
export declare function messagesOf({ entries }: {
    readonly entries: readonly LogEntry[];
}): string[];
