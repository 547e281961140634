import { type Batch } from '../reading/wire.js';
import { LineList } from './line-list.js';
import { type GapLine, type Line } from './line.js';
import { sampleBatch, sampleEntries, sampleEntry, T0 } from './sample-lines.js';

const NOW = T0 + 1_000_000;

/** What the list shows, in short: ids of entries, and the other rows by their kind. */
function shown(lines: readonly Line[]): (number | string)[] {
  return lines.map((line) => {
    switch (line.kind) {
      case 'entry':
        return line.entry.id;
      case 'gap':
        return `${line.reason} ${line.missed} ${line.from ?? '?'}-${line.to ?? '?'}`;
      case 'restarted':
        return 'restarted';
      case 'cleared':
        return `cleared by ${line.by}`;
      case 'file':
        return line.change;
    }
  });
}

function filled(...batches: Batch[]): LineList {
  const list = new LineList();
  for (const batch of batches) list.add(batch, NOW);
  return list;
}

const first = sampleBatch(sampleEntries(1, 3));

describe('what arrives', () => {
  it('stands in the order it came, counted by level and part', () => {
    const list = filled(
      first,
      sampleBatch([sampleEntry(4, { level: 'error', context: undefined, message: '\x1b[31mred\x1b[0m' })]),
    );
    expect(shown(list.lines)).toEqual([1, 2, 3, 4]);
    expect(list.counts).toEqual({ fatal: 0, error: 1, warn: 0, log: 3, debug: 0, verbose: 0 });
    expect(Object.fromEntries(list.contexts)).toEqual({ OrdersService: 3 });
    expect(list.lines[3]).toMatchObject({ text: 'red', at: T0 + 4000, epoch: 'e1' });
    expect([list.oldest, list.newest, list.revision]).toEqual(['e1-1', 'e1-4', 0]);
  });

  it('is not shown twice when it comes twice', () => {
    const list = filled(first, sampleBatch(sampleEntries(2, 5)), first);
    expect(shown(list.lines)).toEqual([1, 2, 3, 4, 5]);
  });

  it('says what is missing before it, once', () => {
    const overtaken = sampleBatch(sampleEntries(10, 11), {
      gap: { reason: 'evicted', from: 4, to: 9, missed: 6 },
    });
    const list = filled(first, overtaken, overtaken);
    expect(shown(list.lines)).toEqual([1, 2, 3, 'evicted 6 4-9', 10, 11]);
    expect(list.lines[3]?.at).toBe(T0 + 10_000);
  });

  it('says only what it did not say before of a gap that is told again', () => {
    const list = filled(first, sampleBatch([], { gap: { reason: 'evicted', from: 4, to: 9, missed: 6 } }));
    list.add(sampleBatch([], { gap: { reason: 'evicted', from: 4, to: 12, missed: 9 } }), NOW);
    expect(shown(list.lines)).toEqual([1, 2, 3, 'evicted 6 4-9', 'evicted 3 10-12']);
    expect(list.lines[4]?.at).toBe(NOW);
  });

  it.each([
    ['an unknown number', { reason: 'shipping', missed: null } as const, ['shipping null ?-?']],
    ['lines of a file', { reason: 'rotated', missed: 3, from: 4, to: 900 } as const, ['rotated 3 4-900']],
    ['nothing', { reason: 'rotated', missed: 0 } as const, []],
    [
      'too many to find them',
      { reason: 'evicted', from: 4, to: 2 ** 52, missed: null } as const,
      ['evicted null ?-?'],
    ],
  ])('tells a gap of %s', (_, gap, rows) => {
    expect(shown(filled(first, sampleBatch([], { gap })).lines)).toEqual([1, 2, 3, ...rows]);
  });
});

