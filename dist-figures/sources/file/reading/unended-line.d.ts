import { type OpenFile } from '../disk/open-file.js';
/** Remembers how far the end of one long line was looked for, so that it is not looked for from its start again. */
export declare class UnendedLine {
    #private;
    /** Whether the line that starts there, which had no end when it was last read, still has none. */
    isStill(file: OpenFile, start: number): Promise<boolean>;
    /** No end was found from there to the end of the file. */
    remember({ inode, size }: OpenFile, start: number): void;
}
