import { formatCursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { knownEntry, type WrittenEntry } from '../domain/known-entry.js';
import { type LogEntry } from '../domain/log-entry.js';
import { compileFilter, filterableOf } from '../domain/log-filter.js';
import { type PreviousRun } from '../domain/log-sink.js';
import { type ReadRequest } from '../domain/log-source.js';
import { type TextRedactor } from '../domain/text-redactor.js';

const MAX_MS = 20;

/** The entries of the run before this one, as far as they were read. Made of their lines when somebody reads them. */
export class PreviousEntries {
  readonly epoch: string;
  readonly isClean: boolean;
  readonly lastId: number | undefined;
  readonly torn: number;
  readonly #lines: string[] = [];
  readonly #ids: number[] = [];

  constructor(
    { epoch, lines, isClean, lastId, torn }: PreviousRun,
    readonly instance: string,
    readonly redactor?: TextRedactor,
  ) {
    this.epoch = epoch;
    this.isClean = isClean;
    this.lastId = lastId;
    this.torn = torn;
    for (const line of lines) {
      const id = Number(/^\{"id":(\d{1,16})[,}]/.exec(line)?.[1] ?? NaN);
      if (!Number.isSafeInteger(id) || id <= (this.#ids.at(-1) ?? -1)) continue;
      this.#ids.push(id);
      this.#lines.push(line);
    }
  }

  get size(): number {
    return this.#ids.length;
  }

  /** The first id; one more than the last where there is none. */
  get oldest(): number {
    return this.#ids[0] ?? this.newest + 1;
  }

  get newest(): number {
    return this.#ids.at(-1) ?? this.lastId ?? 0;
  }

  /** When the last line was written. */
  get lastTime(): string | undefined {
    return this.size === 0 ? undefined : this.#entry(this.size - 1)?.time;
  }

  has(id: number): boolean {
    return this.size > 0 && id >= this.oldest - 1 && id <= this.newest + 1;
  }

  /** What comes after an id. */
  after(id: number, request: ReadRequest): LogBatch {
    const start = this.#indexAfter(id);
    const { entries, reached } = this.#collect(start, 1, request);
    return this.#batch(entries, {
      next: reached < start ? id : (this.#ids[reached] ?? id),
      prev: this.#ids[start] ?? id + 1,
      more: true,
    });
  }

  /** What comes before an id. */
  before(id: number, request: ReadRequest): LogBatch {
    const start = this.#indexAfter(id - 1) - 1;
    const { entries, reached } = this.#collect(start, -1, request);
    entries.reverse();
    return this.#batch(entries, {
      next: id - 1,
      prev: reached > start ? id : (this.#ids[reached] ?? id),
      more: reached > 0,
    });
  }

  /** The index of the first entry with a greater id. */
  #indexAfter(id: number): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[middle] ?? 0) > id) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Looks from an index on; `reached` is the last one looked at. */
  #collect(start: number, step: 1 | -1, request: ReadRequest): { entries: LogEntry[]; reached: number } {
    const matches = compileFilter(request.filter);
    const deadline = performance.now() + MAX_MS;
    const entries: LogEntry[] = [];
    let reached = start - step;
    let bytes = 0;
    for (
      let index = start;
      index >= 0 && index < this.size && entries.length < request.limit;
      index += step
    ) {
      if (index !== start && performance.now() > deadline) break;
      const entry = this.#entry(index);
      if (entry && (!matches || matches(filterableOf(entry)))) {
        bytes += this.#lines[index]?.length ?? 0;
        if (entries.length > 0 && bytes > (request.maxBytes ?? Infinity)) break;
        entries.push(entry);
      }
      reached = index;
    }
    return { entries, reached };
  }

  #entry(index: number): LogEntry | undefined {
    try {
      const line = JSON.parse(this.#lines[index] ?? '') as WrittenEntry;
      return knownEntry(this.#ids[index], line, this.redactor);
    } catch {
      // Somebody else wrote in the file.
      return undefined;
    }
  }

  #batch(
    entries: readonly LogEntry[],
    { next, prev, more }: { next: number; prev: number; more: boolean },
  ): LogBatch {
    const { epoch, instance } = this;
    const cursors = { next: formatCursor(epoch, next), prev: formatCursor(epoch, prev) };
    return { epoch, instance, entries, size: entries.length, ...cursors, more };
  }
}
