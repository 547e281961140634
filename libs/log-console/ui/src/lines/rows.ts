import { DEFAULT_LEVELS } from './filter-parts.js';
import { type Filters } from './filters.js';
import { isSameLine } from './is-same-line.js';
import { type LineList } from './line-list.js';
import { type Line } from './line.js';
import { matcher } from './matcher.js';

/** One row on the screen: a line, or several identical ones that follow each other. */
export interface Row {
  /** The number of the line it began with: the row keeps it also when that line was removed. */
  readonly key: number;
  /** The first line it stands for. */
  readonly line: Line;
  /** How many lines it stands for. */
  readonly count: number;
  /** The last of them. */
  readonly last: Line;
}

/** What is shown of a list. */
export class Rows {
  readonly #list: LineList;
  #rows: Row[] = [];
  #matches = matcher({ levels: DEFAULT_LEVELS, search: '', contexts: [] });
  #folds = true;
  #matching = 0;
  #revision = NaN;
  /** Lines up to this number were looked at. */
  #upTo = -Infinity;

  constructor(list: LineList) {
    this.#list = list;
  }

  /** Oldest first; ask again after every change. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** The number of the last line that was taken over; -Infinity when there was none. */
  get upTo(): number {
    return this.#upTo;
  }

  /** Entries shown, folded ones counted each. */
  get matching(): number {
    return this.#matching;
  }

  /** The lines shown, folded ones each. */
  shown(): Line[] {
    return this.#list.lines.filter((line) => this.shows(line));
  }

  /** Changes what is shown. */
  show({ filters, folds }: { readonly filters: Filters; readonly folds: boolean }): void {
    this.#matches = matcher(filters);
    this.#folds = folds;
    this.#revision = NaN;
    this.update();
  }

  /** Takes over what happened to the list since. */
  update(): void {
    if (this.#list.revision === this.#revision) {
      this.#dropRemoved();
    } else {
      this.#rows = [];
      this.#matching = 0;
      this.#upTo = -Infinity;
      this.#revision = this.#list.revision;
    }
    const { lines } = this.#list;
    for (let index = this.#list.indexAfter(this.#upTo); index < lines.length; index++) {
      const line = lines[index];
      if (line && this.shows(line)) this.#append(line);
    }
    this.#upTo = lines.at(-1)?.seq ?? this.#upTo;
  }

  /** The row that holds a line, else the next later one, else the last; -1 when there is none. */
  indexOf(seq: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#rows[middle]?.last.seq ?? Infinity) < seq) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, this.#rows.length - 1);
  }

  shows(line: Line): boolean {
    return line.kind !== 'entry' || this.#matches(line);
  }

  #append(line: Line): void {
    if (line.kind === 'entry') this.#matching++;
    const row = this.#folds ? this.#rows.at(-1) : undefined;
    if (row && isSameLine(row.line, line)) {
      this.#rows[this.#rows.length - 1] = { ...row, count: row.count + 1, last: line };
    } else {
      this.#rows.push({ key: line.seq, line, count: 1, last: line });
    }
  }

  /** Follows what the list removed at its start. */
  #dropRemoved(): void {
    const first = this.#list.lines[0]?.seq ?? Infinity;
    let gone = 0;
    for (; gone < this.#rows.length; gone++) {
      const row = this.#rows[gone];
      if (!row || row.last.seq >= first) break;
      if (row.line.kind === 'entry') this.#matching -= row.count;
    }
    if (gone > 0) this.#rows.splice(0, gone);
    const row = this.#rows[0];
    if (row && row.line.seq < first) this.#rows[0] = this.#whatIsLeft(row);
  }

  /** A row whose first lines were removed: all that is shown up to its last line is its own. */
  #whatIsLeft(row: Row): Row {
    let count = 0;
    let line: Line | undefined;
    for (const each of this.#list.lines) {
      if (each.seq > row.last.seq) break;
      if (!this.shows(each)) continue;
      line ??= each;
      count++;
    }
    this.#matching -= row.count - count;
    return { ...row, line: line ?? row.last, count };
  }
}
