import { type FileEvent } from '../../../domain/log-source.js';
import { type DiskMemory } from '../disk/disk-memory.js';
import { type FilePlace } from '../disk/disk-view.js';
import { type FileIdentity } from '../disk/file-identity.js';
import { openSafely, troubleOf } from '../disk/open-safely.js';
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

  /** Looks; the file is kept open from then on. Returns whether it is as it was. */
  look(): Promise<boolean> {
    return this.#looking.run();
  }

  async #look(): Promise<boolean> {
    const last = this.#last;
    try {
      const file = await openSafely(this.place.path, this.place.root, this.memory);
      const identity = await file.identity();
      const isContinued = last?.identity?.inode === file.inode && (await file.beginsAs(last.identity));
      await this.memory.see(file, true);
      const { size } = file;
      if (!this.memory.hold(file)) await file.close();
      this.#last = { state: 'ok', identity, size };
      this.#missingSince = undefined;
      if (last && last.state !== 'ok') this.tell('returned');
      else if (last && last.identity?.inode !== identity.inode) this.tell('rotated');
      else if (last && (!isContinued || size < (last.size ?? 0))) this.tell('truncated');
      return isContinued && size === last?.size;
    } catch (error) {
      const { state, reason } = troubleOf(error);
      if (last?.state === state) return true;
      if (state === 'missing' && last?.state === 'ok') {
        this.#missingSince ??= performance.now();
        if (performance.now() - this.#missingSince < MISSING_AFTER_MS) return false;
      }
      this.#last = { state };
      this.#missingSince = undefined;
      if (last) this.tell(state, reason);
      return false;
    }
  }

  /** What comes next is a beginning. */
  forget(): void {
    this.#last = undefined;
    this.#missingSince = undefined;
  }
}
