import fc from 'fast-check';
import { formatCursor, parseCursor, type Cursor } from '../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../domain/log-batch.js';
import { LOG_LEVELS, type LogLevel } from '../../domain/log-level.js';
import { type ReadRequest } from '../../domain/log-source.js';
import { follow } from '../../reading/follow.js';
import { EncodedBlocks } from './encoded-blocks.js';
import { fitRecord } from './fit-record.js';
import { MemoryStore } from './memory.store.js';

/** What the store is, as an array: `all` that was ever accepted, and the index of the oldest that is held. */
class Model {
  readonly all: { level: LogLevel; message: string }[] = [];
  oldest = 0;
  clearedUpTo = -1;

  constructor(readonly capacity: number) {}

  append(level: LogLevel, message: string): void {
    this.all.push({ level, message });
    if (this.all.length - this.oldest > this.capacity) this.oldest++;
  }

  clear(upTo: number): number {
    const count = Math.max(0, upTo - this.oldest + 1);
    if (count === 0) return 0;
    this.oldest = this.clearedUpTo = upTo;
    this.oldest++;
    this.append('warn', `The application cleared ${count} ${count === 1 ? 'entry' : 'entries'}`);
    return count;
  }

  /** The indices from one to another that a filter lets pass. */
  matching(from: number, to: number, levels: readonly LogLevel[] | undefined): number[] {
    const indices = Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => from + offset);
    return indices.filter((index) => levels?.includes(this.all[index].level) ?? true);
  }
}

interface Reader {
  readonly levels: readonly LogLevel[] | undefined;
  place: number;
  next: Cursor;
  /** What has become of each entry of the range: delivered, filtered or missed. */
  readonly fates: string[];
}

/** A store and its model, side by side. */
class Pair {
  readonly store: MemoryStore;
  readonly model: Model;
  readonly first: number;
  readonly readers: Reader[];

  constructor(capacity: number, filters: readonly (readonly LogLevel[] | undefined)[]) {
    this.store = new MemoryStore({ capacity });
    this.model = new Model(capacity);
    const { newest } = this.store.stats();
    this.first = this.idOf(newest) + 1;
    this.readers = filters.map((levels) => ({ levels, place: -1, next: newest, fates: [] }));
  }

  append(level: LogLevel): void {
    const message = `entry ${this.model.all.length}`;
    this.model.append(level, message);
    this.store.append({ level, message });
  }

  clear(back: number): void {
    const upTo = Math.max(-1, this.model.all.length - 1 - back);
    expect(this.store.clear({ upTo: this.cursor(upTo) })).toEqual({
      cleared: this.model.clear(upTo),
      upTo: this.cursor(upTo),
    });
  }

  readOn(which: number, limit: number): void {
    const reader = this.readers[which % this.readers.length];
    const { levels, place, fates } = reader;
    const { oldest, clearedUpTo, all } = this.model;
    const batch = this.store.read({ after: reader.next, limit, ...filterOf(levels) });

    const start = Math.max(place + 1, oldest);
    const missed = start - place - 1;
    const reason = place + 1 <= clearedUpTo ? 'cleared' : 'evicted';
    const gap = { reason, from: this.first + place + 1, to: this.first + start - 1, missed } as const;
    const wanted = this.model.matching(start, all.length - 1, levels).slice(0, limit);
    // A filter is done with all it has looked at: up to the last match of a full page, else everything.
    const full = wanted.length === limit;
    const reached = full ? (wanted.at(-1) ?? start - 1) : all.length - 1;
    this.expectBatch(batch, wanted, missed > 0 ? gap : undefined);
    expect([batch.next, batch.more]).toEqual([this.cursor(reached), reached < all.length - 1]);

    for (let index = place + 1; index <= reached; index++)
      fates.push(index < start ? 'missed' : wanted.includes(index) ? 'delivered' : 'filtered');
    reader.place = reached;
    reader.next = batch.next;
  }

