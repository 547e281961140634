import { RowHeights } from './row-heights.js';
import { type Row } from './rows.js';
import { LineList } from './line-list.js';
import { Rows } from './rows.js';
import { LEVELS } from './filters.js';
import { sampleBatch, sampleEntries, T0 } from './sample-lines.js';

const ROW_PX = 20;

function rowsOf(lines: number): Row[] {
  const list = new LineList();
  const rows = new Rows(list);
  rows.show({ filters: { levels: LEVELS, search: '', contexts: [] }, folds: false });
  list.add(sampleBatch(sampleEntries(1, lines)), T0);
  rows.update();
  return [...rows.rows];
}

function laidOut(rows: readonly Row[]): RowHeights {
  const heights = new RowHeights();
  heights.layOut(rows, ROW_PX);
  return heights;
}

describe('the heights of rows', () => {
  test('are an estimate until they are measured, and laid out again', () => {
    const rows = rowsOf(5);
    const heights = laidOut(rows);
    expect(heights.total).toBe(100);
    expect(heights.measure(rows[1].key, 50)).toBe(true);
    expect(heights.measure(rows[1].key, 50)).toBe(false);
    expect([heights.total, heights.startOf(2)]).toEqual([100, 40]);
    heights.layOut(rows, ROW_PX);
    expect([0, 1, 2, 3, 4, 5].map((index) => heights.startOf(index))).toEqual([0, 20, 70, 90, 110, 130]);
    expect(heights.total).toBe(130);
    expect(heights.measure(rows[1].key, 30)).toBe(true);
    heights.layOut(rows, ROW_PX);
    expect(heights.total).toBe(110);
  });

  test('go with their rows, wherever these are now', () => {
    const rows = rowsOf(5);
    const heights = laidOut(rows);
    heights.measure(rows[3].key, 50);
    heights.layOut(rows.slice(2), ROW_PX);
    expect([0, 1, 2, 3].map((index) => heights.startOf(index))).toEqual([0, 20, 70, 90]);
    heights.layOut(rows, ROW_PX);
    expect(heights.total).toBe(130);
  });

  test('tell which row is at a height, the first or the last one beyond them', () => {
    const rows = rowsOf(4);
    const heights = laidOut(rows);
    heights.measure(rows[1].key, 0);
    heights.layOut(rows, ROW_PX);
    expect([-5, 0, 19, 20, 39, 40, 59, 60, 1000].map((offset) => heights.indexAt(offset))).toEqual([
      0, 0, 0, 2, 2, 3, 3, 3, 3,
    ]);
    expect([heights.startOf(-1), heights.startOf(99)]).toEqual([0, 60]);
    expect(heights.placeAt(25)).toEqual({ key: rows[2].key, offset: 5 });
  });

  test('of no rows are none', () => {
    const heights = laidOut([]);
    expect([heights.total, heights.indexAt(0), heights.startOf(3)]).toEqual([0, -1, 0]);
    expect(heights.placeAt(0)).toBeUndefined();
  });

  test('stay as they were laid out when rows are added to the same list', () => {
    const all = rowsOf(40);
    const rows = all.slice(0, 3);
    const heights = laidOut(rows);
    heights.layOut(rows, ROW_PX);
    rows.push(...all.slice(3));
    expect(heights.total).toBe(60);
    expect([heights.indexAt(59), heights.indexAt(500)]).toEqual([2, 2]);
    expect(heights.placeAt(45)).toEqual({ key: all[2].key, offset: 5 });
    heights.layOut(rows, ROW_PX);
    expect(heights.total).toBe(800);
  });

  test('of a list that became shorter end where it ends', () => {
    const rows = rowsOf(40);
    const heights = laidOut(rows);
    heights.layOut(rows.slice(0, 2), ROW_PX);
    expect([heights.total, heights.indexAt(500), heights.startOf(30)]).toEqual([40, 1, 40]);
  });

  test('are forgotten by and by with their rows, and only with them', () => {
    const rows = rowsOf(12_000);
    const heights = laidOut(rows);
    for (const { key } of rows) heights.measure(key, 30);
    const left = rows.slice(-2000);
    heights.layOut(left, ROW_PX);
    expect(heights.total).toBe(60_000);
    heights.layOut(rows, ROW_PX);
    expect(heights.total).toBe(10_000 * ROW_PX + 2000 * 30);
  });
});
