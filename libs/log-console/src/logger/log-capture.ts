import { type LogRecord } from '../domain/log-entry.js';
import { LOG_LEVELS, levelIndex, type LogLevel } from '../domain/log-level.js';
import { type CaptureStats } from '../domain/log-stats.js';
import { type LogTarget } from './log-console.logger.js';

/** One application's share of the lines: those of the levels it wants go to its store, the others are counted. */
export class LogCapture implements LogTarget {
  readonly #wanted: readonly boolean[];
  readonly #store: { append(record: LogRecord): void };
  #belowLevel = 0;
  #rejected = 0;

  /** @param levels as Nest reads them: what is listed, and all above the highest listed. `error` and `fatal` always pass. */
  constructor(store: { append(record: LogRecord): void }, levels: readonly LogLevel[] = LOG_LEVELS) {
    const highest = levels.length === 0 ? Infinity : Math.max(...levels.map(levelIndex));
    const always = Math.min(highest, levelIndex('error'));
    this.#wanted = LOG_LEVELS.map((level, index) => index >= always || levels.includes(level));
    this.#store = store;
  }

  append(record: LogRecord): void {
    if (this.#wanted[levelIndex(record.level)]) this.#store.append(record);
    else this.#belowLevel++;
  }

  reject(): void {
    this.#rejected++;
  }

  get stats(): CaptureStats {
    return { belowLevel: this.#belowLevel, rejected: this.#rejected, suppressed: 0 };
  }
}
