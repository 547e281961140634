import { type LogRecord } from '../domain/log-entry.js';
import { levelIndex, levelsFrom, type LogLevel } from '../domain/log-level.js';
import { type LogSink, type SinkStats } from '../domain/log-sink.js';
import { type LocalStore } from './after-restart.js';
import { type PreviousEntries } from './previous-entries.js';
import { ship, type Shipping } from './ship.js';

const AT_EXIT_MS = 100;

/** The destinations of an application: what is appended here goes to the store, and from there to each of them. */
export class Destinations<Store extends LocalStore = LocalStore> {
  readonly #shippings: readonly Shipping[];
  readonly #immediate: readonly Shipping[];
  #depth = 0;
  #gravest: LogLevel = 'verbose';
  readonly #onExit = (): void => this.#flushAtExit();

  constructor(
    readonly store: Store,
    sinks: readonly LogSink[],
    /** The run before, as one of them holds it. */
    readonly previous?: PreviousEntries,
  ) {
    const notify = (record: LogRecord): void => store.append(record);
    this.#shippings = sinks.map((sink) => {
      const { level, context } = sink;
      const levels = level === undefined ? undefined : levelsFrom(level);
      return ship(store, sink, { notify, filter: level || context ? { level: levels, context } : undefined });
    });
    this.#immediate = this.#shippings.filter(({ sink }) => sink.immediate);
    if (this.#immediate.length > 0) process.on('exit', this.#onExit);
  }

  /** Whether some of them have to be told of each line. */
  get areImmediate(): boolean {
    return this.#immediate.length > 0;
  }

  /** The counters by name. */
  get stats(): Readonly<Record<string, SinkStats>> {
    return Object.fromEntries(
      this.#shippings.map(({ sink, stats }) => [
        sink.name,
        sink.test ? { ...stats, testable: true as const } : stats,
      ]),
    );
  }

  append(...line: Parameters<Store['append']>): void {
    const [record] = line;
    this.#depth++;
    (this.store.append as (...line: Parameters<Store['append']>) => void)(...line);
    this.#depth--;
    if (levelIndex(record.level) > levelIndex(this.#gravest)) this.#gravest = record.level;
    // A line from within another is in the store when that one is.
    if (this.#depth > 0) return;
    const gravest = this.#gravest;
    this.#gravest = 'verbose';
    for (const shipping of this.#immediate) shipping.appended(gravest);
  }

  /** Hands on what was logged so far; within 2 s, then what is left is counted. */
  async close(): Promise<void> {
    await Promise.all(this.#shippings.map((shipping) => shipping.close()));
    process.off('exit', this.#onExit);
  }

  /** Hands on, or takes in hand, what is about to be cleared. */
  flush(): void {
    for (const shipping of this.#shippings) shipping.flush();
  }

  #flushAtExit(): void {
    const end = performance.now() + AT_EXIT_MS;
    for (const shipping of this.#immediate) shipping.flush(end - performance.now());
  }
}
