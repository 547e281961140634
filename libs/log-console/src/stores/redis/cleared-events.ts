import { type Cursor } from '../../domain/cursor.js';
import { type SourceEvent } from '../../domain/log-source.js';

/** So many clears are remembered: far more than can be under way. */
const REMEMBERED = 100;

export interface ClearedPlace {
  readonly upTo: Cursor;
  readonly by: string | undefined;
  readonly at: string;
}

/** Tells the listeners of this process of each clear once: who clears knows of it before it comes back from Redis. */
export class ClearedEvents {
  readonly #listeners = new Set<(event: SourceEvent) => void>();
  readonly #told = new Set<number>();

  listen(listener: (event: SourceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param id of the entry that says it */
  tell(id: number, { upTo, by, at }: ClearedPlace): void {
    if (this.#told.has(id)) return;
    this.#told.add(id);
    if (this.#told.size > REMEMBERED) this.#told.delete([...this.#told][0]);
    const data = { upTo, ...(by === undefined ? {} : { by }), at };
    for (const listener of [...this.#listeners]) {
      try {
        listener({ event: 'cleared', data });
      } catch {
        // One listener's trouble is not another's.
      }
    }
  }
}
