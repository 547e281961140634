import { type Row } from './rows.js';

/** Heights of rows that are gone are forgotten by pieces of so many. */
const FORGET_EVERY = 5000;

/** A place in a list that stays the same when rows above it come, go or change their height. */
export interface RowPlace {
  readonly key: number;
  readonly offset: number;
}

/** Where each row of a long list begins, in pixels: by the heights that were measured, and an estimate where none was. */
export class RowHeights {
  readonly #measured = new Map<number, number>();
  /** Where each row begins; one more for the end of the last. */
  #starts = new Float64Array(1);
  #rows: readonly Row[] = [];
  /** So many were laid out; more may have been added since. */
  #count = 0;

  /** Of all rows. */
  get total(): number {
    return this.startOf(this.#count);
  }

  layOut(rows: readonly Row[], estimate: number): void {
    this.#rows = rows;
    this.#count = rows.length;
    if (this.#starts.length <= rows.length) this.#starts = new Float64Array(rows.length * 2 + 1);
    let start = 0;
    let index = 0;
    for (const { key } of rows) {
      this.#starts[index++] = start;
      start += this.#measured.get(key) ?? estimate;
    }
    this.#starts[index] = start;
    this.#forget();
  }

  /** Takes over the height of one row; whether it is another than before. */
  measure(key: number, height: number): boolean {
    if (this.#measured.get(key) === height) return false;
    this.#measured.set(key, height);
    return true;
  }

  startOf(index: number): number {
    return this.#starts[Math.min(Math.max(index, 0), this.#count)] ?? 0;
  }

  /** The row at this height, the first or last one beyond them; -1 when there is none. */
  indexAt(offset: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return high < 0 ? -1 : low;
  }

  /** The key of the row at this height, and how far below its beginning; undefined when there is none. */
  placeAt(offset: number): RowPlace | undefined {
    const index = this.indexAt(offset);
    const row = this.#rows[index];
    return row && { key: row.key, offset: offset - this.startOf(index) };
  }

  #forget(): void {
    if (this.#measured.size <= this.#rows.length + FORGET_EVERY) return;
    const held = new Set(this.#rows.map(({ key }) => key));
    for (const key of this.#measured.keys()) if (!held.has(key)) this.#measured.delete(key);
  }
}
