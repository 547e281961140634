import { type FileFacts } from './open-file.js';
/** A file beside the one that is written to. */
export interface RotatedFile extends FileFacts {
    readonly path: string;
}
/** The files that were once written under the name of this one, oldest first. */
export declare function rotatedFiles(path: string): Promise<RotatedFile[]>;
/** All regular files of a directory that have this inode, whatever they are called. */
export declare function filesWithInode(directory: string, inode: string): Promise<RotatedFile[]>;
