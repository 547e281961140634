import { type DiskMemory } from './disk-memory.js';
import { type FileIdentity } from './file-identity.js';
import { type OpenFile } from './open-file.js';
import { type FileTrouble } from './open-safely.js';
/** Where a file is. */
export interface FilePlace {
    readonly path: string;
    /** The directory it must really lie in. */
    readonly root?: string | undefined;
}
/** What one read sees of the disk: the file behind the path as it was at the start, and those it was before. */
export declare class DiskView {
    #private;
    readonly place: FilePlace;
    readonly memory: DiskMemory;
    readonly current: OpenFile | undefined;
    readonly trouble: FileTrouble | undefined;
    private constructor();
    static open(place: FilePlace, memory: DiskMemory): Promise<DiskView>;
    /** Closes all that was opened. */
    close(): Promise<void>;
    /** The file of a cursor, or a copy of it, when it is at least so long. */
    find(identity: FileIdentity, size: number): Promise<OpenFile | undefined>;
    /** The next file that was written to after this one and is not empty. */
    younger(file: OpenFile): Promise<OpenFile | undefined>;
    /** The last file that was written to before this one and is not empty; before none: the last of all. */
    older(file: OpenFile | undefined): Promise<OpenFile | undefined>;
}
