import { watch, type FSWatcher } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { rotationSchemes } from '../disk/rotated-names.js';

/** How often is looked where nobody tells of changes: soon after one, and when it has been quiet. */
const SOON_MS = 250;
const LATER_MS = 1000;
/** For so long after a change something may be due: the rest of a line, the end of a rotated file. */
const QUIET_AFTER_MS = 6000;
/** Who polls is away between two requests; a file that is deleted meanwhile is kept open for him. */
const LINGER_MS = 5000;

/** Tells when something may have changed in the directory of a file: one watcher and one timer, however many listen. */
export class FileWatch {
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #linger: NodeJS.Timeout | undefined;
  #watched: string | undefined;
  #isOn = false;
  #changedAt = 0;

  /**
   * @param onChange something may have changed
   * @param onStop nobody has wanted to know for a while
   */
  constructor(
    readonly path: string,
    readonly onChange: (isTick: boolean) => void,
    readonly onStop: () => void,
  ) {}

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Whether something changed lately, so that something may be due. */
  get isLively(): boolean {
    return performance.now() - this.#changedAt < QUIET_AFTER_MS;
  }

  /** Starts it, or lets it go on where it was to end. */
  start(): void {
    clearTimeout(this.#linger);
    if (this.#isOn) return;
    this.#isOn = true;
    this.changed();
    void this.#watch();
    this.#tick();
  }

  /** Something changed: what is due because of it is looked for soon. */
  changed(): void {
    this.#changedAt = performance.now();
  }

  /** Ends it a moment later, unless it is started again until then. */
  stopSoon(): void {
    clearTimeout(this.#linger);
    if (!this.#isOn) return;
    this.#linger = setTimeout(() => this.stop(), LINGER_MS);
    this.#linger.unref();
  }

  stop(): void {
    clearTimeout(this.#linger);
    clearTimeout(this.#timer);
    if (!this.#isOn) return;
    this.#isOn = false;
    this.#watcher?.close();
    this.#watcher = undefined;
    this.onStop();
  }

  #tick(): void {
    this.#timer = setTimeout(
      () => {
        void this.#watch();
        this.onChange(true);
        if (this.#isOn) this.#tick();
      },
      this.isLively ? SOON_MS : LATER_MS,
    );
    this.#timer.unref();
  }

  /** Watches the directory the file really is in now; where that does not work there is the timer. */
  async #watch(): Promise<void> {
    const path = await realpath(this.path).catch(() => this.path);
    if (!this.#isOn || (this.#watcher && path === this.#watched)) return;
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#watched = path;
    const name = basename(path);
    const schemes = rotationSchemes(name);
    try {
      const watcher = watch(dirname(path), { persistent: false }, (event, of) => {
        // Many files may be written to beside it.
        if (event === 'change' && of !== null && of !== name && !schemes.some(({ has }) => has(of))) return;
        this.changed();
        this.onChange(false);
      });
      watcher.on('error', () => {
        watcher.close();
        if (this.#watcher === watcher) this.#watcher = undefined;
      });
      this.#watcher = watcher;
    } catch {
      // Too many are watched, or there is no such directory.
    }
  }
}
