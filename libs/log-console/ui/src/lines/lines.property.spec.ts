import fc from 'fast-check';
import type { LogEntry } from '../../../src/domain/log-entry.js';
import { type Batch, type Cleared } from '../reading/wire.js';
import { sizeOf } from './entry-line.js';
import { LEVELS, matcher, type Filters } from './filters.js';
import { LineList } from './line-list.js';
import { type EntryLine, type GapLine } from './line.js';
import { cursorOf } from './place.js';
import { Rows } from './rows.js';
import { sampleBatch, sampleEntry, T0 } from './sample-lines.js';
import { Waiting } from './waiting.js';

const isEntry = (line: { kind: string }): line is EntryLine => line.kind === 'entry';
const isGap = (line: { kind: string }): line is GapLine => line.kind === 'gap';

/** A server with a small ring, and a page that reads it, pauses, cleans, clears and scrolls as it likes. */
class Model {
  readonly list: LineList;
  readonly rows: Rows;
  readonly waiting: Waiting;
  readonly limits = { lines: 30, chars: 3000, slack: 0.2 };
  paused = false;
  epoch = 1;
  newest = 99;
  oldest = 100;
  clearedUpTo = 0;
  place = 99;
  restarted = false;
  filters: Filters = { levels: LEVELS, search: '', contexts: [] };
  folds = true;
  cleaned: ReturnType<LineList['cleanUpTo']> = [];
  /** Everything the page ever asked for, but for what was cleared. */
  asked = new Set<string>();
  last: Batch | undefined;

  constructor(
    readonly ring: number,
    bounded: boolean,
  ) {
    this.list = new LineList(bounded ? this.limits : undefined);
    this.rows = new Rows(this.list);
    this.waiting = new Waiting(20, undefined, this.list);
    this.rows.show(this);
  }

  get name(): string {
    return `e${this.epoch}`;
  }

  entry(id: number): LogEntry {
    const level = LEVELS[Math.floor(id / 3) % LEVELS.length];
    const kind = Math.floor(id / 2) % 3;
    const data = kind === 2 ? { kind } : undefined;
    return sampleEntry(id, {
      level,
      context: kind === 1 ? undefined : `Part${kind}`,
      message: `kind ${kind}`,
      data,
    });
  }

  write(count: number): void {
    this.newest += count;
    this.oldest = Math.max(this.oldest, this.newest - this.ring + 1);
  }

  /** Hands out what comes after the place of the page. */
  read(limit: number): void {
    // After a restart it goes on from the oldest there is.
    if (this.restarted) this.place = this.oldest - 1;
    const { epoch, name, oldest, newest, place } = this;
    const lost = oldest - 1 - place;
    const gap: Batch['gap'] = this.restarted
      ? { reason: 'restarted', missed: null }
      : lost > 0
        ? {
            reason: place < this.clearedUpTo ? 'cleared' : 'evicted',
            from: place + 1,
            to: oldest - 1,
            missed: lost,
          }
        : undefined;
    this.restarted = false;
    const from = Math.max(place + 1, oldest);
    const to = Math.min(newest, from + limit - 1);
    for (let id = place + 1; id <= to; id++) this.asked.add(`${epoch}-${id}`);
    this.place = Math.max(place, to, gap?.to ?? 0);
    const entries = this.entries(from, to);
    const prev = cursorOf({ epoch: name, id: from });
    this.arrive(sampleBatch(entries, { epoch: name, prev, ...(gap ? { gap } : {}) }));
  }

