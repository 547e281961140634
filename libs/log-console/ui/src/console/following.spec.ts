import { signal } from '@preact/signals';
import { LEVELS } from '../lines/filters.js';
import { LineList } from '../lines/line-list.js';
import { Rows } from '../lines/rows.js';
import { sampleBatch, sampleEntries, sampleEntry } from '../lines/sample-lines.js';
import { Following, type Followed } from './following.js';

describe('Following the newest line', () => {
  let console: Followed & { flushed: number };
  let following: Following;

  beforeEach(() => {
    const list = new LineList();
    const rows = new Rows(list);
    rows.show({ filters: { levels: LEVELS, search: '', contexts: [] }, folds: true });
    console = {
      list,
      rows,
      active: signal(undefined),
      pausedAt: signal(undefined),
      waiting: signal(0),
      flushed: 0,
      flush: () => console.flushed++,
    };
    following = new Following(console);
    add(sampleEntries(1, 10));
  });

  function add(entries: ReturnType<typeof sampleEntries>): void {
    console.list.add(sampleBatch(entries), 0);
    console.rows.update();
    following.recount();
  }

  it('counts nothing as new while it follows', () => {
    add(sampleEntries(11, 20));
    expect(following.below.value).toBe(0);
    expect(console.list.trims).toBe(true);
  });

  it('counts what came since the reader left, and no more once they are back', () => {
    following.leave();
    expect(console.list.trims).toBe(false);
    add(sampleEntries(11, 25));
    expect(following.below.value).toBe(15);
    following.leave();
    expect(following.below.value).toBe(15);
    following.join();
    add(sampleEntries(26, 30));
    expect(following).toMatchObject({ below: { value: 0 }, isFollowing: { value: true } });
    expect([console.list.trims, console.flushed]).toEqual([true, 1]);
  });

  it('counts what is folded into a row each, also into the one that was the last', () => {
    add([sampleEntry(11, { message: 'again' }), sampleEntry(12, { message: 'again' })]);
    following.leave();
    add([13, 14, 15].map((id) => sampleEntry(id, { message: 'again' })));
    expect(following.below.value).toBe(3);
    add([sampleEntry(16, { message: 'other' }), sampleEntry(17, { message: 'other' })]);
    expect(following.below.value).toBe(5);
  });

  it('counts lines, not the rows that say what happened between them', () => {
    following.leave();
    console.list.add(
      sampleBatch(sampleEntries(21, 22), { gap: { reason: 'evicted', from: 11, to: 20, missed: 10 } }),
      0,
    );
    console.rows.update();
    following.recount();
    expect(console.rows.rows.map(({ line }) => line.kind).slice(-3)).toEqual(['gap', 'entry', 'entry']);
    expect(following.below.value).toBe(2);
  });

  it('does not count what has come into view', () => {
    following.leave();
    add(sampleEntries(11, 20));
    const seen = console.rows.rows[14]; // line 15
    if (seen) following.seen(seen);
    expect(following.below.value).toBe(5);
  });

  it('counts what came, not what other filters show of before', () => {
    const only = (search: string): void => {
      console.rows.show({ filters: { levels: LEVELS, search, contexts: [] }, folds: true });
      following.recount();
    };
    only('line 3');
    following.leave();
    only('');
    expect(following.below.value).toBe(0);
    add(sampleEntries(11, 12));
    expect(following.below.value).toBe(2);
  });

  it('counts what waits because the page is full, but not what a pause holds back', () => {
    following.leave();
    console.waiting.value = 7;
    following.recount();
    expect(following.below.value).toBe(7);
    console.pausedAt.value = 1;
    following.recount();
    expect(following.below.value).toBe(0);
  });

  it('counts from nothing where the list was empty', () => {
    console.list.cleanUpTo(Infinity);
    console.rows.update();
    following.leave();
    add(sampleEntries(11, 13));
    expect(following.below.value).toBe(3);
  });
});
