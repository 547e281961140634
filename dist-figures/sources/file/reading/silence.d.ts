import { type DiskMemory } from '../disk/disk-memory.js';
import { type OpenFile } from '../disk/open-file.js';
/** Whether nothing was written for a second. The clock of the disk may be another one: then what this process saw counts. */
export declare function isSilent(file: OpenFile, memory: DiskMemory): boolean;
/** Whether a reader that has read all of a rotated file goes on to the next one. */
export declare function mayLeave(file: OpenFile, next: OpenFile, memory: DiskMemory): boolean;
