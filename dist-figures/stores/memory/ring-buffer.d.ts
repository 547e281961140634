import { type Snapshot } from '../../domain/snapshot.js';
import { type LogRecord } from '../../domain/log-entry.js';
/** The fields few entries have; kept as one object so that the others cost nothing. */
export type Links = Pick<LogRecord, 'requestId' | 'traceId' | 'spanId' | 'operation' | 'instance' | 'truncated' | 'continues'>;
/**
 * Storage of the memory store: a struct of arrays, slot = (id - first) mod capacity, bounded by entries and by bytes.
 * It knows ids and slots; what a reader is told is the store's business. Bytes: one per UTF-16 code unit of the texts
 * held (what they take in memory, and in UTF-8, where they are ASCII).
 */
export declare class RingBuffer {
    #private;
    readonly first: number;
    readonly capacity: number;
    readonly maxBytes: number;
    readonly levels: Uint8Array;
    readonly times: Float64Array;
    readonly messages: string[];
    readonly contexts: (string | undefined)[];
    readonly stacks: (string | undefined)[];
    readonly links: (Links | undefined)[];
    /** The oldest id held; one more than `newest` when nothing is. */
    oldest: number;
    /** The last id given; one less than `first` when none was. */
    newest: number;
    bytes: number;
    evicted: number;
    readonly heldByLevel: Float64Array<ArrayBuffer>;
    readonly acceptedByLevel: Float64Array<ArrayBuffer>;
    constructor(first: number, capacity: number, maxBytes: number);
    get size(): number;
    slot(id: number): number;
    /** The JSON text of an entry's data. */
    dataAt(slot: number): string | undefined;
    /** Writes the next entry, evicting what no longer fits. */
    push(level: number, time: number, message: string, context: string | undefined, stack: string | undefined, data: string | Snapshot | undefined, dataSize: number, links: Links | undefined): void;
    /** Removes everything up to an id that is held; returns how many. */
    clear(upTo: number): number;
}
