import { jest } from '@jest/globals';
import { nextTick } from './pace.js';

describe('nextTick', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Milliseconds until the tick. */
  async function waitFor(tick: Promise<void>): Promise<number> {
    const start = performance.now();
    const state = { done: false };
    void tick.then(() => (state.done = true));
    while (!state.done) await jest.advanceTimersByTimeAsync(1);
    return performance.now() - start;
  }

  it('comes 16 to 50 ms from now, whenever one asks', async () => {
    for (let turn = 0; turn < 40; turn++) {
      const waited = await waitFor(nextTick());
      expect(waited).toBeGreaterThanOrEqual(16);
      expect(waited).toBeLessThanOrEqual(51);
      await jest.advanceTimersByTimeAsync(turn);
    }
  });

  it('is one tick for all who wait at the same time, so that what they write is made once', async () => {
    await waitFor(nextTick());
    const first = nextTick();
    expect(nextTick()).toBe(first);
    await jest.advanceTimersByTimeAsync(10);
    const timers = jest.getTimerCount();
    const others = Array.from({ length: 100 }, () => nextTick());
    expect(new Set(others).size).toBe(1);
    expect(jest.getTimerCount()).toBeLessThanOrEqual(timers + 1);
    await waitFor(Promise.all([first, ...others]).then(() => undefined));
  });

  it('leaves no timer behind', async () => {
    await waitFor(nextTick());
    expect(jest.getTimerCount()).toBe(0);
  });
});
