import { cpuNs } from './cpu.mjs';

/** CPU time of one piece of work: long enough to be measured, short enough to take turns. */
const PIECE_NS = 40e6;

/** How many calls take long enough to be measured. */
export function enough(run) {
  for (let count = 10_000; ; count *= 2) {
    const perCall = measure(run, count);
    if (perCall * count > PIECE_NS / 2) return Math.ceil(PIECE_NS / perCall);
  }
}

/** CPU nanoseconds per call. */
export function measure(run, count) {
  const before = cpuNs();
  run(count);
  return (cpuNs() - before) / count;
}
