/** Entries per block: large enough to write few pieces, small enough that the newest block is cheap to extend. */
const BLOCK = 64;
/** Bytes of a piece, unless one entry takes more: a reader that stands still keeps alive whole pieces of a block. */
const PIECE_BYTES = 64 * 1024;

interface Piece {
  /** Where it begins in its block. */
  readonly start: number;
  readonly bytes: Uint8Array;
}

interface Block {
  readonly pieces: readonly Piece[];
  /** Where each entry's JSON ends in the block, behind its comma. */
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
    const all: Uint8Array[] = [];
    for (let id = from; id <= to;) {
      const index = Math.floor((id - this.first) / BLOCK);
      const start = this.first + index * BLOCK;
      const last = Math.min(to, start + BLOCK - 1);
      const { pieces, ends } = this.#block(index, start, last);
      const begin = id === start ? 0 : ends[id - start - 1];
      const end = last === to ? ends[last - start] - 1 : ends[last - start];
      for (const piece of pieces) {
        const bytes = piece.bytes.subarray(Math.max(0, begin - piece.start), Math.max(0, end - piece.start));
        if (bytes.length > 0) all.push(bytes);
      }
      id = last + 1;
    }
    return all;
  }

  /**
   * How many bytes the JSON of one entry takes. `newest`: the last one held, so that its block is encoded at once:
   * entry by entry the block would be copied for each.
   */
  sizeOf(id: number, newest = id): number {
    const index = Math.floor((id - this.first) / BLOCK);
    const start = this.first + index * BLOCK;
    const known = this.#blocks.get(index);
    const isKnown = known !== undefined && known.ends.length > id - start;
    const { ends } = isKnown ? known : this.#block(index, start, Math.min(newest, start + BLOCK - 1));
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
    const pieces = [...(known?.pieces ?? [])];
    // The last one is made again, longer.
    const short = pieces.pop();
    let texts = short ? [short.bytes] : [];
    let begin = short?.start ?? end;
    for (let id = start + ends.length; id <= last; id++) {
      const text = Buffer.from(this.encode(id) + ',');
      if (end > begin && end - begin + text.length > PIECE_BYTES) {
        pieces.push({ start: begin, bytes: joined(texts) });
        texts = [];
        begin = end;
      }
      texts.push(text);
      ends.push((end += text.length));
    }
    pieces.push({ start: begin, bytes: joined(texts) });
    const block = { pieces, ends };
    this.#blocks.set(index, block);
    return block;
  }
}

function joined(texts: readonly Uint8Array[]): Uint8Array {
  return texts.length === 1 ? texts[0] : Buffer.concat(texts);
}
