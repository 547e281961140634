/** What is read of a file at once. */
export declare const BLOCK_BYTES: number;
/** Runs work with a block of memory that is used again afterwards: garbage of this kind grows faster than it is collected. */
export declare function withBlock<T>(work: (block: Uint8Array) => Promise<T>): Promise<T>;
