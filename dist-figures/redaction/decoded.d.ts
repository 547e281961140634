/** A text as somebody means it who encoded, coloured or hid it, and where each of its characters stands in the original. */
export interface Decoded {
    readonly text: string;
    /** Start of each character in the original; one more for the end. */
    readonly starts: Int32Array;
}
/** Undoes percent-encoding, HTML entities, JSON escapes, terminal sequences and characters without width; undefined where nothing is encoded. */
export declare function decode(text: string): Decoded | undefined;
/** Whether something encoded or hidden begins here. */
export declare function isEncodedAt(text: string, at: number): boolean;
