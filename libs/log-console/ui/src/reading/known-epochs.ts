import { type Batch } from './wire.js';

/** Which lives of the source a page has read, and how far in each. */
export class KnownEpochs {
  readonly #places = new Map<string, number>();
  #current: string | undefined;
  /** In the current one, after it came back: how far it had been read before. */
  #readUpTo = -Infinity;

  /**
   * Notes a batch, and takes from it what was read before. `isBack`: of a life that had been left, so another server
   * answers, and they share no store.
   */
  note(batch: Batch): { readonly batch: Batch; readonly isBack: boolean } {
    const { epoch } = batch;
    const isOther = epoch !== this.#current;
    const known = this.#places.get(epoch);
    if (isOther) this.#readUpTo = known ?? -Infinity;
    this.#current = epoch;

    const readUpTo = this.#readUpTo;
    const place = Math.max(idOf(batch.next), readUpTo);
    if (place > readUpTo) this.#readUpTo = -Infinity;
    this.#places.set(epoch, place);
    const entries = batch.entries.filter(({ id }) => id > readUpTo);
    return {
      batch: { ...batch, entries, next: `${epoch}-${place}` },
      isBack: isOther && known !== undefined,
    };
  }
}

function idOf(cursor: string): number {
  return Number(cursor.slice(cursor.lastIndexOf('-') + 1));
}
