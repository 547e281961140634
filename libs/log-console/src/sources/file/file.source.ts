import { type Cursor } from '../../domain/cursor.js';
import { type LogBatch } from '../../domain/log-batch.js';
import {
  type FileEvent,
  type LogSource,
  type ReadRequest,
  type SourceEvent,
  type Wait,
} from '../../domain/log-source.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { DiskMemory } from './disk/disk-memory.js';
import { type FilePlace } from './disk/disk-view.js';
import { type OpenFile } from './disk/open-file.js';
import { openSafely, troubleOf } from './disk/open-safely.js';
import { parserOf, type FormatName } from './formats/index.js';
import { FileReader } from './reading/file-reader.js';
import { LateLines } from './reading/late-lines.js';
import { LineReading } from './reading/line-reading.js';
import { isNews, SharedReads } from './reading/shared-reads.js';
import { FileState } from './watching/file-state.js';
import { FileWatch } from './watching/file-watch.js';
import { LineRate } from './watching/line-rate.js';
import { OneAtATime } from './watching/one-at-a-time.js';
import { WaitingReaders } from './watching/waiting-readers.js';

/** A line is several times in memory for a moment, as text, masked, as JSON: so a followed file stays within 256 KiB. */
const MAX_LINE_BYTES = 32 * 1024;

/** A file, and how its lines are read. */
export interface FileSourceOptions {
  /** What the API calls it. */
  readonly id: string;
  /** What people call it. Default: its id. */
  readonly name?: string | undefined;
  /** Where it is; it may be a symbolic link, which is resolved at each look. */
  readonly path: string;
  /** The directory it must really lie in, whatever links say. Default: anywhere. */
  readonly root?: string | undefined;
  /** How its lines are written. Default `auto`. */
  readonly format?: FormatName | undefined;
  /** Longer lines are cut. Default 32 KiB. */
  readonly maxLineBytes?: number | undefined;
  /** The process that answers. */
  readonly instance: string;
  /** Takes secrets out of its lines. Default: none are. */
  readonly redactor?: TextRedactor | undefined;
}

/** How a file is. */
export interface FileStatus {
  /** Bytes; 0 where it cannot be read. */
  readonly size: number;
  /** When it was last written to, RFC 3339; absent where it cannot be read. */
  readonly modified?: string;
  /** Whether it can be read. */
  readonly state: 'ok' | 'missing' | 'unavailable';
  /** Why it cannot. */
  readonly reason?: string;
  /** How many lines came of late, per second. */
  readonly linesPerSecond: number;
}

/** What a follower asks for: who waits looks for the same, so that one read serves all. */
const FOLLOWED = { limit: 1000, maxBytes: 256 * 1024 };

/** A log file, through every kind of rotation. */
export class FileSource implements LogSource {
  readonly id: string;
  readonly name: string;
  readonly #place: FilePlace;
  readonly #memory = new DiskMemory();
  readonly #late = new LateLines(this.#memory);
  readonly #reads: SharedReads;
  readonly #waiting = new WaitingReaders();
  readonly #listeners = new Set<(event: SourceEvent) => void>();
  readonly #state: FileState;
  readonly #watch: FileWatch;
  readonly #rate = new LineRate();
  readonly #check = new OneAtATime(() => this.#wakeReaders());
  #isClosed = false;

