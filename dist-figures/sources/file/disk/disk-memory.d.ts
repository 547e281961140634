import { type FileIdentity } from './file-identity.js';
import { OpenFile, type FileFacts } from './open-file.js';
import { type HeldFiles } from './open-safely.js';
/**
 * What this process has seen of a file: no reader needs it to find its place, but with it a file is found that was
 * renamed to any name or deleted, and a gap says how much was lost.
 */
export declare class DiskMemory implements HeldFiles {
    #private;
    /** Remembers a file, as what stands behind the path or as one of those that did. */
    see(file: OpenFile, isOurs: boolean): Promise<void>;
    /** Whether a file of this inode stood behind the path while this process looked, and began like this one. */
    isOurs(file: OpenFile): Promise<boolean>;
    /** Whether a file of this inode stood behind the path while this process looked. */
    knows(inode: string): boolean;
    /** The largest size the file of a cursor was seen to have. */
    sizeOf(identity: FileIdentity): number;
    /** For how long, in milliseconds, this process has seen it as it is. */
    stillFor({ inode, size }: OpenFile): number;
    /** Keeps a file open, so that it can be read to its end when it is deleted. False: it is kept already. */
    hold(file: OpenFile): boolean;
    holding({ inode, device }: FileFacts): OpenFile | undefined;
    /** A file that is kept open, as it is now. */
    heldFile(inode: string): Promise<OpenFile | undefined>;
    /** Closes what is kept open. */
    letGo(): void;
}