  entries(from: number, to: number): LogEntry[] {
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => this.entry(from + index));
  }

  arrive(batch: Batch): void {
    this.last = batch;
    if (this.paused) this.waiting.add(batch);
    else this.list.add(batch, T0);
  }

  restart(): void {
    this.epoch++;
    this.oldest = this.newest + 1001;
    this.newest = this.oldest - 1;
    this.place = this.newest;
    this.clearedUpTo = 0;
    this.restarted = true;
  }

  clear(share: number, told: boolean): void {
    const upTo = this.oldest - 1 + Math.floor((this.newest - this.oldest + 1) * share);
    if (upTo < this.oldest) return;
    this.clearedUpTo = upTo;
    this.oldest = upTo + 1;
    if (!told) return;
    this.forget(upTo);
    const cleared: Cleared = {
      upTo: cursorOf({ epoch: this.name, id: upTo }),
      by: 'b',
      at: '2026-11-20T10:00:00Z',
    };
    if (this.paused) this.waiting.cleared(cleared);
    else this.list.cleared(cleared);
  }

  forget(upTo: number): void {
    for (const key of this.asked) {
      const [epoch, id] = key.split('-').map(Number);
      if (epoch === this.epoch && id <= upTo) this.asked.delete(key);
    }
  }

  resume(): void {
    this.paused = false;
    this.waiting.flush(this.list, T0);
  }

  older(limit: number): void {
    const { oldest } = this.list;
    const [epoch, id] = (oldest?.slice(1).split('-') ?? []).map(Number);
    if (!oldest || id === undefined) return;
    if (epoch !== this.epoch) {
      this.list.addOlder(sampleBatch([], { gap: { reason: 'restarted', missed: null }, epoch: this.name }));
      return;
    }
    const from = Math.max(this.oldest, id - limit);
    const entries = this.entries(from, id - 1);
    const first = Math.min(from, id);
    const prev = cursorOf({ epoch: this.name, id: first });
    const added = this.list.addOlder(
      sampleBatch(entries, { epoch: this.name, prev, more: first > this.oldest }),
    );
    expect(added).toBe(entries.length);
    for (const entry of entries) this.asked.add(`${epoch}-${entry.id}`);
  }

  fill(limit: number): void {
    const gap = this.list.lines.find((line) => isGap(line) && line.from !== undefined) as GapLine | undefined;
    if (gap?.from === undefined) return;
    if (gap.epoch !== this.name) {
      const lost = { gap: { reason: 'restarted', missed: null } as const, epoch: this.name };
      this.list.addInto(gap, sampleBatch(this.entries(this.oldest, this.newest), lost));
      return;
    }
    const from = Math.max(gap.from, this.oldest);
    const to = Math.min(this.newest, from + limit - 1);
    const lost = {
      reason: 'evicted' as const,
      from: gap.from,
      to: this.oldest - 1,
      missed: this.oldest - gap.from,
    };
    const entries = this.entries(from, to);
    const next = cursorOf({ epoch: this.name, id: Math.max(to, from - 1) });
    this.list.addInto(
      gap,
      sampleBatch(entries, { epoch: this.name, next, ...(lost.missed > 0 ? { gap: lost } : {}) }),
    );
  }

  show(filters: Filters, folds: boolean): void {
    this.filters = filters;
    this.folds = folds;
    this.rows.show({ filters, folds });
  }

  /** What holds after whatever happened. */
  check(): void {
    const { list } = this;
    const seqs = list.lines.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    const entries = list.lines.filter(isEntry);
    const counts = { ...list.counts };
    const contexts = new Map(list.contexts);
    for (const { entry } of entries) {
      counts[entry.level]--;
      if (entry.context !== undefined) contexts.set(entry.context, (contexts.get(entry.context) ?? 0) - 1);
    }
    expect(Object.values(counts).filter(Boolean)).toEqual([]);
    expect([...contexts.values()].filter(Boolean)).toEqual([]);
    const last = new Map<string, number>();
    for (const { epoch, entry } of entries) {
      expect(entry.id).toBeGreaterThan(last.get(epoch) ?? 0);
      last.set(epoch, entry.id);
    }
    this.checkRows(entries);
  }

  checkRows(entries: readonly EntryLine[]): void {
    const { list, rows } = this;
    rows.update();
    const fresh = new Rows(list);
    fresh.show(this);
    const content = ({ rows: all }: Rows): unknown[] =>
      all.map(({ line, last, count }) => [line, last, count]);
    expect(content(rows)).toEqual(content(fresh));
    expect(rows.matching).toBe(entries.filter(matcher(this.filters)).length);
    const total = rows.rows.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(rows.matching + list.lines.length - entries.length);
    expect(new Set(rows.rows.map(({ key }) => key)).size).toBe(rows.rows.length);
    for (const [index, row] of rows.rows.entries()) {
      expect([rows.indexOf(row.line.seq), rows.indexOf(row.last.seq)]).toEqual([index, index]);
    }
  }

  checkBounds(): void {
    const { lines, chars, slack } = this.limits;
    if (!this.list.trims) return;
    const size = this.list.lines.reduce((sum, line) => sum + (isEntry(line) ? sizeOf(line.entry) : 0), 0);
    expect(this.list.lines.length).toBeLessThanOrEqual(lines * (1 + slack));
    expect(size).toBeLessThanOrEqual(chars * (1 + slack));
  }
}