describe('a restart', () => {
  const told = sampleBatch(sampleEntries(100, 101), {
    epoch: 'e2',
    gap: { reason: 'restarted', missed: null },
  });

  it.each([
    ['told by the server', told],
    ['seen by a new epoch', sampleBatch(sampleEntries(100, 101), { epoch: 'e2' })],
    ['told before its first entry', sampleBatch([], { epoch: 'e2', gap: told.gap! })],
  ])('%s is one row', (_, batch) => {
    const list = filled(first, batch, told, told);
    expect(shown(list.lines)).toEqual([1, 2, 3, 'restarted', 100, 101]);
  });

  it('has the time of its first entry, or the one the server says', () => {
    expect(filled(first, told).lines[3]?.at).toBe(T0 + 100_000);
    const list = filled(first);
    list.started({ epoch: 'e2', startedAt: new Date(T0 + 99_000).toISOString() });
    list.add(told, NOW);
    expect(list.lines[3]?.at).toBe(T0 + 99_000);
  });

  it('is not said of the first life, nor of one that was there before', () => {
    const inTurn = filled(first, told, sampleBatch(sampleEntries(4, 4), { gap: told.gap! }));
    expect(shown(inTurn.lines)).toEqual([1, 2, 3, 'restarted', 100, 101, 4]);
  });

  it('is shown also by an empty batch that comes after another life was heard of', () => {
    const list = filled(first, sampleBatch([], { epoch: 'e2' }), told);
    expect(shown(list.lines)).toEqual([1, 2, 3, 'restarted', 100, 101]);
  });
});

describe('older lines', () => {
  const list = (): LineList => filled(sampleBatch(sampleEntries(10, 12)));

  it('stand before the others', () => {
    const it = list();
    expect(it.addOlder(sampleBatch(sampleEntries(7, 9), { more: true }))).toBe(3);
    expect([shown(it.lines), it.oldest, it.revision]).toEqual([[7, 8, 9, 10, 11, 12], 'e1-7', 1]);
    expect(it.addOlder(sampleBatch(sampleEntries(5, 7)))).toBe(2);
    expect([shown(it.lines)[0], it.oldest, it.counts.log]).toEqual([5, undefined, 8]);
    expect(it.lines.map(({ seq }) => seq)).toEqual([...it.lines.map(({ seq }) => seq)].sort((a, b) => a - b));
  });

  it.each([
    ['nothing older is there', sampleBatch([], { prev: 'e1-10' })],
    ['the server restarted', sampleBatch([], { epoch: 'e2', gap: { reason: 'restarted', missed: null } })],
    ['another life answers', sampleBatch(sampleEntries(1, 2), { epoch: 'e0', more: true })],
  ])('end where %s', (_, batch) => {
    const it = list();
    expect([it.addOlder(batch), shown(it.lines), it.oldest]).toEqual([0, [10, 11, 12], undefined]);
  });

  describe('of the run before', () => {
    const gap = { reason: 'restarted', missed: null } as const;
    const before = (from: number, to: number, more: Partial<Batch> = {}): Batch =>
      sampleBatch(sampleEntries(from, to), { epoch: 'e0', ...more });

    it('stand above a row that says when the server restarted, with what can be read before them', () => {
      const it = list();
      it.started({ epoch: 'e1', startedAt: new Date(T0 + 8000).toISOString() });
      expect(it.addOlder(before(3, 5, { gap, more: true }))).toBe(3);
      expect([shown(it.lines), it.oldest]).toEqual([[3, 4, 5, 'restarted', 10, 11, 12], 'e0-3']);
      expect(it.lines[3]).toMatchObject({ at: T0 + 8000, epoch: 'e1', missed: null });
      expect(it.addOlder(before(1, 2))).toBe(2);
      expect([shown(it.lines), it.oldest]).toEqual([[1, 2, 3, 4, 5, 'restarted', 10, 11, 12], undefined]);
      const seqs = it.lines.map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    });

    it('are as many as they say, and none is missing where none is', () => {
      const it = list();
      it.addOlder(before(4, 5, { gap: { ...gap, missed: 0 } }));
      expect(it.lines[2]).toMatchObject({ kind: 'restarted', missed: 0, at: T0 + 10_000 });
    });

    it('come also after a read that found none of them yet', () => {
      const it = list();
      expect(it.addOlder(before(1, 0, { gap, more: true, prev: 'e0-7' }))).toBe(0);
      expect([shown(it.lines), it.oldest]).toEqual([['restarted', 10, 11, 12], 'e0-7']);
      it.addOlder(before(5, 6));
      expect(shown(it.lines)).toEqual([5, 6, 'restarted', 10, 11, 12]);
    });

    it('come back under the same row when they had to give way', () => {
      const it = new LineList({ lines: 3, slack: 0 });
      it.add(before(1, 3), NOW);
      it.add(sampleBatch(sampleEntries(10, 11), { gap }), NOW);
      expect([shown(it.lines), it.oldest]).toEqual([['restarted', 10, 11], 'e1-10']);
      it.addOlder(before(1, 3, { gap }));
      expect(shown(it.lines)).toEqual([1, 2, 3, 'restarted', 10, 11]);
    });
  });

  it('are ignored when they were not asked for at the oldest line', () => {
    const it = list();
    expect([it.addOlder(first, 'e1-9'), it.oldest]).toEqual([0, 'e1-10']);
  });
});

