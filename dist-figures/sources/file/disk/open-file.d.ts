import { type FileHandle } from 'node:fs/promises';
import { type FileIdentity, type Head } from './file-identity.js';
/** What the disk says of a file. */
export interface FileFacts {
    /** In base 36. */
    readonly inode: string;
    readonly size: number;
    /** The disk it is on, here and now. */
    readonly device: string;
    /** When it was last written to, in milliseconds. */
    readonly modified: number;
    /** When it was made, in milliseconds; 0 where the disk does not know. */
    readonly born: number;
}
/** A regular file that is open for reading. It reads no further than the file was long when it was opened. */
export declare class OpenFile implements FileFacts {
    #private;
    readonly path: string;
    readonly handle: FileHandle;
    /** Whether somebody else closes it. */
    readonly isBorrowed: boolean;
    readonly inode: string;
    readonly size: number;
    readonly device: string;
    readonly modified: number;
    readonly born: number;
    constructor(path: string, handle: FileHandle, facts: FileFacts, 
    /** Whether somebody else closes it. */
    isBorrowed?: boolean);
    /** The bytes from one place to another, fewer where the file ends; in the memory given, or their own. */
    read(from: number, to: number, memory?: Uint8Array): Promise<Uint8Array>;
    /** Which file it is. */
    identity(): Promise<FileIdentity>;
    /** Whether it begins as the file of an identity did, and so is this file or a copy. */
    beginsAs({ hashed, hash }: Head): Promise<boolean>;
    /** Its first bytes. */
    head(): Promise<Uint8Array>;
    /** Closes it; nothing else can be done with it from then on. */
    close(): Promise<void>;
}
