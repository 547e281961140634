import { sizeOf } from './entry-line.js';
import { type Line } from './line.js';
import { seqBefore } from './seqs.js';
import { Tally } from './tally.js';

/** How much the page holds. */
export interface Limits {
  readonly lines: number;
  /** Characters of message, stack and data. */
  readonly chars: number;
  /** How far both are passed, as a fraction, before lines are removed: many at once is cheaper. */
  readonly slack: number;
}

/** Lines in the order of their numbers, and what is counted of them. */
export class HeldLines {
  readonly tally = new Tally();
  #lines: Line[] = [];
  #revision = 0;
  #nextSeq = 0;

  get lines(): readonly Line[] {
    return this.#lines;
  }

  /** How often something else happened than appending at the end and removing at the start. */
  get revision(): number {
    return this.#revision;
  }

  /** The number of a line to append; so many below it are kept free. */
  nextSeq(keptFree = 0): number {
    this.#nextSeq += keptFree;
    return this.#nextSeq++;
  }

  /** A number for a line to put before the one at this index. */
  seqBefore(index: number): number {
    return seqBefore(this.#lines[index] ?? { seq: this.#nextSeq }, this.#lines[index - 1]);
  }

  append(line: Line): void {
    this.#lines.push(line);
    this.tally.add(line);
  }

  splice(index: number, count: number, lines: readonly Line[]): void {
    // Not by spreading: there may be more lines than a call takes arguments.
    const tail = this.#lines.slice(index);
    this.#lines = this.#lines.slice(0, index).concat(lines, tail.slice(count));
    for (const line of tail.slice(0, count)) this.tally.remove(line);
    for (const line of lines) this.tally.add(line);
    this.#revision++;
  }

  /** Removes lines at the start. */
  takeFirst(count: number): Line[] {
    const taken = this.#lines.splice(0, count);
    for (const line of taken) this.tally.remove(line);
    return taken;
  }

  /** The index of the first line with a larger number. */
  indexAfter(seq: number): number {
    let low = 0;
    let high = this.#lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many lines at the start are too many; the last line is never. */
  excess({ lines, chars, slack }: Limits): number {
    const { length } = this.#lines;
    let left = this.tally.chars;
    if (length <= lines * (1 + slack) && left <= chars * (1 + slack)) return 0;
    let count = 0;
    for (const line of this.#lines) {
      const fits = length - count <= lines && left <= chars;
      if (fits || count === length - 1) break;
      if (line.kind === 'entry') left -= sizeOf(line.entry);
      count++;
    }
    return count;
  }
}
