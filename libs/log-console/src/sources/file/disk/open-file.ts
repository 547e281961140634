import { type FileHandle } from 'node:fs/promises';
import { HEAD_BYTES, hashOf, isHeadOf, type FileIdentity, type Head } from './file-identity.js';

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
  /** When the disk said so, on the clock that never jumps. */
  readonly seenAt: number;
}

/** What was read would be of before and after: it must be looked at again. */
export class TruncatedWhileRead extends Error {
  override readonly name = 'TruncatedWhileRead';
}

/** A regular file that is open for reading. It reads no further than the file was long when it was opened. */
export class OpenFile implements FileFacts {
  readonly inode: string;
  readonly size: number;
  readonly device: string;
  readonly modified: number;
  readonly born: number;
  readonly seenAt: number;
  #head: Uint8Array | undefined;

  constructor(
    readonly path: string,
    readonly handle: FileHandle,
    facts: FileFacts,
    /** Whether somebody else closes it. */
    readonly isBorrowed = false,
  ) {
    this.inode = facts.inode;
    this.size = facts.size;
    this.device = facts.device;
    this.modified = facts.modified;
    this.born = facts.born;
    this.seenAt = facts.seenAt;
  }

  /** The bytes from one place to another, fewer where the file ends; in the memory given, or their own. */
  async read(from: number, to: number, memory?: Uint8Array): Promise<Uint8Array> {
    const length = Math.max(0, Math.min(to, this.size) - from);
    const bytes = memory ? memory.subarray(0, length) : Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.handle.read(bytes, filled, bytes.length - filled, from + filled);
      if (bytesRead === 0) break; // it was truncated since
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  /** Whether it was truncated since it was opened: what was read meanwhile may be of before and after. */
  async isTruncated(): Promise<boolean> {
    if ((await this.handle.stat()).size < this.size) return true;
    // It may have grown past that size again.
    return Buffer.compare(await this.read(0, HEAD_BYTES), await this.head()) !== 0;
  }

  /** Which file it is. */
  async identity(): Promise<FileIdentity> {
    const head = await this.head();
    return { inode: this.inode, hashed: head.length, hash: hashOf(head) };
  }

  /** Whether it begins as the file of an identity did, and so is this file or a copy. */
  async beginsAs({ hashed, hash }: Head): Promise<boolean> {
    return this.size >= hashed && isHeadOf(await this.head(), { hashed, hash });
  }

  /** Its first bytes. */
  async head(): Promise<Uint8Array> {
    if (this.#head) return this.#head;
    const head = await this.read(0, HEAD_BYTES);
    if (head.length < Math.min(HEAD_BYTES, this.size)) throw new TruncatedWhileRead();
    return (this.#head = head);
  }

  /** Closes it; nothing else can be done with it from then on. */
  async close(): Promise<void> {
    if (!this.isBorrowed) await this.handle.close().catch(() => undefined);
  }
}
