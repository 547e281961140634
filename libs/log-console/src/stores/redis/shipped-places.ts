const KEPT = 1000;

/** A batch that was shipped: its last entry in the buffer of the process and in the shared log. */
export interface ShippedBatch {
  readonly ring: number;
  readonly count: number;
  readonly base: number;
  readonly last: number;
}

/** Where the last batches have gone, for readers that read the buffer of the process while Redis was away. */
export class ShippedPlaces {
  #batches: ShippedBatch[] = [];

  add(batch: ShippedBatch): void {
    this.#batches.push(batch);
    if (this.#batches.length >= 2 * KEPT) this.#batches = this.#batches.slice(-KEPT);
  }

  /** The place after an entry of the buffer; undefined for one that was shipped too long ago, or not yet. */
  find(ringId: number): { readonly base: number; readonly id: number } | undefined {
    const [oldest] = this.#batches;
    const batch = this.#batches.find(({ ring }) => ring >= ringId);
    if (!batch || ringId < oldest.ring - oldest.count) return undefined;
    // An entry that was lost on the way is before the batch that came after it.
    return { base: batch.base, id: batch.last - Math.min(batch.count, batch.ring - ringId) };
  }
}
