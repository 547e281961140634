/**
 * Serialises each entry once, on first read, in blocks of 64 that all readers share.
 * If nobody reads, nothing is serialised.
 */
export declare class EncodedBlocks {
    #private;
    readonly first: number;
    readonly encode: (id: number) => string;
    constructor(first: number, encode: (id: number) => string);
    /** The JSON of the entries from one id to another, comma-separated, in shared pieces. */
    pieces(from: number, to: number): Uint8Array[];
    /** How many bytes the JSON of one entry takes. */
    sizeOf(id: number): number;
    /** Forgets what is no longer held. Call it before reading: only held entries can be encoded. */
    dropBefore(oldest: number): void;
}
