import { type FileEvent } from '../../../domain/log-source.js';
import { type DiskMemory } from '../disk/disk-memory.js';
import { type FilePlace } from '../disk/disk-view.js';
import { isHeadOf, type FileIdentity } from '../disk/file-identity.js';
import { type OpenFile, TruncatedWhileRead } from '../disk/open-file.js';
import { type FileTrouble, openSafely, troubleOf } from '../disk/open-safely.js';
import { OneAtATime } from './one-at-a-time.js';

type Change = FileEvent['data']['change'];
/** A file that is rotated is away for a moment: that alone is nothing to tell of. */
const MISSING_AFTER_MS = 200;

interface State {
  readonly state: 'ok' | 'missing' | 'unavailable';
  readonly identity?: FileIdentity;
  readonly size?: number;
}

/** Looks at what stands behind a path again and again, and says what became of it. */
export class FileState {
  readonly #looking = new OneAtATime(() => this.#look());
  #last: State | undefined;
  #seenAt = 0;
  /** What the last look found; a reader may have seen more since. */
  #looked: State | undefined;
  #missingSince: number | undefined;

  constructor(
    readonly place: FilePlace,
    readonly memory: DiskMemory,
    readonly tell: (change: Change, reason?: string) => void,
  ) {}

  /** The inode, while it can be read. */
  get inode(): string | undefined {
    return this.#last?.identity?.inode;
  }

  /** Whether it was seen before, so that a change is noticed. */
  get isKnown(): boolean {
    return this.#last !== undefined;
  }

  /** Looks; the file is kept open from then on. Returns whether it is as it was. */
  look(): Promise<boolean> {
    return this.#looking.run();
  }

  /** Somebody who reads saw what is there. */
  async saw(file: OpenFile): Promise<void> {
    const identity = await file.identity();
    const head = await file.head();
    const { size, seenAt } = file;
    // Truncated just now: the next look sees what became of it.
    if (await file.isTruncated()) return;
    // Of two who looked at the same time the later one knows better.
    if (seenAt < this.#seenAt) return;
    const last = this.#last;
    this.#last = { state: 'ok', identity, size };
    this.#seenAt = seenAt;
    this.#missingSince = undefined;
    if (!last) return;
    if (last.state !== 'ok') this.tell('returned');
    else if (last.identity?.inode !== identity.inode) this.tell('rotated');
    else if (!isHeadOf(head, last.identity) || size < (last.size ?? 0)) this.tell('truncated');
  }

  async #look(): Promise<boolean> {
    const looked = this.#looked;
    let file: OpenFile | undefined;
    try {
      file = await openSafely(this.place.path, this.place.root, this.memory);
      await this.memory.see(file, true);
      await this.saw(file);
      const { size } = file;
      const identity = await file.identity();
      const isContinued = looked?.identity?.inode === file.inode && (await file.beginsAs(looked.identity));
      this.#looked = { state: 'ok', identity, size };
      if (!this.memory.hold(file)) await file.close();
      return isContinued && size === looked.size;
    } catch (error) {
      await file?.close();
      if (error instanceof TruncatedWhileRead) return false;
      return this.#isAway(troubleOf(error));
    }
  }

  #isAway({ state, reason }: FileTrouble): boolean {
    const last = this.#last;
    if (last?.state === state) return true;
    if (state === 'missing' && last?.state === 'ok') {
      this.#missingSince ??= performance.now();
      if (performance.now() - this.#missingSince < MISSING_AFTER_MS) return false;
    }
    this.#last = this.#looked = { state };
    this.#seenAt = performance.now();
    this.#missingSince = undefined;
    if (last) this.tell(state, reason);
    return false;
  }

  /** What comes next is a beginning. */
  forget(): void {
    this.#last = this.#looked = undefined;
    this.#missingSince = undefined;
  }
}
