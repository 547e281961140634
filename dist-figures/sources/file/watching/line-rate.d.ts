import { type OpenFile } from '../disk/open-file.js';
/** How many lines a file gets per second, from how it grew between two looks and how long its last lines are. */
export declare class LineRate {
    #private;
    /** Lines per second since the look before, with one decimal; 0 at the first. */
    sample(file: OpenFile): Promise<number>;
}