  readBack(back: number, limit: number, levels: readonly LogLevel[] | undefined): void {
    const { oldest, all } = this.model;
    const place = Math.max(0, all.length - back);
    const batch = this.store.read({ before: this.cursor(place), limit, ...filterOf(levels) });
    const older = this.model.matching(oldest, place - 1, levels);
    const wanted = limit === 0 ? [] : older.slice(-limit);
    this.expectBatch(batch, wanted, undefined);
    const reached = wanted.length === limit ? (wanted[0] ?? place) : Math.min(place, oldest);
    expect([batch.prev, batch.more]).toEqual([this.cursor(reached), reached > oldest]);
  }

  readNewest(limit: number, levels: readonly LogLevel[] | undefined): void {
    const { oldest, all } = this.model;
    const batch = this.store.read({ limit, ...filterOf(levels) });
    const matching = this.model.matching(oldest, all.length - 1, levels);
    this.expectBatch(batch, limit === 0 ? [] : matching.slice(-limit), undefined);
    expect([batch.next, batch.more]).toEqual([this.cursor(all.length - 1), false]);
  }

  /** At the end every reader has an account of the whole range, and the counters add up. */
  close(): void {
    const { all, oldest } = this.model;
    for (const [which, reader] of this.readers.entries()) {
      while (reader.place < all.length - 1) this.readOn(which, 3);
      expect(reader.fates).toHaveLength(all.length);
    }
    const { accepted, held, evicted, cleared } = this.store.stats();
    expect([accepted.total, held.entries]).toEqual([all.length, all.length - oldest]);
    expect(held.entries + evicted + cleared).toBe(accepted.total);
    const warnings = all.slice(oldest).filter(({ level }) => level === 'warn').length;
    expect(held.byLevel.warn).toBe(warnings);
  }

  expectBatch(batch: LogBatch, wanted: readonly number[], gap: Gap | undefined): void {
    expect(batch.entries.map(({ id, level, message }) => ({ id, level, message }))).toEqual(
      wanted.map((index) => ({ id: this.first + index, ...this.model.all[index] })),
    );
    expect([batch.size, batch.gap]).toEqual([wanted.length, gap]);
  }

  cursor(index: number): Cursor {
    return formatCursor(this.store.epoch, this.first + index);
  }

  idOf(cursor: Cursor): number {
    return parseCursor(cursor)?.id ?? NaN;
  }
}

function filterOf(levels: readonly LogLevel[] | undefined): Pick<ReadRequest, 'filter'> {
  return levels ? { filter: { level: levels } } : {};
}

const capacity = fc.integer({ min: 1, max: 8 });
const level = fc.constantFrom(...LOG_LEVELS);
const levels = fc.option(fc.subarray([...LOG_LEVELS]), { nil: undefined });
const limit = fc.integer({ min: 0, max: 9 });
const back = fc.integer({ min: 0, max: 12 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), level }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const), back }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('readOn' as const), which: fc.nat({ max: 2 }), limit }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('readBack' as const), back, limit, levels }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('readNewest' as const), limit, levels }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function take(pair: Pair, next: Step): void {
  if (next.do === 'append') pair.append(next.level);
  else if (next.do === 'clear') pair.clear(next.back);
  else if (next.do === 'readOn') pair.readOn(next.which, next.limit);
  else if (next.do === 'readBack') pair.readBack(next.back, next.limit, next.levels);
  else pair.readNewest(next.limit, next.levels);
}

