/** How much of the beginning of a file tells it from others. */
export declare const HEAD_BYTES = 256;
/** How a file begins. */
export interface Head {
    /** How many bytes were hashed: all of a file that was short. */
    readonly hashed: number;
    /** The hash of these bytes. */
    readonly hash: string;
}
/** Which file it is, wherever it is renamed to: its inode, and a hash of its first bytes. */
export interface FileIdentity extends Head {
    /** The inode, in base 36. */
    readonly inode: string;
}
/** What stands for a file that is not there. */
export declare const NO_FILE: FileIdentity;
/** Writes an identity as an epoch. The number of the device is not in it: it differs from one machine to the next. */
export declare function epochOf({ inode, hashed, hash }: FileIdentity): string;
/** Reads an epoch; undefined for anything else. */
export declare function parseEpoch(epoch: string): FileIdentity | undefined;
/** The hash of the first bytes of a file. */
export declare function hashOf(head: Uint8Array): string;
/** Whether a file with these first bytes begins so. */
export declare function isHeadOf(head: Uint8Array, { hashed, hash }: Head): boolean;
