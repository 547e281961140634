/** Entries per block: large enough to write few pieces, small enough that the newest block is cheap to extend. */
const BLOCK = 64;

interface Block {
  readonly bytes: Uint8Array;
  /** Where each entry's JSON ends in `bytes`, behind its comma. */
  readonly ends: readonly number[];
}

/**
 * Serialises each entry once, on first read, in blocks of 64 that all readers share.
 * If nobody reads, nothing is serialised.
 */
export class EncodedBlocks {
  readonly #blocks = new Map<number, Block>();
  #lowest = 0;
  #oldest: number;

  constructor(
    readonly first: number,
    readonly encode: (id: number) => string,
  ) {
    this.#oldest = first;
  }

  /** The JSON of the entries from one id to another, comma-separated, in shared pieces. */
  pieces(from: number, to: number): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    for (let id = from; id <= to;) {
      const index = Math.floor((id - this.first) / BLOCK);
      const start = this.first + index * BLOCK;
      const last = Math.min(to, start + BLOCK - 1);
      const { bytes, ends } = this.#block(index, start, last);
      const begin = id === start ? 0 : ends[id - start - 1];
      const end = ends[last - start];
      pieces.push(bytes.subarray(begin, last === to ? end - 1 : end));
      id = last + 1;
    }
    return pieces;
  }

  /** How many bytes the JSON of one entry takes. */
  sizeOf(id: number): number {
    const index = Math.floor((id - this.first) / BLOCK);
    const start = this.first + index * BLOCK;
    const { ends } = this.#block(index, start, id);
    return ends[id - start] - (id === start ? 0 : ends[id - start - 1]);
  }

  /** Forgets what is no longer held. Call it before reading: only held entries can be encoded. */
  dropBefore(oldest: number): void {
    this.#oldest = oldest;
    const keep = Math.floor((oldest - this.first) / BLOCK);
    while (this.#lowest < keep && this.#blocks.size > 0) this.#blocks.delete(this.#lowest++);
    this.#lowest = keep;
  }

  /** The block with its entries up to `last`, as far as they are held. */
  #block(index: number, start: number, last: number): Block {
    const known = this.#blocks.get(index);
    const count = known?.ends.length ?? 0;
    if (known && count > last - start) return known;
    const ends = known ? [...known.ends] : [];
    let end = ends.at(-1) ?? 0;
    // What was evicted before anyone read it takes no bytes: its slot may hold another entry.
    while (start + ends.length < this.#oldest) ends.push(end);
    const texts: Buffer[] = [];
    for (let id = start + ends.length; id <= last; id++) {
      const text = Buffer.from(this.encode(id) + ',');
      texts.push(text);
      ends.push((end += text.length));
    }
    const block = { bytes: Buffer.concat(known ? [known.bytes, ...texts] : texts), ends };
    this.#blocks.set(index, block);
    return block;
  }
}