describe('clearing for everyone', () => {
  const cleared = { upTo: 'e1-2', by: 'operator-1', at: new Date(T0 + 5000).toISOString() };

  it('removes up to there and says who did it, once', () => {
    const list = filled(first);
    list.cleared(cleared);
    list.cleared(cleared);
    expect([shown(list.lines), list.oldest]).toEqual([['cleared by operator-1', 3], undefined]);
    expect(list.lines[0]?.at).toBe(T0 + 5000);
    list.add(first, NOW);
    expect(shown(list.lines)).toEqual(['cleared by operator-1', 3]);
  });

  it('says it at the end when all is gone', () => {
    const list = filled(first);
    list.cleared({ ...cleared, upTo: 'e1-3' });
    list.add(sampleBatch(sampleEntries(4, 4)), NOW);
    expect(shown(list.lines)).toEqual(['cleared by operator-1', 4]);
    list.cleared({ ...cleared, upTo: 'e1-4', by: 'b' });
    expect(shown(list.lines)).toEqual(['cleared by operator-1', 'cleared by b']);
  });

  it('removes gaps too, and of a gap that goes on the cleared part', () => {
    const list = filled(
      first,
      sampleBatch(sampleEntries(6, 6), { gap: { reason: 'evicted', from: 4, to: 5, missed: 2 } }),
      sampleBatch(sampleEntries(20, 20), { gap: { reason: 'evicted', from: 7, to: 19, missed: 13 } }),
    );
    list.cleared({ ...cleared, upTo: 'e1-9' });
    expect(shown(list.lines)).toEqual(['cleared by operator-1', 'evicted 10 10-19', 20]);
    list.addInto(list.lines[1] as GapLine, sampleBatch(sampleEntries(10, 19)));
    const seqs = list.lines.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });

  it('passes over what was on its way meanwhile', () => {
    const list = filled(first);
    list.cleared({ ...cleared, upTo: 'e1-5' });
    list.add(sampleBatch(sampleEntries(4, 7)), NOW);
    expect(shown(list.lines)).toEqual(['cleared by operator-1', 6, 7]);
  });

  it('leaves lines of another life', () => {
    const list = filled(first, sampleBatch(sampleEntries(9, 9), { epoch: 'e2' }));
    list.cleared({ ...cleared, upTo: 'e2-9' });
    expect(shown(list.lines)).toEqual([1, 2, 3, 'restarted', 'cleared by operator-1']);
  });

  it('while away removes what is held, and says how many were never seen', () => {
    const away = sampleBatch(sampleEntries(9, 9), { gap: { reason: 'cleared', from: 4, to: 8, missed: 5 } });
    expect(shown(filled(first, away, away).lines)).toEqual(['cleared 5 4-8', 9]);
  });
});