type Step = (model: Model) => void;

const limit = fc.integer({ min: 1, max: 12 });
const live: fc.Arbitrary<Step>[] = [
  fc.integer({ min: 1, max: 25 }).map((count) => (model) => model.write(count)),
  limit.map((size) => (model) => model.read(size)),
  fc.constant((model) => model.last && model.arrive(model.last)),
  fc.constant((model) => (model.paused = true)),
  fc.constant((model) => model.resume()),
  limit.map((size) => (model) => model.fill(size)),
  limit.map((size) => (model) => model.older(size)),
];
const views: fc.Arbitrary<Step>[] = [
  fc.tuple(fc.subarray([...LEVELS]), fc.constantFrom('', 'kind 1', 'part2'), fc.boolean()).map(
    ([levels, search, folds]) =>
      (model) =>
        model.show({ levels, search, contexts: [] }, folds),
  ),
];
const restart: fc.Arbitrary<Step> = fc.constant((model) => model.restart());
const clear: fc.Arbitrary<Step> = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()).map(
  ([share, told]) =>
    (model) =>
      model.clear(share, told),
);
const mine: fc.Arbitrary<Step>[] = [
  fc.constant((model) => (model.list.trims = !model.list.trims)),
  fc.double({ min: 0, max: 1, noNaN: true }).map((share) => (model) => {
    const { lines } = model.list;
    model.cleaned = model.list.cleanUpTo(lines[Math.floor(lines.length * share)]?.seq ?? Infinity);
  }),
  fc.constant((model) => model.list.restore(model.cleaned)),
];

/** Twice as likely as the rest: without reading nothing happens. */
const steps = (...more: fc.Arbitrary<Step>[]): fc.Arbitrary<Step[]> =>
  fc.array(fc.oneof(...live, ...live, ...views, ...more), { minLength: 5, maxLength: 60, size: 'max' });

describe('whatever comes', () => {
  it('lines are in order, none is there twice, the counts are right and the bounds hold', () => {
    fc.assert(
      fc.property(steps(restart, clear, ...mine), fc.integer({ min: 5, max: 60 }), (all, ring) => {
        const model = new Model(ring, true);
        for (const step of all) {
          step(model);
          model.rows.update();
          model.check();
        }
        model.resume();
        model.check();
        // What is loaded further up stays until the next line comes.
        model.read(1);
        model.list.trims = true;
        model.checkBounds();
      }),
      { numRuns: 150 },
    );
  });

  it('shown, filtered out and missed add up to what was asked for', () => {
    fc.assert(
      fc.property(steps(restart), fc.integer({ min: 5, max: 60 }), (all, ring) => {
        const model = new Model(ring, false);
        for (const step of all) step(model);
        model.resume();
        const { lines } = model.list;
        const missed = lines.filter(isGap).reduce((sum, gap) => sum + gap.missed!, 0);
        expect(lines.filter(isEntry).length + missed).toBe(model.asked.size);
      }),
      { numRuns: 400 },
    );
  });

  it('they add up also when somebody clears, but for what was cleared', () => {
    fc.assert(
      fc.property(steps(clear), fc.integer({ min: 5, max: 60 }), (all, ring) => {
        const model = new Model(ring, false);
        for (const step of all) step(model);
        model.resume();
        const { lines } = model.list;
        const held = lines.filter(isEntry);
        const missed = lines.filter(isGap).filter(({ reason }) => reason !== 'cleared');
        for (const { entry } of held) expect(model.asked.has(`1-${entry.id}`)).toBe(true);
        const known = new Set(held.map(({ entry }) => `1-${entry.id}`));
        for (const { from, to } of lines.filter(isGap)) {
          for (let id = from!; id <= to!; id++) known.add(`1-${id}`);
        }
        expect(
          [...model.asked].filter((key) => !known.has(key) && Number(key.slice(2)) > model.clearedUpTo),
        ).toEqual([]);
        for (const gap of missed) expect(gap.missed).toBe(gap.to! - gap.from! + 1);
      }),
      { numRuns: 400 },
    );
  });
});
