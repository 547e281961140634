import { HEAD_BYTES, isHeadOf, type FileIdentity } from './file-identity.js';
import { OpenFile, type FileFacts } from './open-file.js';
import { factsOf, type HeldFiles } from './open-safely.js';

/** So many files that stood behind the path are remembered. */
const MAX_SEEN = 32;
/** So many of them are kept open while somebody follows. */
const MAX_HELD = 8;

interface Seen {
  /** Its first bytes. */
  readonly head: Uint8Array;
  /** The largest size it was seen to have. */
  readonly longest: number;
  readonly size: number;
  /** Since when it has had its size, on the clock that never jumps. */
  readonly since: number;
  /** Whether it stood behind the path. */
  readonly wasOurs: boolean;
  /** What it was before it was truncated. */
  readonly before: Seen | undefined;
}

/**
 * What this process has seen of a file: no reader needs it to find its place, but with it a file is found that was
 * renamed to any name or deleted, and a gap says how much was lost.
 */
export class DiskMemory implements HeldFiles {
  readonly #seen = new Map<string, Seen>();
  readonly #held = new Map<string, OpenFile>();
  #current: Pick<FileFacts, 'inode' | 'size'> | undefined;

  /** What stood behind the path when it was last seen. */
  get current(): Pick<FileFacts, 'inode' | 'size'> | undefined {
    return this.#current;
  }

  /** Remembers a file, as what stands behind the path or as one of those that did. */
  async see(file: OpenFile, isOurs: boolean): Promise<void> {
    const { inode, size } = file;
    const head = await file.head();
    // Truncated between the two looks: such a beginning never had such a size.
    if (await file.isTruncated()) return;
    if (isOurs) this.#current = { inode, size };
    const known = this.#seen.get(inode);
    const isSame = known !== undefined && startsWith(head, known.head);
    // The last seen goes last.
    this.#seen.delete(inode);
    this.#seen.set(inode, {
      head,
      size,
      longest: isSame ? Math.max(known.longest, size) : size,
      since: isSame && known.size === size ? known.since : performance.now(),
      wasOurs: isOurs || (isSame && known.wasOurs),
      before: isSame || !known ? known?.before : { ...known, before: undefined },
    });
    for (const inode of this.#seen.keys()) if (this.#seen.size > MAX_SEEN) this.#seen.delete(inode);
  }

  /** Whether a file of this inode stood behind the path while this process looked, and began like this one. */
  async isOurs(file: OpenFile): Promise<boolean> {
    const seen = this.#seen.get(file.inode);
    return seen?.wasOurs === true && seen.head.length > 0 && startsWith(await file.head(), seen.head);
  }

  /** Whether a file of this inode stood behind the path while this process looked. */
  knows(inode: string): boolean {
    return this.#seen.get(inode)?.wasOurs === true;
  }

  /** The largest size the file of a cursor was seen to have. */
  sizeOf(identity: FileIdentity): number {
    let seen = this.#seen.get(identity.inode);
    while (seen && !isHeadOf(seen.head, identity)) seen = seen.before;
    return seen?.longest ?? 0;
  }

  /** By how many bytes the file that was copied and then truncated was longer than this copy when it was last seen. */
  async lostBehind(copy: OpenFile): Promise<number> {
    const head = await copy.head();
    if (head.length < HEAD_BYTES) return 0;
    const originals = [...this.#seen.values()].flatMap(({ before }) => (before ? [before] : []));
    const lengths = originals.filter((seen) => startsWith(seen.head, head)).map(({ longest }) => longest);
    return Math.max(0, ...lengths.map((longest) => longest - copy.size));
  }

  /** For how long, in milliseconds, this process has seen it as it is. */
  stillFor({ inode, size }: OpenFile): number {
    const seen = this.#seen.get(inode);
    return seen?.size === size ? performance.now() - seen.since : 0;
  }

  /** Keeps a file open, so that it can be read to its end when it is deleted. False: it is kept already. */
  hold(file: OpenFile): boolean {
    if (file.isBorrowed || this.#held.has(file.inode)) return false;
    this.#held.set(file.inode, file);
    for (const [inode, oldest] of this.#held) {
      if (this.#held.size <= MAX_HELD) break;
      this.#held.delete(inode);
      void oldest.close();
    }
    return true;
  }

  holding({ inode, device }: FileFacts): OpenFile | undefined {
    const held = this.#held.get(inode);
    return held?.device === device ? held : undefined;
  }

  drop(file: OpenFile): void {
    if (this.#held.get(file.inode) === file) this.#held.delete(file.inode);
    void file.close();
  }

  /** The files kept open that came after this one, in their order. */
  heldAfter(inode: string): string[] {
    const inodes = [...this.#held.keys()];
    const at = inodes.indexOf(inode);
    return at < 0 ? [] : inodes.slice(at + 1);
  }

  /** A file that is kept open, as it is now. */
  async heldFile(inode: string): Promise<OpenFile | undefined> {
    const held = this.#held.get(inode);
    if (!held) return undefined;
    try {
      return new OpenFile(held.path, held.handle, factsOf(await held.handle.stat({ bigint: true })), true);
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

function startsWith(head: Uint8Array, beginning: Uint8Array): boolean {
  return (
    head.length >= beginning.length && Buffer.compare(head.subarray(0, beginning.length), beginning) === 0
  );
}
