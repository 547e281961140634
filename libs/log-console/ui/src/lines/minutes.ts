import { isProblem } from './entry-line.js';
import { type Line } from './line.js';

/** One bar of the time line. */
export interface Bar {
  readonly lines: number;
  readonly problems: number;
  /** The number of its first line. */
  readonly firstSeq: number | undefined;
}

/** How many lines, and problems, there were when. */
export interface Minutes {
  readonly from: number;
  readonly to: number;
  /** Milliseconds of one bar. */
  readonly step: number;
  readonly bars: readonly Bar[];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SPANS = [15, 30, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60].map(
  (minutes) => minutes * MINUTE,
);

/** Counts entries by time, over the shortest span in which all of them fit; of the longest span only the newest. */
export function minutesOf(lines: readonly Line[], now: number, bars = 60): Minutes {
  let oldest = now;
  let newest = now;
  for (const { kind, at } of lines) {
    // A clock of a server may be ahead of the one here, but not by days.
    if (kind !== 'entry' || at === undefined || at > now + DAY) continue;
    oldest = Math.min(oldest, at);
    newest = Math.max(newest, at);
  }
  const range = (span: number): { from: number; to: number; step: number } => {
    const step = span / bars;
    const to = (Math.floor(newest / step) + 1) * step;
    return { from: to - span, to, step };
  };
  const chosen = SPANS.map(range).find(({ from }) => from <= oldest) ?? range(SPANS.at(-1) ?? DAY);
  return { ...chosen, bars: count(lines, chosen, bars) };
}

function count(lines: readonly Line[], { from, step }: { from: number; step: number }, bars: number): Bar[] {
  const counted = Array.from({ length: bars }, () => ({
    lines: 0,
    problems: 0,
    firstSeq: undefined as number | undefined,
  }));
  for (const line of lines) {
    if (line.kind !== 'entry' || line.at === undefined) continue;
    const bar = counted[Math.floor((line.at - from) / step)];
    if (!bar) continue;
    bar.lines++;
    if (isProblem(line)) bar.problems++;
    bar.firstSeq ??= line.seq;
  }
  return counted;
}
