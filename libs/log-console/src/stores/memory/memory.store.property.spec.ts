import fc from 'fast-check';
import { formatCursor, parseCursor, type Cursor } from '../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../domain/log-batch.js';
import { LOG_LEVELS, type LogLevel } from '../../domain/log-level.js';
import { type ReadRequest } from '../../domain/log-source.js';
import { follow } from '../../reading/follow.js';
import { EncodedBlocks } from './encoded-blocks.js';
import { fitRecord } from './fit-record.js';
import { MemoryStore } from './memory.store.js';

interface Bounds {
  readonly capacity: number;
  readonly maxBytes: number;
}

/** What the store is, as an array: `all` that was ever accepted, and the index of the oldest that is held. */
class Model {
  readonly all: { level: LogLevel; message: string }[] = [];
  oldest = 0;
  clearedUpTo = -1;
  readonly #bytes: number[] = [];

  constructor(readonly bounds: Bounds) {}

  get bytes(): number {
    return this.#bytes.slice(this.oldest).reduce((sum, size) => sum + size, 0);
  }

  append(level: LogLevel, message: string, context = ''): void {
    this.all.push({ level, message });
    this.#bytes.push(message.length + context.length);
    const { capacity, maxBytes } = this.bounds;
    while (this.all.length - this.oldest > capacity) this.oldest++;
    // The newest is held, however long it is.
    while (this.bytes > maxBytes && this.oldest < this.all.length - 1) this.oldest++;
  }

  clear(upTo: number): number {
    const count = Math.max(0, upTo - this.oldest + 1);
    if (count === 0) return 0;
    this.oldest = this.clearedUpTo = upTo;
    this.oldest++;
    const message = `The application cleared ${count} ${count === 1 ? 'entry' : 'entries'}`;
    this.append('warn', message, 'LogConsole');
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

  constructor(bounds: Bounds, filters: readonly (readonly LogLevel[] | undefined)[]) {
    this.store = new MemoryStore(bounds);
    this.model = new Model(bounds);
    const { newest } = this.store.stats();
    this.first = this.idOf(newest) + 1;
    this.readers = filters.map((levels) => ({ levels, place: -1, next: newest, fates: [] }));
  }

  append(level: LogLevel, length = 0): void {
    const message = `entry ${this.model.all.length}`.padEnd(length, '.');
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

  /** As `readOn()`, as much as fits into so many bytes; at least one entry. */
  readBytes(which: number, maxBytes: number): void {
    const { levels, next } = this.readers[which % this.readers.length];
    const request = { after: next, limit: 100, ...filterOf(levels) };
    const all = this.store.read(request).entries;
    const batch = this.store.read({ ...request, maxBytes });
    const sizes = all.map((entry) => Buffer.byteLength(JSON.stringify(entry)) + 1);
    let [fitting, bytes] = [0, 0];
    while (fitting < all.length && (fitting === 0 || bytes + sizes[fitting] <= maxBytes))
      bytes += sizes[fitting++];
    expect(batch.entries).toEqual(all.slice(0, fitting));
    this.readOn(which, fitting);
    expect(batch.more).toBe(fitting < all.length);
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
    expect(held.bytes).toBe(this.model.bytes);
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

const bounds = fc.record({
  capacity: fc.integer({ min: 1, max: 8 }),
  maxBytes: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 120 })),
});
const length = fc.integer({ min: 0, max: 60 });
const level = fc.constantFrom(...LOG_LEVELS);
const pause = fc.constantFrom('none', 'microtask', 'macrotask');
const levels = fc.option(fc.subarray([...LOG_LEVELS]), { nil: undefined });
const limit = fc.integer({ min: 0, max: 9 });
const back = fc.integer({ min: 0, max: 12 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), level, length }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const), back }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('readOn' as const), which: fc.nat({ max: 2 }), limit }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('readBytes' as const),
      which: fc.nat({ max: 2 }),
      maxBytes: fc.integer({ min: 1, max: 900 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('readBack' as const), back, limit, levels }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('readNewest' as const), limit, levels }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function take(pair: Pair, next: Step): void {
  if (next.do === 'append') pair.append(next.level, next.length);
  else if (next.do === 'clear') pair.clear(next.back);
  else if (next.do === 'readOn') pair.readOn(next.which, next.limit);
  else if (next.do === 'readBytes') pair.readBytes(next.which, next.maxBytes);
  else if (next.do === 'readBack') pair.readBack(next.back, next.limit, next.levels);
  else pair.readNewest(next.limit, next.levels);
}

