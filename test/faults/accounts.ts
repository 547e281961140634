import { type Gap, type LogBatch } from 'nestjs-log-console';
import { idOf } from '../reading/log-host.js';

/** What has become of a range of ids for one reader. */
export interface Account {
  readonly delivered: number;
  readonly filtered: number;
  readonly missed: number;
  /** Each gap, in the order it was told. */
  readonly gaps: readonly Gap[];
}

export interface Range {
  /** The cursor the reader started from. */
  readonly from: string;
  /** The cursor it has come to. */
  readonly to: string;
  /** Whether its filter lets this entry pass. Default: there is none. */
  readonly passes?: (id: number) => boolean;
}

/**
 * Goes through what a reader was given, also over several connections, and holds it to the promise: each id of the range
 * has one fate, in order – delivered, dropped by the filter, or told as missed before anything later came.
 */
export function accountOf(batches: readonly LogBatch[], { from, to, passes = () => true }: Range): Account {
  const gaps: Gap[] = [];
  let [delivered, filtered, missed] = [0, 0, 0];
  let place = idOf(from);
  const skipTo = (id: number): void => {
    for (place++; place <= id; place++) {
      if (passes(place)) throw new Error(`${place} was neither delivered nor told as missed.`);
      filtered++;
    }
    place = id;
  };
  const isAfter = (id: number, what: string): void => {
    if (!(id > place)) throw new Error(`${what} ${id} came after ${place}.`);
  };
  for (const { gap, entries, next } of batches) {
    if (gap) {
      const { from: first = NaN, to: last = NaN } = gap;
      if (gap.missed !== last - first + 1 || gap.missed < 1) throw new Error(`Wrong: ${JSON.stringify(gap)}`);
      isAfter(first, 'The gap from');
      skipTo(first - 1);
      place = last;
      missed += gap.missed;
      gaps.push(gap);
    }
    for (const { id } of entries) {
      isAfter(id, 'The entry');
      skipTo(id - 1);
      if (!passes(id)) throw new Error(`${id} should have been filtered out.`);
      place = id;
      delivered++;
    }
    if (idOf(next) < place) throw new Error(`A batch up to ${place} says its next is ${next}.`);
    skipTo(idOf(next));
  }
  skipTo(idOf(to));
  expect(delivered + filtered + missed).toBe(idOf(to) - idOf(from));
  return { delivered, filtered, missed, gaps };
}
