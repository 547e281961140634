import { type LogBatch } from '../../../domain/log-batch.js';
import { type ReadRequest } from '../../../domain/log-source.js';
import { type DiskMemory } from '../disk/disk-memory.js';
import { type FilePlace } from '../disk/disk-view.js';
import { type LineReading } from './line-reading.js';
/**
 * Reads a file by cursor, and those it was before it was rotated. Everything it needs to know is in the cursor and on
 * the disk, so that any process goes on where another was. A place in a file is the offset of the end of a line; of
 * `before` it is one more, as ids are whole numbers and it is exclusive.
 */
export declare class FileReader {
    #private;
    readonly place: FilePlace;
    readonly lines: LineReading;
    readonly memory: DiskMemory;
    constructor(place: FilePlace, lines: LineReading, memory: DiskMemory);
    /** Never rejects: where the disk fails there is nothing to be read, and the reader stays where it is. */
    read(request: ReadRequest): Promise<LogBatch>;
}