describe('MemoryStore, whatever happens in whatever order', () => {
  it('answers what an array would: delivered, filtered and missed are the range, nothing is repeated', () => {
    fc.assert(
      fc.property(bounds, levels, fc.array(step, { maxLength: 60 }), (size, filter, steps) => {
        const pair = new Pair(size, [undefined, filter, ['warn']]);
        for (const next of steps) take(pair, next);
        pair.close();
      }),
      { numRuns: 400 },
    );
  });

  it('gives followers at any pace everything once and in order, or the exact number of what they missed', async () => {
    const write = fc.record({
      burst: fc.array(fc.record({ level, length }), { maxLength: 12 }),
      clear: fc.option(back, { nil: undefined }),
      pause,
    });
    const follower = fc.record({ levels, pauses: fc.array(pause, { minLength: 1, maxLength: 5 }) });
    await fc.assert(
      fc.asyncProperty(
        bounds,
        fc.array(follower, { minLength: 1, maxLength: 3 }),
        fc.array(write, { maxLength: 12 }),
        async (size, followers, writes) => {
          const pair = new Pair(size, []);
          const all = followers.map((one) => new Following(pair, one));
          for (const { burst, clear, pause: kind } of writes) {
            for (const one of burst) pair.append(one.level, one.length);
            if (clear !== undefined) pair.clear(clear);
            await passing(kind);
          }
          // What no filter here may drop, so that each comes to its end.
          pair.append('fatal');
          for (const following of all) following.isLast = true;
          pair.append('fatal');
          for (const following of all) {
            await following.over;
            expect(following.fates).toEqual(pair.model.all.map(() => expect.any(String) as string));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

async function passing(kind: 'none' | 'microtask' | 'macrotask'): Promise<void> {
  if (kind === 'microtask') await Promise.resolve();
  if (kind === 'macrotask') await new Promise((resolve) => setImmediate(resolve));
}

interface Follower {
  readonly levels: readonly LogLevel[] | undefined;
  /** What it does after each batch, over and over. */
  readonly pauses: readonly ('none' | 'microtask' | 'macrotask')[];
}

/** Follows from the beginning until all is read and `isLast` was set. */
class Following {
  /** What has become of each entry, by its index. */
  readonly fates: string[] = [];
  readonly over: Promise<void>;
  isLast = false;

  constructor(
    readonly pair: Pair,
    { levels, pauses }: Follower,
  ) {
    this.over = this.#run(levels && [...levels, 'fatal'], pauses);
    // It may fail before anyone waits for it.
    this.over.catch(() => undefined);
  }

  async #run(levels: readonly LogLevel[] | undefined, pauses: Follower['pauses']): Promise<void> {
    const { store, model, first } = this.pair;
    let turn = 0;
    for await (const { gap, entries, next } of follow(store, {
      after: this.pair.cursor(-1),
      ...filterOf(levels),
    })) {
      if (gap) {
        this.#passOver(gap.from! - first, levels);
        for (let id = gap.from!; id <= gap.to!; id++) this.fates.push('missed');
        expect(gap.missed).toBe(gap.to! - gap.from! + 1);
      }
      for (const { id, message } of entries) {
        this.#passOver(id - first, levels);
        expect([id - first, message]).toEqual([this.fates.length, model.all[id - first].message]);
        this.fates.push('delivered');
      }
      this.#passOver(this.pair.idOf(next) + 1 - first, levels);
      if (this.isLast && this.fates.length >= model.all.length) return;
      await passing(pauses[turn++ % pauses.length]);
    }
  }

  /** Up to this index nothing was said of entries: a filter must have dropped them. */
  #passOver(index: number, levels: readonly LogLevel[] | undefined): void {
    while (this.fates.length < index) {
      expect(levels).not.toContain(this.pair.model.all[this.fates.length].level);
      this.fates.push('filtered');
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
