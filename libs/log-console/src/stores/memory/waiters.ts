import { type Wait } from '../../domain/log-source.js';

/** The longest a timer can be set for; what is longer would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Those who wait for the next entry; one look per append when nobody does. */
export class Waiters {
  readonly #waiting = new Set<() => void>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Resolves at the next {@link wake}, at the latest when the signal aborts or the time is over. */
  wait({ signal, timeoutMs }: Wait): Promise<void> {
    if (signal?.aborted || timeoutMs <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(timeoutMs, MAX_TIMEOUT_MS));
      timer.unref();
      signal?.addEventListener('abort', done);
      this.#waiting.add(done);
    });
  }

  wake(): void {
    for (const done of this.#waiting) done();
  }
}
