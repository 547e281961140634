import { formatCursor, parseCursor, type Cursor } from '../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../domain/log-batch.js';
import { compileFilter, type Filterable } from '../../domain/log-filter.js';
import { type ReadRequest } from '../../domain/log-source.js';
import { type EncodedBlocks } from './encoded-blocks.js';
import { MemoryBatch } from './memory-batch.js';
import { type Links, type RingBuffer } from './ring-buffer.js';

/** What a filtered read examines at most, so that no filter blocks the process. */
const MAX_EXAMINED = 50_000;
const MAX_EXAMINE_MS = 20;
/** The clock is looked at after this much text: lines may be long. */
const CLOCK_EVERY = 64 * 1024;

const NO_LINKS: Links = {};
const COMMA = new Uint8Array([','.charCodeAt(0)]);

/** A run of ids: from, to. */
type Run = [number, number];
type Order = 'up' | 'down';

/** Reads the ring by cursor. */
export class MemoryReader {
  /** The last id an operator cleared. */
  clearedUpTo = -Infinity;
  /** The last unfiltered answer: readers that keep up ask for the same thing at the same time. */
  #memo:
    | {
        after: Cursor;
        limit: number;
        maxBytes: number | undefined;
        newest: number;
        oldest: number;
        batch: LogBatch;
      }
    | undefined;

  constructor(
    readonly ring: RingBuffer,
    readonly blocks: EncodedBlocks,
    readonly name: { readonly epoch: string; readonly instance: string },
  ) {}

  read(request: ReadRequest): LogBatch {
    this.blocks.dropBefore(this.ring.oldest);
    if (request.before !== undefined) return this.#before(request.before, request);
    if (request.after === undefined) return this.#newest(request);
    if (request.filter) return this.#after(request.after, request);
    const { after, limit, maxBytes } = request;
    const { newest, oldest } = this.ring;
    const memo = this.#memo;
    if (
      memo?.after === after &&
      memo.limit === limit &&
      memo.maxBytes === maxBytes &&
      memo.newest === newest &&
      memo.oldest === oldest
    ) {
      return memo.batch;
    }
    const batch = this.#after(after, request);
    this.#memo = { after, limit, maxBytes, newest, oldest, batch };
    return batch;
  }

