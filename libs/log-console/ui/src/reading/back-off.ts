const STEPS_MS = [500, 1000, 2000, 4000, 5000];
/** Whoever names a longer time, a proxy perhaps, is asked again all the same. */
const LONGEST_MS = 60_000;

/** How long to wait after so many failures in a row: a little less at random, so that pages do not come back together. */
export function backOffMs(failures: number, retryAfterMs = 0): number {
  const step = STEPS_MS[Math.min(failures, STEPS_MS.length) - 1] ?? 0;
  return Math.max(step * (0.8 + 0.2 * Math.random()), Math.min(retryAfterMs, LONGEST_MS));
}
