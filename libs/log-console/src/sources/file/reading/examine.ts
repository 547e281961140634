import { type LogEntry } from '../../../domain/log-entry.js';
import { compileFilter, filterableOf, type LogFilter } from '../../../domain/log-filter.js';

/** What a filtered read examines at most, so that no filter blocks the process. */
const MAX_EXAMINED = 50_000;
const MAX_EXAMINE_MS = 20;

/** Looks at entries with a filter; without one everything passes and nothing is counted. */
export class Examiner {
  readonly #matches: ReturnType<typeof compileFilter>;
  #examined = 0;
  #spent = 0;

  constructor(filter: LogFilter | undefined) {
    this.#matches = compileFilter(filter);
  }

  /** Whether as much was looked at as one read may. */
  get isSpent(): boolean {
    return this.#matches !== undefined && (this.#examined >= MAX_EXAMINED || this.#spent > MAX_EXAMINE_MS);
  }

  /** Runs what takes the time that is counted. */
  spend<T>(work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.#spent += performance.now() - start;
    }
  }

  passes(entry: LogEntry): boolean {
    if (!this.#matches) return true;
    this.#examined++;
    return this.#matches(filterableOf(entry));
  }
}
