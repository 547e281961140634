import { type FileIdentity } from './file-identity.js';
import { OpenFile } from './open-file.js';
import { factsOf } from './open-safely.js';

/** So many files that stood behind the path are remembered. */
const MAX_SEEN = 32;
/** So many of them are kept open while somebody follows. */
const MAX_HELD = 8;

interface Seen {
  identity: FileIdentity;
  /** The largest size it was seen to have. */
  size: number;
  /** Since when it has had its size, on the clock that never jumps. */
  since: number;
  /** Whether it stood behind the path. */
  wasOurs: boolean;
}

/**
 * What this process has seen of a file: no reader needs it to find its place, but with it a file is found that was
 * renamed to any name or deleted, and a gap says how much was lost.
 */
export class DiskMemory {
  readonly #seen = new Map<string, Seen>();
  readonly #held = new Map<string, OpenFile>();

  /** Remembers a file, as what stands behind the path or as one of those that did. */
  async see(file: OpenFile, isOurs: boolean): Promise<void> {
    const identity = await file.identity();
    const known = this.#seen.get(file.inode);
    const isSame = known !== undefined && (await file.beginsAs(known.identity));
    const since = isSame && known.size === file.size ? known.since : performance.now();
    const size = isSame ? Math.max(known.size, file.size) : file.size;
    // The last seen goes last.
    this.#seen.delete(file.inode);
    const wasOurs = isOurs || (isSame && known.wasOurs);
    this.#seen.set(file.inode, { identity, size, since, wasOurs });
    for (const inode of this.#seen.keys()) if (this.#seen.size > MAX_SEEN) this.#seen.delete(inode);
  }

  /** What a file of this inode began with that stood behind the path while this process looked. */
  ours(inode: string): FileIdentity | undefined {
    const seen = this.#seen.get(inode);
    return seen?.wasOurs ? seen.identity : undefined;
  }

  /** The largest size a file of this inode was seen to have. */
  sizeOf(inode: string): number {
    return this.#seen.get(inode)?.size ?? 0;
  }

  /** For how long, in milliseconds, this process has seen it as it is. */
  stillFor({ inode, size }: OpenFile): number {
    const seen = this.#seen.get(inode);
    return seen?.size === size ? performance.now() - seen.since : 0;
  }

  /** Keeps a file open, so that it can be read to its end when it is deleted. False: it is kept already. */
  hold(file: OpenFile): boolean {
    if (this.#held.has(file.inode)) return false;
    this.#held.set(file.inode, file);
    for (const [inode, oldest] of this.#held) {
      if (this.#held.size <= MAX_HELD) break;
      this.#held.delete(inode);
      void oldest.close();
    }
    return true;
  }

  /** A file that is kept open, as it is now. Whoever gets it does not close it. */
  async heldFile(inode: string): Promise<OpenFile | undefined> {
    const held = this.#held.get(inode);
    if (!held) return undefined;
    try {
      return new OpenFile(held.path, held.handle, factsOf(await held.handle.stat({ bigint: true })));
    } catch {
      return undefined; // closed since
    }
  }

  /** Closes what is kept open. */
  letGo(): void {
    for (const file of this.#held.values()) void file.close();
    this.#held.clear();
  }
}
