import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type DiskMemory } from './disk-memory.js';
import { HEAD_BYTES, type FileIdentity } from './file-identity.js';
import { type OpenFile, TruncatedWhileRead } from './open-file.js';
import { type FileTrouble, openReal, openSafely, troubleOf } from './open-safely.js';
import { filesWithInode, rotatedFiles, type RotatedFile } from './rotated-files.js';

/** Where a file is. */
export interface FilePlace {
  readonly path: string;
  /** The directory it must really lie in. */
  readonly root?: string | undefined;
}

/** The file to go on with after another. */
export interface Younger {
  readonly file: OpenFile;
  /** Bytes of files between the two that cannot be read. */
  readonly lost: number;
}

/** Looks for a file that is not found: while files are renamed one may be passed by. */
const MAX_LOOKS = 3;
const LOOK_AGAIN_MS = 25;
/** Tries to open a file that is renamed meanwhile. */
const MAX_OPENS = 10;
/** The clock of the disk goes in steps. */
const CLOCK_STEP_MS = 20;

/** What one read sees of the disk: the file behind the path as it was at the start, and those it was before. */
export class DiskView {
  readonly #opened: OpenFile[] = [];
  #rotated: Promise<RotatedFile[]> | undefined;
  /** The directory in which rotated files are looked for. */
  readonly #path: string;

  private constructor(
    readonly place: FilePlace,
    readonly memory: DiskMemory,
    readonly current: OpenFile | undefined,
    readonly trouble: FileTrouble | undefined,
  ) {
    this.#path = current?.path ?? place.path;
    if (current) this.#opened.push(current);
  }

  static async open(place: FilePlace, memory: DiskMemory): Promise<DiskView> {
    let current: OpenFile | undefined;
    try {
      current = await openSafely(place.path, place.root, memory);
      await memory.see(current, true);
      return new DiskView(place, memory, current, undefined);
    } catch (error) {
      await current?.close();
      if (error instanceof TruncatedWhileRead) throw error;
      return new DiskView(place, memory, undefined, troubleOf(error));
    }
  }

  /** Closes all that was opened. */
  async close(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((file) => file.close()));
  }

  /** The file of a cursor, or a copy of it, when it is at least so long. */
  async find(identity: FileIdentity, size: number): Promise<OpenFile | undefined> {
    for (let look = 1; ; look++) {
      const found = await this.#find(identity, size);
      if (found || look === MAX_LOOKS) return found;
      await setTimeout(LOOK_AGAIN_MS);
      this.#rotated = undefined;
    }
  }

  /** The next file that was written to after this one and is not empty. */
  async younger(file: OpenFile): Promise<Younger | undefined> {
    const rotated = await this.#listed();
    const at = rotated.findIndex(({ inode }) => inode === file.inode);
    const deleted = at < 0 ? await this.#youngerDeleted(file) : undefined;
    if (deleted) return { file: deleted, lost: 0 };
    const younger =
      at >= 0 ? rotated.slice(at + 1) : rotated.filter(({ modified }) => modified > file.modified);
    let lost = 0;
    for (const each of younger) {
      if (each.size === 0 || each.inode === file.inode) continue;
      const next = (await this.#open(each)) ?? (await this.memory.heldFile(each.inode));
      if (next) return { file: next, lost };
      if (each.inode !== this.current?.inode) lost += each.size;
    }
    return this.current && this.current.size > 0 && this.current.inode !== file.inode
      ? { file: this.current, lost }
      : undefined;
  }

  /** The first file that was made since a time (in milliseconds) and is not empty; 0: the one that is there now. */
  async firstSince(time: number): Promise<OpenFile | undefined> {
    for (const each of time > 0 ? await this.#listed() : []) {
      const isOurs = each.size > 0 && each.born >= time - CLOCK_STEP_MS;
      const file = isOurs ? await this.#open(each) : undefined;
      if (file) return file;
    }
    return this.current;
  }

  /** The last file that was written to before this one and is not empty; before none: the last of all. */
  async older(file: OpenFile | undefined): Promise<OpenFile | undefined> {
    const rotated = await this.#listed();
    const at = rotated.findIndex(({ inode }) => inode === file?.inode);
    const identity = await file?.identity();
    for (const each of rotated.slice(0, at < 0 ? undefined : at).reverse()) {
      const older = each.size > 0 ? await this.#open(each) : undefined;
      // A copy that was made before the file is truncated is not older.
      const isCopy = identity?.hashed === HEAD_BYTES && (await older?.beginsAs(identity)) === true;
      if (older && !isCopy) return older;
    }
    return undefined;
  }

  /** The next file after a deleted one where that is deleted too, but still open. */
  async #youngerDeleted(file: OpenFile): Promise<OpenFile | undefined> {
    const there = new Set((await this.#listed()).map(({ inode }) => inode));
    if (this.current) there.add(this.current.inode);
    for (const inode of this.memory.heldAfter(file.inode)) {
      if (there.has(inode)) return undefined;
      const next = await this.memory.heldFile(inode);
      if (next && next.size > 0) return next;
    }
    return undefined;
  }

  async #find(identity: FileIdentity, size: number): Promise<OpenFile | undefined> {
    const isIt = async (file: OpenFile | undefined): Promise<boolean> =>
      file !== undefined && file.size >= size && (await file.beginsAs(identity));
    const { inode } = identity;
    if (this.current?.inode === inode && (await isIt(this.current))) return this.current;
    const rotated = await this.#listed();
    for (const each of rotated.filter((file) => file.inode === inode)) {
      const file = await this.#open(each);
      if (await isIt(file)) return file;
    }
    const elsewhere = this.memory.knows(inode) ? await filesWithInode(dirname(this.#path), inode) : [];
    for (const each of elsewhere) {
      const file = await this.#open(each);
      // Under another name only what is known to have been ours: whoever asks could name any inode.
      if (file && (await this.memory.isOurs(file)) && (await isIt(file))) return file;
    }
    const held = await this.memory.heldFile(inode);
    if (await isIt(held)) return held;
    if (identity.hashed === 0) return undefined;
    for (const each of rotated.toReversed()) {
      const copy = each.size >= size ? await this.#open(each) : undefined;
      if (await isIt(copy)) return copy;
    }
    return undefined;
  }

  #listed(): Promise<RotatedFile[]> {
    return (this.#rotated ??= rotatedFiles(this.#path));
  }

  /** One of the files listed, by what name it has by now; undefined where it is gone. */
  async #open({ path, inode }: RotatedFile): Promise<OpenFile | undefined> {
    for (let look = 1; look <= MAX_OPENS; look++) {
      const known = this.#opened.find((file) => file.inode === inode);
      if (known) return known;
      try {
        const file = await openReal(path, this.place.root, this.memory);
        this.#opened.push(file);
        if (file.inode === inode) {
          await this.memory.see(file, false);
          return file;
        }
      } catch (error) {
        if (error instanceof TruncatedWhileRead) throw error;
        if (troubleOf(error).state === 'unavailable') return undefined;
      }
      // It was renamed since it was listed.
      const renamed = (await rotatedFiles(this.#path)).find((each) => each.inode === inode);
      if (!renamed) return undefined;
      path = renamed.path;
    }
    throw new Error('It is renamed all the time');
  }
}
