import { createHash } from 'node:crypto';

/** How much of the beginning of a file tells it from others. */
export const HEAD_BYTES = 256;

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
export const NO_FILE: FileIdentity = { inode: '0', hashed: 0, hash: hashOf(new Uint8Array()) };

const EPOCH = /^(0|[1-9a-z][0-9a-z]{0,12})\.(0|[1-9a-z][0-9a-z]?)\.([0-9a-f]{16})$/;

/** Writes an identity as an epoch. The number of the device is not in it: it differs from one machine to the next. */
export function epochOf({ inode, hashed, hash }: FileIdentity): string {
  return `${inode}.${hashed.toString(36)}.${hash}`;
}

/** Reads an epoch; undefined for anything else. */
export function parseEpoch(epoch: string): FileIdentity | undefined {
  const [, inode, count, hash] = EPOCH.exec(epoch) ?? [];
  const hashed = parseInt(count ?? '', 36);
  return inode === undefined || hash === undefined || !(hashed <= HEAD_BYTES)
    ? undefined
    : { inode, hashed, hash };
}

/** The hash of the first bytes of a file. */
export function hashOf(head: Uint8Array): string {
  return createHash('sha256').update(head).digest('hex').slice(0, 16);
}

/** Whether a file with these first bytes begins so. */
export function isHeadOf(head: Uint8Array, { hashed, hash }: Head): boolean {
  return head.length >= hashed && hashOf(head.subarray(0, hashed)) === hash;
}
