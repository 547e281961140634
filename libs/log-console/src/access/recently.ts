const PAUSE_MS = 60_000;
const MAX_KEYS = 1000;

/** What goes on, as one: a reader who asks every two seconds has begun once. */
export class Recently {
  readonly #last = new Map<string, number>();

  /** Whether this begins: it was not seen for a minute. */
  begins(key: string, now = performance.now()): boolean {
    const last = this.#last.get(key) ?? -Infinity;
    this.#last.delete(key);
    // Those seen longest ago go first.
    if (this.#last.size >= MAX_KEYS) this.#last.delete(this.#last.keys().next().value ?? '');
    this.#last.set(key, now);
    return now - last >= PAUSE_MS;
  }
}
