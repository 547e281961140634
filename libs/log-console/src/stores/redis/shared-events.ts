import { type Cursor } from '../../domain/cursor.js';
import { type SourceEvent } from '../../domain/log-source.js';

/** So many clears are remembered: far more than can be under way. */
const REMEMBERED = 100;

export interface ClearedPlace {
  readonly upTo: Cursor;
  readonly by: string | undefined;
  readonly at: string;
}

/** Tells the listeners of this process what becomes of the shared log. */
export class SharedEvents {
  readonly #listeners = new Set<(event: SourceEvent) => void>();
  readonly #told = new Set<number>();

  listen(listener: (event: SourceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: SourceEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch {
        // One listener's trouble is not another's.
      }
    }
  }

  /**
   * Tells of each clear once: who clears knows of it before it comes back from Redis.
   * @param id of the entry that says it
   */
  tellCleared(id: number, { upTo, by, at }: ClearedPlace): void {
    if (this.#told.has(id)) return;
    this.#told.add(id);
    if (this.#told.size > REMEMBERED) this.#told.delete([...this.#told][0]);
    this.tell({ event: 'cleared', data: { upTo, ...(by === undefined ? {} : { by }), at } });
  }
}
