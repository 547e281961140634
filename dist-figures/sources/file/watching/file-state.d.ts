import { type FileEvent } from '../../../domain/log-source.js';
import { type DiskMemory } from '../disk/disk-memory.js';
import { type FilePlace } from '../disk/disk-view.js';
type Change = FileEvent['data']['change'];
/** Looks at what stands behind a path again and again, and says what became of it. */
export declare class FileState {
    #private;
    readonly place: FilePlace;
    readonly memory: DiskMemory;
    readonly tell: (change: Change, reason?: string) => void;
    constructor(place: FilePlace, memory: DiskMemory, tell: (change: Change, reason?: string) => void);
    /** The inode, while it can be read. */
    get inode(): string | undefined;
    /** Looks; the file is kept open from then on. Returns whether it is as it was. */
    look(): Promise<boolean>;
    /** What comes next is a beginning. */
    forget(): void;
}
export {};
