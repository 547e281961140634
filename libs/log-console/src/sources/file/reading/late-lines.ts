import { type Gap } from '../../../domain/log-batch.js';
import { type DiskMemory } from '../disk/disk-memory.js';
import { type OpenFile } from '../disk/open-file.js';

/** So many late writes are remembered until somebody reads on. */
const MAX_NOTICES = 32;

interface Notice {
  /** How long the file that is read now was when it was noticed: who reads past there is told. */
  readonly inode: string;
  readonly place: number;
  readonly bytes: number;
}

/**
 * What was written to a rotated file after its readers had gone on to the next one. They cannot get it any more, so
 * with the next lines they are told.
 */
export class LateLines {
  /** How long the files were that readers were told to leave; they may come back and find more. */
  readonly #leaving = new Map<string, number>();
  /** How long the files were when they were left. */
  readonly #left = new Map<string, number>();
  #notices: readonly Notice[] = [];

  constructor(readonly memory: DiskMemory) {}

  /** A reader has read all of a file and is given what comes next. */
  leave({ inode, size }: OpenFile): void {
    this.#leaving.set(inode, Math.max(size, this.#leaving.get(inode) ?? 0));
  }

  /** A reader goes on from a place in the file that is written to now. */
  arrive(): void {
    for (const [inode, size] of this.#leaving)
      this.#left.set(inode, Math.max(size, this.#left.get(inode) ?? 0));
    this.#leaving.clear();
  }

  /** Looks whether a file that was left has grown. */
  async look(): Promise<void> {
    for (const inode of [...this.#left.keys()]) {
      const file = await this.memory.heldFile(inode);
      const { current } = this.memory;
      const left = this.#left.get(inode);
      if (!file || left === undefined) {
        this.#left.delete(inode);
      } else if (current && current.inode !== inode && file.size > left) {
        this.#left.set(inode, file.size);
        const notice = { inode: current.inode, place: current.size, bytes: file.size - left };
        this.#notices = [...this.#notices, notice].slice(-MAX_NOTICES);
      }
    }
  }

  /** What is said to a reader of a file that reads from one place to another. */
  gapBetween({ inode }: OpenFile, from: number, to: number): Gap | undefined {
    const told = this.#notices.filter((it) => it.inode === inode && from <= it.place && it.place < to);
    if (told.length === 0) return undefined;
    return { reason: 'rotated', missed: null, bytes: told.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  /** Nobody follows any more. */
  clear(): void {
    this.#leaving.clear();
    this.#left.clear();
    this.#notices = [];
  }
}
