import { type Cursor } from '../../../domain/cursor.js';
import { type Wait } from '../../../domain/log-source.js';

/** The longest a timer can be set for; what is longer would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Those who wait, by the place after which they wait. */
export class WaitingReaders {
  readonly #waiting = new Map<Cursor, Set<() => void>>();

  /** The places, each once. */
  get places(): Cursor[] {
    return [...this.#waiting.keys()];
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Resolves when somebody wakes the readers at this place, at the latest when the signal aborts or the time is over. */
  wait(cursor: Cursor, { signal, timeoutMs }: Wait): Promise<void> {
    return new Promise((resolve) => {
      const readers = this.#waiting.get(cursor) ?? new Set();
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        readers.delete(done);
        if (readers.size === 0 && this.#waiting.get(cursor) === readers) this.#waiting.delete(cursor);
        resolve();
      };
      const timer = setTimeout(done, Math.min(timeoutMs, MAX_TIMEOUT_MS));
      timer.unref();
      signal?.addEventListener('abort', done);
      readers.add(done);
      this.#waiting.set(cursor, readers);
    });
  }

  wake(cursor: Cursor): void {
    for (const done of [...(this.#waiting.get(cursor) ?? [])]) done();
  }

  wakeAll(): void {
    for (const cursor of this.places) this.wake(cursor);
  }
}
