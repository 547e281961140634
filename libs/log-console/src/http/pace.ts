const PERIOD_MS = 34;
const AT_LEAST_MS = 16;

const ticks = new Map<number, Promise<void>>();

/**
 * The next common tick, 16 to 50 ms from now. Live responses that wait for the same tick then read from the same
 * place, so that what they write is made once for all of them.
 */
export function nextTick(): Promise<void> {
  const now = performance.now();
  const tick = Math.ceil((now + AT_LEAST_MS) / PERIOD_MS);
  let promise = ticks.get(tick);
  if (!promise) {
    promise = new Promise((resolve) => {
      setTimeout(
        () => {
          ticks.delete(tick);
          resolve();
        },
        tick * PERIOD_MS - now,
      );
    });
    ticks.set(tick, promise);
  }
  return promise;
}
