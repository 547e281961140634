import type { LogEntry } from '../../../src/domain/log-entry.js';
import { LEVELS, type Filters } from './filters.js';
import { LineList } from './line-list.js';
import { Rows } from './rows.js';
import { sampleBatch, sampleEntries, sampleEntry, T0 } from './sample-lines.js';

const ALL: Filters = { levels: LEVELS, search: '', contexts: [] };
const same = { message: 'again', time: undefined };

function rowsOf(entries: readonly LogEntry[], view: { filters?: Filters; folds?: boolean } = {}) {
  const list = new LineList({ lines: 10, slack: 0 });
  const rows = new Rows(list);
  rows.show({ filters: ALL, folds: true, ...view });
  const add = (...more: Parameters<typeof sampleBatch>): void => {
    list.add(sampleBatch(...more), T0);
    rows.update();
  };
  add(entries);
  return { list, rows, add };
}

/** Ids of the first and the last line of each row, and how many it stands for. */
function inShort({ rows }: Rows): string[] {
  return rows.map(({ line, last, count }) => {
    const [from, to] = [line, last].map((each) => (each.kind === 'entry' ? each.entry.id : each.kind));
    return count === 1 ? `${from}` : `${from}-${to} ×${count}`;
  });
}

describe('rows', () => {
  it('show what the filters let through, and every line that is no entry', () => {
    const { rows, add } = rowsOf([sampleEntry(1), sampleEntry(2, { level: 'error' })], {
      filters: { ...ALL, levels: ['error'] },
    });
    add([sampleEntry(9, { level: 'fatal' })], { gap: { reason: 'evicted', from: 3, to: 8, missed: 6 } });
    expect([inShort(rows), rows.matching]).toEqual([['2', 'gap'], 1]);
    rows.show({ filters: ALL, folds: true });
    expect([inShort(rows), rows.matching]).toEqual([['1', '2', 'gap', '9'], 3]);
  });

  it('show Debug and Detail only when asked to', () => {
    const list = new LineList();
    list.add(sampleBatch([sampleEntry(1, { level: 'debug' }), sampleEntry(2)]), T0);
    const rows = new Rows(list);
    rows.update();
    expect(inShort(rows)).toEqual(['2']);
  });

  it('follow lines that come, that are removed at the start, and that are put in between', () => {
    const { list, rows, add } = rowsOf(sampleEntries(1, 10));
    add(sampleEntries(11, 13));
    expect([inShort(rows)[0], rows.rows.length, rows.matching]).toEqual(['4', 10, 10]);
    add(sampleEntries(14, 40));
    expect([inShort(rows)[0], rows.rows.length, rows.matching]).toEqual(['31', 10, 10]);
    list.addOlder(sampleBatch(sampleEntries(29, 30)));
    rows.update();
    expect([inShort(rows)[0], rows.matching]).toEqual(['29', 12]);
    list.cleanUpTo(Infinity);
    rows.update();
    expect([rows.rows, rows.matching]).toEqual([[], 0]);
  });

  it('find the row of a line', () => {
    const { rows } = rowsOf([
      ...sampleEntries(1, 3, same),
      sampleEntry(4, { level: 'debug' }),
      sampleEntry(5, { level: 'error' }),
    ]);
    rows.show({ filters: { ...ALL, levels: ['log', 'error'] }, folds: true });
    expect(inShort(rows)).toEqual(['1-3 ×3', '5']);
    expect([-1, 0, 1, 2, 3, 4, 99].map((seq) => rows.indexOf(seq))).toEqual([0, 0, 0, 0, 1, 1, 1]);
    rows.show({ filters: { ...ALL, levels: [] }, folds: true });
    expect(rows.indexOf(2)).toBe(-1);
  });
});

describe('identical lines that follow each other', () => {
  it('are one row, also over lines that are not shown', () => {
    const entries = [...sampleEntries(1, 2, same), sampleEntry(3, { level: 'debug' }), sampleEntry(4, same)];
    const { rows, add } = rowsOf(entries, { filters: { ...ALL, levels: ['log'] } });
    expect([inShort(rows), rows.matching]).toEqual([['1-4 ×3'], 3]);
    add(sampleEntries(5, 5, same));
    expect([inShort(rows), rows.matching]).toEqual([['1-5 ×4'], 4]);
    rows.show({ filters: ALL, folds: true });
    expect(inShort(rows)).toEqual(['1-2 ×2', '3', '4-5 ×2']);
    rows.show({ filters: ALL, folds: false });
    expect([inShort(rows), rows.matching]).toEqual([['1', '2', '3', '4', '5'], 5]);
  });

  it('are two rows when a notice stands between', () => {
    const { rows, add } = rowsOf(sampleEntries(1, 2, same));
    add(sampleEntries(5, 6, same), { gap: { reason: 'evicted', from: 3, to: 4, missed: 2 } });
    add(sampleEntries(9, 9), { gap: { reason: 'evicted', from: 7, to: 8, missed: 2 } });
    expect(inShort(rows)).toEqual(['1-2 ×2', 'gap', '5-6 ×2', 'gap', '9']);
  });

  it.each<[string, Partial<LogEntry>]>([
    ['level', { level: 'error' }],
    ['part', { context: undefined }],
    ['message', { message: 'other' }],
    ['stack', { stack: 'Error' }],
    ['data', { data: { a: 2 } }],
    ['request', { requestId: 'r-1' }],
    ['operation', { operation: 'o-1' }],
    ['process', { instance: 'web-2' }],
  ])('are not identical when the %s differs', (_, other) => {
    const one = { ...same, data: { a: 1 } };
    const { rows } = rowsOf([
      sampleEntry(1, one),
      sampleEntry(2, { ...one, data: { a: 1 } }),
      sampleEntry(3, { ...one, ...other }),
    ]);
    expect(inShort(rows)).toEqual(['1-2 ×2', '3']);
  });

  it('stay one row, with the same key, when the first of them are removed', () => {
    const { rows, add } = rowsOf(sampleEntries(1, 8, same));
    add([sampleEntry(9), sampleEntry(10), sampleEntry(11), sampleEntry(12)]);
    expect([inShort(rows), rows.matching]).toEqual([['3-8 ×6', '9', '10', '11', '12'], 10]);
    expect([rows.rows[0]?.key, rows.rows[0]?.line.seq]).toEqual([0, 2]);
    add(sampleEntries(13, 18));
    expect([inShort(rows)[0], rows.matching]).toEqual(['9', 10]);
  });
});