  constructor(options: FileSourceOptions) {
    const { path, root, instance, redactor, maxLineBytes = MAX_LINE_BYTES, format = 'auto' } = options;
    this.id = options.id;
    this.name = options.name ?? options.id;
    this.#place = { path, root };
    const lines = new LineReading(maxLineBytes, instance, parserOf(format), redactor);
    const reader = new FileReader(this.#place, lines, this.#memory, this.#late, (current) =>
      this.#onSeen(current),
    );
    this.#reads = new SharedReads((request) => reader.read(request));
    this.#state = new FileState(this.#place, this.#memory, (change, reason) => this.#tell(change, reason));
    this.#watch = new FileWatch(
      path,
      (isTick) => void this.#onChange(isTick),
      () => this.#onStop(),
    );
  }

  async read(request: ReadRequest): Promise<LogBatch> {
    // Who listens is told of every change since what it has read: the state before is known first.
    if (this.#listeners.size > 0 && !this.#state.isKnown) await this.#look();
    return this.#reads.after(request);
  }

  async waitAfter(cursor: Cursor, wait: Wait): Promise<void> {
    if (wait.signal?.aborted || wait.timeoutMs <= 0) return;
    const waiting = this.#waiting.wait(cursor, wait);
    if (!this.#isClosed) {
      this.#watchOn();
      void this.#check.run();
    }
    await waiting;
    this.#watchOff();
  }

  onEvent(listener: (event: SourceEvent) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#isClosed) this.#watchOn();
    return () => {
      this.#listeners.delete(listener);
      this.#watchOff();
    };
  }

  /** How the file is now. */
  async status(): Promise<FileStatus> {
    let file: OpenFile | undefined;
    try {
      file = await openSafely(this.#place.path, this.#place.root);
      const linesPerSecond = await this.#rate.sample(file);
      const modified = new Date(file.modified).toISOString();
      return { size: file.size, modified, state: 'ok', linesPerSecond };
    } catch (error) {
      const { state, reason } = troubleOf(error);
      return { size: 0, state, reason, linesPerSecond: 0 };
    } finally {
      await file?.close();
    }
  }

  /** Ends every wait, and whatever watches. */
  close(): void {
    this.#isClosed = true;
    this.#watch.stop();
    this.#waiting.wakeAll();
    this.#onStop();
  }

  /** Somebody follows: what is there is kept open from now on. */
  #watchOn(): void {
    const wasOn = this.#watch.isOn;
    this.#watch.start();
    if (!wasOn) void this.#look();
  }

  #watchOff(): void {
    if (this.#waiting.size === 0 && this.#listeners.size === 0) this.#watch.stopSoon();
  }

  /** Somebody wrote, renamed or deleted something, or it is time to look whether so. */
  async #onChange(isTick: boolean): Promise<void> {
    const looking = this.#look();
    if (isTick && (await looking) && !this.#watch.isLively && this.#areAllInCurrent()) return;
    await Promise.all([looking, this.#check.run()]);
    if (!(await looking)) this.#watch.changed();
  }

  /** Who listens is told what became of the file before it gets lines of another one. */
  async #onSeen(current: OpenFile): Promise<void> {
    if (this.#listeners.size > 0) await this.#state.saw(current);
  }

  async #look(): Promise<boolean> {
    const isSame = await this.#state.look();
    await this.#late.look();
    // It was stopped while this was looking.
    if (!this.#watch.isOn) this.#memory.letGo();
    return isSame;
  }

  /** Wakes those for whom there is something. */
  async #wakeReaders(): Promise<void> {
    await Promise.all(
      this.#waiting.places.map(async (after) => {
        const batch = await this.#reads.after({ after, ...FOLLOWED });
        if (isNews(batch, { after })) this.#waiting.wake(after);
      }),
    );
  }

  #areAllInCurrent(): boolean {
    const { inode } = this.#state;
    return this.#waiting.places.every((cursor) => cursor.startsWith(`${inode}.`));
  }

  #onStop(): void {
    this.#memory.letGo();
    this.#late.clear();
    this.#reads.clear();
    if (this.#listeners.size === 0) this.#state.forget();
  }

  #tell(change: FileEvent['data']['change'], reason?: string): void {
    const data = { change, at: new Date().toISOString(), ...(reason === undefined ? {} : { reason }) };
    for (const listener of [...this.#listeners]) {
      try {
        listener({ event: 'file', data });
      } catch {
        // One listener is no reason for the others not to hear of it.
      }
    }
  }
}