describe('loading what is missing', () => {
  const gap = (list: LineList): GapLine => list.lines.find((line) => line.kind === 'gap')!;
  const list = (): LineList =>
    filled(
      first,
      sampleBatch(sampleEntries(10, 10), { gap: { reason: 'evicted', from: 4, to: 9, missed: 6 } }),
    );

  it('puts the lines in its place, piece by piece', () => {
    const it = list();
    it.addInto(gap(it), sampleBatch(sampleEntries(4, 6), { more: true }));
    expect(shown(it.lines)).toEqual([1, 2, 3, 4, 5, 6, 'evicted 3 7-9', 10]);
    it.addInto(gap(it), sampleBatch(sampleEntries(7, 12)));
    expect(shown(it.lines)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const seqs = it.lines.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(it.counts.log).toBe(10);
  });

  it.each<[string, Batch, (number | string)[]]>([
    [
      'the first of them are gone',
      sampleBatch(sampleEntries(7, 10), { gap: { reason: 'cleared', from: 4, to: 6, missed: 3 } }),
      ['cleared 3 4-6', 7, 8, 9],
    ],
    [
      'all of them are gone',
      sampleBatch(sampleEntries(30, 31), { gap: { reason: 'cleared', from: 4, to: 29, missed: 26 } }),
      ['cleared 6 4-9'],
    ],
    [
      'the server restarted',
      sampleBatch(sampleEntries(4, 5), { epoch: 'e2', gap: { reason: 'restarted', missed: null } }),
      ['evicted 6 ?-?'],
    ],
    ['nothing came', sampleBatch([], { next: 'e1-3', more: true }), ['evicted 6 4-9']],
    ['fewer came than were missing', sampleBatch([sampleEntry(5)], { next: 'e1-9' }), [5, 'evicted 5 ?-?']],
  ])('keeps what is still missing when %s', (_, batch, rows) => {
    const it = list();
    it.addInto(gap(it), batch);
    expect(shown(it.lines)).toEqual([1, 2, 3, ...rows, 10]);
  });

  it('does nothing when the gap is no more', () => {
    const it = list();
    const old = gap(it);
    it.addInto(old, sampleBatch(sampleEntries(4, 6), { more: true }));
    it.addInto(old, sampleBatch(sampleEntries(4, 6), { more: true }));
    expect(shown(it.lines)).toEqual([1, 2, 3, 4, 5, 6, 'evicted 3 7-9', 10]);
  });
});

describe('a full list', () => {
  it('removes the oldest lines by pieces and says how many', () => {
    const list = new LineList({ lines: 10, slack: 0.2 });
    for (let id = 1; id <= 12; id++) list.add(sampleBatch([sampleEntry(id)]), NOW);
    expect([list.lines.length, list.removed]).toEqual([12, 0]);
    list.add(sampleBatch([sampleEntry(13)]), NOW);
    expect([shown(list.lines)[0], list.lines.length, list.removed, list.revision]).toEqual([4, 10, 3, 0]);
    expect([list.oldest, list.counts.log]).toEqual(['e1-4', 10]);
  });

  it('knows only the parts it still holds', () => {
    const list = new LineList({ lines: 2, slack: 0 });
    list.add(sampleBatch([sampleEntry(1, { context: 'Gone' }), ...sampleEntries(2, 3)]), NOW);
    expect([...list.contexts]).toEqual([['OrdersService', 2]]);
  });

  it('is full also by the length of its texts', () => {
    const list = new LineList({ chars: 1000, slack: 0 });
    const long = { message: 'm'.repeat(100), stack: 's'.repeat(100), data: 'd'.repeat(98) };
    list.add(sampleBatch(sampleEntries(1, 5, long)), NOW);
    expect([shown(list.lines), list.removed]).toEqual([[3, 4, 5], 2]);
    list.add(sampleBatch([sampleEntry(6, { message: 'm'.repeat(5000) })]), NOW);
    expect(shown(list.lines)).toEqual([6]);
  });

  it('removes nothing while somebody reads further up, and all that is too much afterwards', () => {
    const list = new LineList({ lines: 10 });
    list.trims = false;
    list.add(sampleBatch(sampleEntries(1, 50)), NOW);
    expect(list.lines.length).toBe(50);
    list.trims = true;
    expect([list.lines.length, list.removed]).toEqual([10, 40]);
  });
});

describe('cleaning the view', () => {
  it('can be taken back, also when new lines came since', () => {
    const list = filled(first);
    const cleaned = list.cleanUpTo(list.lines[1].seq);
    expect([shown(cleaned), shown(list.lines), list.oldest, list.counts.log]).toEqual([
      [1, 2],
      [3],
      undefined,
      1,
    ]);
    expect(list.addOlder(sampleBatch(sampleEntries(1, 2)))).toBe(0);
    list.add(sampleBatch(sampleEntries(4, 5)), NOW);
    list.restore(cleaned);
    list.restore(cleaned);
    expect([shown(list.lines), list.oldest, list.counts.log]).toEqual([[1, 2, 3, 4, 5], 'e1-1', 5]);
  });

  it('that leaves a gap at the beginning goes on before it', () => {
    const gap = { reason: 'evicted', from: 4, to: 9, missed: 6 } as const;
    const list = filled(first, sampleBatch(sampleEntries(10, 10), { gap }));
    list.cleanUpTo(list.lines[2].seq);
    const cleaned = list.cleanUpTo(Infinity);
    list.restore(cleaned);
    expect([shown(list.lines), list.oldest]).toEqual([['evicted 6 4-9', 10], 'e1-4']);
  });

  it('does not bring back what was cleared for everyone', () => {
    const list = filled(first);
    const cleaned = list.cleanUpTo(Infinity);
    list.cleared({ upTo: 'e1-2', at: '' });
    list.restore(cleaned);
    expect(shown(list.lines)).toEqual([3, 'cleared by undefined']);
    expect(list.lines[1]?.at).toBeUndefined();
  });

  it('cannot be taken back when the list was full since', () => {
    const list = new LineList({ lines: 10, slack: 0 });
    list.add(first, NOW);
    const cleaned = list.cleanUpTo(Infinity);
    list.add(sampleBatch(sampleEntries(4, 20)), NOW);
    list.restore(cleaned);
    expect(shown(list.lines)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });
});

describe('The list of a file', () => {
  const list = (): LineList => new LineList({ isFile: true });
  const of = (epoch: string, from: number, to: number, more: Partial<Batch> = {}): Batch =>
    sampleBatch(sampleEntries(from, to), { epoch, ...more });

  test('takes a file that grows for the same one, and nothing of it twice', () => {
    const file = list();
    file.add(of('1ab.9.aaa', 1, 2), NOW);
    file.add(of('1ab.74.bbb', 2, 4), NOW);
    expect(shown(file.lines)).toEqual([1, 2, 3, 4]);
  });

  test('says where a new file begins, and where one was emptied; an id may come again there', () => {
    const file = list();
    file.add(of('1ab.74.aaa', 1, 2), NOW);
    file.add(of('2cd.74.bbb', 1, 2), NOW);
    file.add(of('2cd.9.ccc', 1, 1), NOW);
    expect(shown(file.lines)).toEqual([1, 2, 'rotated', 1, 2, 'truncated', 1]);
  });

  test('says it once where something is missing', () => {
    const file = list();
    file.add(of('1ab.74.aaa', 1, 2), NOW);
    file.add(of('2cd.74.bbb', 5, 6, { gap: { reason: 'rotated', missed: null } }), NOW);
    expect(shown(file.lines)).toEqual([1, 2, 'rotated null ?-?', 5, 6]);
  });

  test('goes back into the files that were rotated away, as far as there are any', () => {
    const file = list();
    file.add(of('3ef.74.ccc', 1, 2, { prev: '3ef.74.ccc-1' }), NOW);
    expect(file.addOlder(of('2cd.74.bbb', 7, 8, { prev: '2cd.74.bbb-7', more: true }))).toBe(2);
    expect(file.addOlder(of('2cd.74.bbb', 5, 6, { prev: '2cd.74.bbb-5', more: false }))).toBe(2);
    expect(shown(file.lines)).toEqual([5, 6, 7, 8, 'rotated', 1, 2]);
    expect(file.oldest).toBeUndefined();
    expect(file.counts.log).toBe(6);
  });

  test('has no row for a file that is not there for a while', () => {
    const file = list();
    file.add(of('1ab.74.aaa', 1, 2), NOW);
    file.add(of('0.0.e3b', 1, 0), NOW);
    file.add(of('1ab.74.aaa', 3, 3), NOW);
    expect(shown(file.lines)).toEqual([1, 2, 3]);
  });
});
