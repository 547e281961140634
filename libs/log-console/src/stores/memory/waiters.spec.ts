import { getEventListeners } from 'node:events';
import { jest } from '@jest/globals';
import { Waiters } from './waiters.js';

const LONG = 600_000;

describe('Waiters', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('wakes everyone who waits, once', async () => {
    const waiters = new Waiters();
    const waiting = [waiters.wait({ timeoutMs: LONG }), waiters.wait({ timeoutMs: LONG })];
    expect(waiters.size).toBe(2);
    waiters.wake();
    await Promise.all(waiting);
    expect([waiters.size, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('ends a wait when its time is over, and not before', async () => {
    const waiters = new Waiters();
    let over = false;
    const waiting = waiters.wait({ timeoutMs: 100 }).then(() => (over = true));
    await jest.advanceTimersByTimeAsync(99);
    expect([over, waiters.size]).toEqual([false, 1]);
    await jest.advanceTimersByTimeAsync(1);
    await waiting;
    expect(waiters.size).toBe(0);
  });

  it('waits as long as a timer can where more is asked for, and does not spin', async () => {
    const waiters = new Waiters();
    for (const timeoutMs of [2 ** 31, 1e12, Infinity]) void waiters.wait({ timeoutMs });
    await jest.advanceTimersByTimeAsync(LONG);
    expect(waiters.size).toBe(3);
  });

  it('ends a wait when its signal aborts, and leaves nothing on the signal', async () => {
    const waiters = new Waiters();
    const abort = new AbortController();
    const waiting = waiters.wait({ signal: abort.signal, timeoutMs: LONG });
    abort.abort();
    await waiting;
    expect([waiters.size, jest.getTimerCount()]).toEqual([0, 0]);
    const { signal } = new AbortController();
    const woken = waiters.wait({ signal, timeoutMs: LONG });
    waiters.wake();
    await woken;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it.each([
    ['its signal has aborted', { signal: AbortSignal.abort(), timeoutMs: LONG }],
    ['there is no time', { timeoutMs: 0 }],
    ['its time was over before', { timeoutMs: -1 }],
  ])('does not begin to wait where %s', async (_, wait) => {
    const waiters = new Waiters();
    await waiters.wait(wait);
    expect([waiters.size, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('leaves out of a wake-up those who begin to wait because of it', async () => {
    const waiters = new Waiters();
    const again = waiters.wait({ timeoutMs: LONG }).then(() => void waiters.wait({ timeoutMs: LONG }));
    waiters.wake();
    await again;
    expect(waiters.size).toBe(1);
  });

  it('does not keep the process alive', () => {
    const unref = jest.spyOn(globalThis, 'setTimeout');
    void new Waiters().wait({ timeoutMs: LONG });
    const timer = unref.mock.results[0]?.value as NodeJS.Timeout;
    expect(timer.hasRef()).toBe(false);
  });
});