describe('MemoryStore, whatever happens in whatever order', () => {
  it('answers what an array would: delivered, filtered and missed are the range, nothing is repeated', () => {
    fc.assert(
      fc.property(capacity, levels, fc.array(step, { maxLength: 60 }), (size, filter, steps) => {
        const pair = new Pair(size, [undefined, filter, ['warn']]);
        for (const next of steps) take(pair, next);
        pair.close();
      }),
      { numRuns: 400 },
    );
  });

  it('gives a follower everything once and in order, or the exact number of what it missed', async () => {
    const pause = fc.constantFrom('none', 'microtask', 'macrotask');
    const write = fc.record({ burst: fc.array(level, { maxLength: 12 }), clear: fc.boolean(), pause });
    await fc.assert(
      fc.asyncProperty(capacity, fc.array(write, { maxLength: 12 }), async (size, writes) => {
        const pair = new Pair(size, []);
        const following = new Following(pair);
        for (const { burst, clear, pause: kind } of writes) {
          for (const one of burst) pair.append(one);
          if (clear) pair.clear(0);
          if (kind === 'microtask') await Promise.resolve();
          if (kind === 'macrotask') await new Promise((resolve) => setImmediate(resolve));
        }
        following.isLast = true;
        pair.append('fatal');
        await following.over;
        expect(following.ids).toEqual(pair.model.all.map((_, index) => pair.first + index));
      }),
      { numRuns: 150 },
    );
  });
});

/** Follows from the beginning until all is read and `isLast` was set. */
class Following {
  /** What was missed and delivered, in order. */
  readonly ids: number[] = [];
  readonly over: Promise<void>;
  isLast = false;

  constructor(pair: Pair) {
    this.over = this.#run(pair);
  }

  async #run(pair: Pair): Promise<void> {
    for await (const { gap, entries } of follow(pair.store, { after: pair.cursor(-1) })) {
      for (let id = gap?.from ?? 1; id <= (gap?.to ?? 0); id++) this.ids.push(id);
      for (const { id, message } of entries) {
        expect(message).toBe(pair.model.all[id - pair.first].message);
        this.ids.push(id);
      }
      if (this.isLast && this.ids.length >= pair.model.all.length) return;
    }
  }
}

describe('EncodedBlocks, whatever is read and evicted', () => {
  it('answers the JSON of the range, made once per entry, and never of what is not held', () => {
    const read = fc.record({
      evict: fc.integer({ min: 0, max: 90 }),
      from: fc.nat(150),
      length: fc.integer({ min: 1, max: 150 }),
    });
    fc.assert(
      fc.property(fc.array(read, { maxLength: 15 }), (reads) => {
        let oldest = 0;
        const made = new Set<number>();
        const wrong: number[] = [];
        const blocks = new EncodedBlocks(0, (id) => {
          if (id < oldest || made.has(id)) wrong.push(id);
          made.add(id);
          return `{"id":${id}}`;
        });
        for (const { evict, from, length } of reads) {
          blocks.dropBefore((oldest += evict));
          const ids = Array.from({ length }, (_, index) => oldest + from + index);
          const text = Buffer.concat(blocks.pieces(ids[0], oldest + from + length - 1)).toString();
          expect(text).toBe(ids.map((id) => `{"id":${id}}`).join(','));
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('fitRecord, whatever the texts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom('a', 'é', '漢', '🧺', '\ud800', '"', '\n'), maxLength: 600 }),
  );

  it('keeps no more than it may, the beginning of each, and counts each byte', () => {
    const limits = fc.integer({ min: 64, max: 1200 });
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), limits, (message, stack, maxBytes) => {
        const fitted = fitRecord({ level: 'log', message, stack }, maxBytes);
        const bytes = Buffer.byteLength(message) + Buffer.byteLength(stack ?? '');
        const kept = Buffer.byteLength(fitted.message) + Buffer.byteLength(fitted.stack ?? '');
        expect(kept).toBeLessThanOrEqual(maxBytes);
        expect(fitted.truncated).toEqual(bytes > maxBytes ? { bytes, kept } : undefined);
        expect(kept).toBeGreaterThanOrEqual(Math.min(bytes, maxBytes - 6));
        const wellFormed = (all: string): string => Buffer.from(all).toString();
        expect(wellFormed(message).startsWith(wellFormed(fitted.message))).toBe(true);
        expect(wellFormed(stack ?? '').startsWith(wellFormed(fitted.stack ?? ''))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
