import { type EntryLine, type Line } from './line.js';
import { minutesOf } from './minutes.js';
import { entryLine } from './entry-line.js';
import { sampleEntry } from './sample-lines.js';

const NOW = Date.parse('2026-11-20T10:00:07.500Z');
const MINUTE = 60_000;

function line(seq: number, at: number | undefined, level: 'log' | 'error' | 'fatal' = 'log'): EntryLine {
  const time = at === undefined ? undefined : new Date(at).toISOString();
  return entryLine(sampleEntry(seq, { time, level }), 'e1', seq);
}

describe('the time line', () => {
  it('counts lines and problems, bar by bar', () => {
    const gap: Line = { kind: 'gap', seq: 9, epoch: 'e1', at: NOW, reason: 'evicted', missed: 3 };
    const lines = [
      line(0, undefined),
      line(1, NOW - 5 * MINUTE, 'error'),
      line(2, NOW - 5 * MINUTE, 'fatal'),
      line(3, NOW - 5 * MINUTE),
      line(4, NOW),
      gap,
    ];
    const { from, to, step, bars } = minutesOf(lines, NOW);
    expect([step, to - from, to]).toEqual([15_000, 15 * MINUTE, Date.parse('2026-11-20T10:00:15Z')]);
    expect(bars).toHaveLength(60);
    expect(bars[39]).toEqual({ lines: 3, problems: 2, firstSeq: 1 });
    expect(bars[59]).toEqual({ lines: 1, problems: 0, firstSeq: 4 });
    expect(bars.reduce((sum, bar) => sum + bar.lines, 0)).toBe(4);
    expect(bars[0]?.firstSeq).toBeUndefined();
  });

  it.each([
    ['nothing', undefined, 15],
    ['a quarter of an hour', 14, 15],
    ['some more', 16, 30],
    ['an hour', 59, 60],
    ['a shift', 8 * 60, 12 * 60],
    ['a week', 7 * 24 * 60 - 200, 7 * 24 * 60],
    ['a month', 30 * 24 * 60, 7 * 24 * 60],
  ])('of %s is as long as it must be', (_, minutes, span) => {
    const lines = minutes === undefined ? [] : [line(1, NOW - minutes * MINUTE), line(2, NOW)];
    const { from, to, step, bars } = minutesOf(lines, NOW);
    expect((to - from) / MINUTE).toBe(span);
    expect(to % step).toBe(0);
    const counted = bars.reduce((sum, bar) => sum + bar.lines, 0);
    expect(counted).toBe(minutes === undefined ? 0 : minutes > span ? 1 : 2);
  });

  it('holds also what a clock that is ahead wrote, but not what is days ahead', () => {
    const { to, bars } = minutesOf([line(1, NOW + 5 * MINUTE), line(2, NOW + 72 * 60 * MINUTE)], NOW, 30);
    expect(to).toBeGreaterThan(NOW + 5 * MINUTE);
    expect(to).toBeLessThan(NOW + 6 * MINUTE);
    expect(bars[29]?.lines).toBe(1);
    expect(bars).toHaveLength(30);
  });
});
