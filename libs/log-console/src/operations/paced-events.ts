import { contextStorage } from './context-storage.js';

/** At most two events a second. */
const EVERY_MS = 500;

/** Tells listeners of changes, at most twice a second; the last change is always told. */
export class PacedEvents<T> {
  readonly #listeners = new Set<(event: T) => void>();
  #last = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param current what is told: how it is then
   * @param report is called with what a listener threw
   */
  constructor(
    readonly current: () => T,
    readonly report: (error: unknown) => void,
  ) {}

  /** Returns how to stop it. */
  listen(listener: (event: T) => void): () => void {
    // Whoever listens twice is told twice.
    const own = (event: T): void => listener(event);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  changed(): void {
    if (this.#listeners.size === 0 || this.#timer) return;
    const wait = this.#last + EVERY_MS - performance.now();
    if (wait <= 0) this.#tell();
    else this.#timer = setTimeout(() => this.#tell(), wait).unref();
  }

  /** Tells of the last change at once. */
  end(): void {
    this.#tell();
    this.#listeners.clear();
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#last = performance.now();
    // What a listener does is not part of what it listens to.
    contextStorage.run({}, () => {
      const event = this.current();
      for (const listener of [...this.#listeners]) {
        try {
          listener(event);
        } catch (error) {
          this.report(error);
        }
      }
    });
  }
}
