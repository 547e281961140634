import { type BigIntStats } from 'node:fs';
import { OpenFile, type FileFacts } from './open-file.js';
/** Why a file cannot be read. Its text names no path. */
export declare class FileTrouble extends Error {
    readonly state: 'missing' | 'unavailable';
    readonly reason: string;
    readonly name = "FileTrouble";
    constructor(state: 'missing' | 'unavailable', reason: string);
}
/** Files that are open already. */
export interface HeldFiles {
    /** The one that is this file. */
    holding(file: FileFacts): OpenFile | undefined;
}
/**
 * Opens a regular file by its path, which may be a symbolic link: what it leads to is opened, and never through
 * another link. With a root only what really lies below it. Throws a {@link FileTrouble}.
 */
export declare function openSafely(path: string, root?: string, held?: HeldFiles): Promise<OpenFile>;
/** The same for a path that is no link. */
export declare function openReal(path: string, root?: string, held?: HeldFiles): Promise<OpenFile>;
/** What the disk says of a regular file; a link is none. Throws a {@link FileTrouble}. */
export declare function lookAt(path: string): Promise<FileFacts>;
export declare function troubleOf(error: unknown): FileTrouble;
/** What fstat says, in the units used here. */
export declare function factsOf(stats: BigIntStats): FileFacts;
