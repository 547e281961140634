import { compileFilter, filterableOf, type Filterable } from '../../domain/log-filter.js';
import { levelIndex } from '../../domain/log-level.js';
import { type ReadRequest } from '../../domain/log-source.js';
import { type Run } from './redis-batch.js';
import { type StreamBatch } from './stream-batch.js';

/** What a filtered read examines at most, so that no filter blocks the process. */
const MAX_EXAMINED = 50_000;
const MAX_EXAMINE_MS = 20;

/** Chooses entries, batch by batch in one direction, until a request has what it asked for. */
export class Examination {
  readonly runs: Run[] = [];
  found = 0;
  /** It has had its share of the process: what follows is for another read. */
  isSpent = false;
  #limit: number;
  readonly #maxBytes: number;
  readonly #matches: ((entry: Filterable) => boolean) | undefined;
  readonly #levels: readonly number[] | undefined;
  #bytes = 0;
  #examined = 0;
  #ms = 0;

  constructor({ limit, maxBytes, filter }: ReadRequest) {
    this.#limit = limit;
    this.#maxBytes = maxBytes ?? Infinity;
    this.#matches = compileFilter(filter);
    this.#levels = filter?.level?.map(levelIndex);
  }

  /** How many are still wanted. */
  get left(): number {
    return this.#limit - this.found;
  }

  /**
   * Looks at entries of a batch from one id to another, down where that one is smaller. Answers the last one looked at;
   * undefined: none. Less than all means that this was enough.
   */
  look(batch: StreamBatch, from: number, to: number): number | undefined {
    if (this.left <= 0 || this.isSpent) return undefined;
    const step = from <= to ? 1 : -1;
    if (this.#matches === undefined && this.#maxBytes === Infinity) {
      const last = from + (Math.min(this.left, Math.abs(to - from) + 1) - 1) * step;
      this.#add(batch, Math.min(from, last), Math.max(from, last));
      return last;
    }
    if (this.#levels?.every((level) => batch.levels[level] === 0)) return this.#skip(from, to);
    const began = performance.now();
    let reached: number | undefined;
    for (let id = from; (to - id) * step >= 0 && this.left > 0; id += step) {
      if (!this.#matches || this.#matches(filterableOf(batch.entries[id - batch.first]))) {
        const size = batch.sizeOf(id);
        if (this.found > 0 && this.#bytes + size > this.#maxBytes) {
          this.#limit = this.found;
          break;
        }
        this.#bytes += size;
        this.#add(batch, id, id);
      }
      reached = id;
    }
    if (this.#matches) this.#spend(Math.abs(to - from) + 1, performance.now() - began);
    return reached;
  }

  #skip(from: number, to: number): number {
    this.#spend(Math.abs(to - from) + 1, 0);
    return to;
  }

  #spend(entries: number, ms: number): void {
    this.#examined += entries;
    this.#ms += ms;
    this.isSpent ||= this.#examined >= MAX_EXAMINED || this.#ms > MAX_EXAMINE_MS;
  }

  #add(batch: StreamBatch, from: number, to: number): void {
    this.found += to - from + 1;
    const last = this.runs.at(-1);
    if (last?.batch === batch && last.to === from - 1) this.runs[this.runs.length - 1] = { ...last, to };
    else if (last?.batch === batch && last.from === to + 1)
      this.runs[this.runs.length - 1] = { ...last, from };
    else this.runs.push({ batch, from, to });
  }
}
