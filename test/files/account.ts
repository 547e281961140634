import { type LogBatch } from 'nestjs-log-console';

type Gap = NonNullable<LogBatch['gap']>;

/** So many numbered lines are written… */
export const LINES = 50_000;
/** …over so many rotations. */
export const ROTATIONS = 10;
export const ALL: readonly number[] = Array.from({ length: LINES }, (_, index) => index + 1);

/** What became of the numbered lines on their way to one reader. */
export interface Account {
  /** `7–9` where a few in a row are. */
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  /** Those that came before one they were written after. */
  readonly misplaced: readonly string[];
  /** Those of the missing that no gap was told of in their place. */
  readonly untold: readonly string[];
  readonly gaps: readonly Gap[];
}

/** Every line once, in order, and nothing to tell. */
export const NOTHING_LOST: Account = { missing: [], doubled: [], misplaced: [], untold: [], gaps: [] };

/** Holds what a reader got against the numbers of the lines that were written, in their order. */
export function accountOf(batches: readonly LogBatch[], written = ALL): Account {
  const place = new Map(written.map((number, index) => [number, index]));
  const got = new Set<number>();
  const doubled: number[] = [];
  const misplaced: number[] = [];
  const told = new Set<number>();
  const gaps: Gap[] = [];
  let next = 0;
  let isTold = false;
  for (const { gap, entries } of batches) {
    if (gap) gaps.push(gap);
    isTold ||= gap !== undefined;
    for (const { message } of entries) {
      const number = numberOf(message);
      if (got.has(number)) doubled.push(number);
      got.add(number);
      const at = place.get(number);
      if (at === undefined) continue;
      if (at < next) misplaced.push(number);
      if (isTold) for (const each of written.slice(next, at)) told.add(each);
      next = at + 1;
      isTold = false;
    }
  }
  const missing = written.filter((number) => !got.has(number));
  const untold = missing.filter((number) => !told.has(number));
  return {
    missing: rowsOf(missing),
    doubled: rowsOf(doubled),
    misplaced: rowsOf(misplaced),
    untold: rowsOf(untold),
    gaps,
  };
}

function rowsOf(numbers: readonly number[]): string[] {
  const rows: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const row = rows.at(-1);
    if (row?.to === number - 1) row.to = number;
    else rows.push({ from: number, to: number });
  }
  return rows.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`));
}

/** The number of `line 7`, or of a request of `/line/7`. */
export function numberOf(text: string): number {
  return Number(/\bline[ /](\d+)/.exec(text)?.[1] ?? NaN);
}

/** The numbers of the lines in the text of a log file. */
export function numbersIn(text: string): number[] {
  return text.trimEnd().split('\n').map(numberOf);
}
