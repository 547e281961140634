import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Nap } from './nap.js';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick'] }));
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test.each<[string, (nap: Nap, abort: AbortController) => void]>([
  ['its time', () => jest.advanceTimersByTime(1000)],
  ['being woken', (nap) => nap.wake()],
  ['an abort', (_nap, abort) => abort.abort()],
])('a nap ends with %s', async (_name, end) => {
  const nap = new Nap();
  const abort = new AbortController();
  const slept = nap.sleep(1000, abort.signal);
  end(nap, abort);
  await expect(slept).resolves.toBeUndefined();
});

test('after an abort there is none', async () => {
  await expect(new Nap().sleep(1000, AbortSignal.abort())).resolves.toBeUndefined();
});
