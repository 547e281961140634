import { type RawLine } from './raw-line.js';
/** How long a line may become. */
export interface LineSplitterOptions {
    /** Bytes of a line that are kept; what is longer is cut, counted and skipped. */
    readonly maxLineBytes: number;
}
/**
 * Makes lines of the blocks of a file, given in order. Every byte belongs to exactly one line, wherever the blocks are
 * cut; of a line that is not complete, its first `maxLineBytes` are held and nothing else.
 */
export declare class LineSplitter {
    #private;
    constructor({ maxLineBytes }: LineSplitterOptions);
    /** Bytes of memory that are taken by the line that waits. */
    get heldBytes(): number;
    /** Where the next block has to start. */
    get offset(): number;
    /**
     * The lines that end in this block.
     * @param offset where in the file it starts: anywhere for the first block, where the one before ended for the others
     */
    push(block: Uint8Array, offset: number): RawLine[];
    /** What waits for its LF, without half a character or a CR at its end: those wait for what follows them. */
    get rest(): RawLine | undefined;
    /** {@link rest}, handed out as a line without an end: what follows it up to its LF is a line of its own. */
    takeRest(): RawLine | undefined;
}