  #newest(request: ReadRequest): LogBatch {
    const { oldest, newest } = this.ring;
    const { runs, reached, exhausted } = this.#examine('down', newest, oldest, request);
    return this.#batch(runs, { next: newest, prev: reached, more: exhausted });
  }

  #before(cursor: Cursor, request: ReadRequest): LogBatch {
    const { first, oldest, newest } = this.ring;
    const place = parseCursor(cursor);
    const known = place && this.#isOurs(place.epoch) && place.id >= first && place.id <= newest + 1;
    if (!known) {
      const gap: Gap = { reason: 'restarted', missed: null };
      // A bare integer is handed back as a cursor.
      const prev = place && place.epoch === undefined ? this.#cursor(place.id) : cursor;
      return new MemoryBatch({ ...this.name, next: this.#cursor(newest), prev, more: false, gap }, 0, []);
    }
    if (place.id <= oldest) return this.#batch([], { next: place.id - 1, prev: place.id, more: false });
    const { runs, reached } = this.#examine('down', place.id - 1, oldest, request);
    return this.#batch(runs, { next: place.id - 1, prev: reached, more: reached > oldest });
  }

  #after(cursor: Cursor, request: ReadRequest): LogBatch {
    const { newest } = this.ring;
    const { start, gap } = this.#startAfter(cursor);
    const { runs, reached } = this.#examine('up', start, newest, request);
    return this.#batch(runs, { next: reached, prev: start, more: reached < newest, gap });
  }

  /** The first id to read after a cursor, and what lies between. */
  #startAfter(cursor: Cursor): { start: number; gap?: Gap } {
    const { first, oldest, newest } = this.ring;
    const place = parseCursor(cursor);
    if (place?.epoch === undefined && place?.id === 0) return { start: oldest };
    // An integer below the first id comes from an earlier life; `<epoch>-<first - 1>` is this one's beginning.
    const lowest = place?.epoch === undefined ? first : first - 1;
    const known = place && this.#isOurs(place.epoch) && place.id >= lowest && place.id <= newest;
    if (!known) return { start: oldest, gap: { reason: 'restarted', missed: null } };
    if (place.id >= oldest - 1) return { start: place.id + 1 };
    const from = place.id + 1;
    const reason = from <= this.clearedUpTo ? 'cleared' : 'evicted';
    return { start: oldest, gap: { reason, from, to: oldest - 1, missed: oldest - from } };
  }

  /** Looks at entries from one id towards another until it has `limit`. `reached`: the last one looked at. */
  #examine(
    order: Order,
    from: number,
    to: number,
    request: ReadRequest,
  ): { runs: Run[]; reached: number; exhausted: boolean } {
    const matches = compileFilter(request.filter);
    const step = order === 'up' ? 1 : -1;
    const available = Math.max(0, (to - from) * step + 1);
    const limit = Math.min(request.limit, available);
    // What a reader that looked at nothing has reached: the place before (above) the first one.
    let reached = from - step;
    if (!matches && request.maxBytes === undefined) {
      const last = from + (limit - 1) * step;
      const runs: Run[] = limit === 0 ? [] : [order === 'up' ? [from, last] : [last, from]];
      return { runs, reached: limit === 0 ? reached : last, exhausted: false };
    }
    const runs: Run[] = [];
    const budget = new ExamineBudget();
    let found = 0;
    let bytes = 0;
    let exhausted = false;
    for (let id = from; found < limit && (to - id) * step >= 0; id += step) {
      if (matches && budget.isSpent()) {
        exhausted = true;
        break;
      }
      if (!matches || matches(this.#look(id, budget))) {
        bytes += request.maxBytes === undefined ? 0 : this.blocks.sizeOf(id, this.ring.newest);
        if (found > 0 && bytes > (request.maxBytes ?? Infinity)) break;
        found++;
        addToRuns(runs, id, order);
      }
      reached = id;
    }
    if (order === 'down') runs.reverse();
    return { runs, reached, exhausted };
  }

  #look(id: number, budget: ExamineBudget): Filterable {
    const { ring } = this;
    const slot = ring.slot(id);
    const links = ring.links[slot] ?? NO_LINKS;
    const message = ring.messages[slot];
    const stack = ring.stacks[slot];
    const data = ring.dataAt(slot);
    budget.examined(message.length + (stack?.length ?? 0) + (data?.length ?? 0));
    return {
      level: ring.levels[slot],
      time: ring.times[slot],
      context: ring.contexts[slot],
      message,
      stack,
      data,
      requestId: links.requestId,
      operation: links.operation,
      instance: links.instance ?? this.name.instance,
    };
  }

  #batch(
    runs: Run[],
    { next, prev, more, gap }: { next: number; prev: number; more: boolean; gap?: Gap | undefined },
  ): LogBatch {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (const [from, to] of runs) {
      if (size > 0) pieces.push(COMMA);
      pieces.push(...this.blocks.pieces(from, to));
      size += to - from + 1;
    }
    const frame = {
      ...this.name,
      next: this.#cursor(next),
      prev: this.#cursor(prev),
      more,
      ...(gap ? { gap } : {}),
    };
    return new MemoryBatch(frame, size, pieces);
  }

  #isOurs(epoch: string | undefined): boolean {
    return epoch === undefined || epoch === this.name.epoch;
  }

  #cursor(id: number): Cursor {
    return formatCursor(this.name.epoch, id);
  }
}

/** Adds the id that comes next in the order of looking. */
function addToRuns(runs: Run[], id: number, order: Order): void {
  const last = runs.at(-1);
  if (order === 'up' && last?.[1] === id - 1) last[1] = id;
  else if (order === 'down' && last?.[0] === id + 1) last[0] = id;
  else runs.push([id, id]);
}

class ExamineBudget {
  #entries = 0;
  #text = 0;
  #clock = CLOCK_EVERY;
  readonly #deadline = performance.now() + MAX_EXAMINE_MS;

  examined(text: number): void {
    this.#entries++;
    // Beside its text each entry costs a little.
    this.#text += text + 50;
  }

  isSpent(): boolean {
    if (this.#entries >= MAX_EXAMINED) return true;
    if (this.#text < this.#clock) return false;
    this.#clock = this.#text + CLOCK_EVERY;
    return performance.now() > this.#deadline;
  }
}
