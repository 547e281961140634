import { type LogContext } from '../domain/log-context.js';
import { type LogRecord } from '../domain/log-entry.js';
import { LOG_LEVELS, levelIndex, type LogLevel } from '../domain/log-level.js';
import { type CaptureStats } from '../domain/log-stats.js';
import { type LogTarget } from './log-console.logger.js';

/** One application's share of the lines: those of the levels it wants go to its store, the others are counted. */
export class LogCapture implements LogTarget {
  readonly #wanted: readonly boolean[];
  readonly #store: { append(record: LogRecord): void };
  readonly #context: () => LogContext | undefined;
  #belowLevel = 0;
  #rejected = 0;

  /** @param levels as Nest reads them: what is listed, and all above the highest listed. `error` and `fatal` always pass. */
  constructor(
    store: { append(record: LogRecord): void },
    levels: readonly LogLevel[] = LOG_LEVELS,
    context: () => LogContext | undefined = () => undefined,
  ) {
    this.#context = context;
    const highest = levels.length === 0 ? Infinity : Math.max(...levels.map(levelIndex));
    const always = Math.min(highest, levelIndex('error'));
    this.#wanted = LOG_LEVELS.map((level, index) => index >= always || levels.includes(level));
    this.#store = store;
  }

  append(record: LogRecord): void {
    if (!this.#wanted[levelIndex(record.level)]) {
      this.#belowLevel++;
      return;
    }
    const operation = this.#context()?.operation;
    this.#store.append(operation === undefined ? record : { ...record, operation: operation.id });
  }

  reject(): void {
    this.#rejected++;
  }

  get stats(): CaptureStats {
    return { belowLevel: this.#belowLevel, rejected: this.#rejected, suppressed: 0 };
  }
}
