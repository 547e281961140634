const FIRST_MS = 250;
/** A destination goes on within five seconds after it is well again. */
const LONGEST_MS = 4000;

/** The pause after one more failure: twice the one before, up to 4 s. */
export function nextPause(before: number): number {
  return Math.min(LONGEST_MS, Math.max(FIRST_MS, before * 2));
}
