import { expect, test } from '@jest/globals';
import { backOffMs } from './back-off.js';

test.each([
  [1, 500],
  [2, 1000],
  [3, 2000],
  [4, 4000],
  [5, 5000],
  [500, 5000],
])('after %i failures in a row it waits up to %i ms, and not always as long', (failures, most) => {
  const waits = Array.from({ length: 50 }, () => backOffMs(failures));
  expect(Math.max(...waits)).toBeLessThanOrEqual(most);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(0.8 * most);
  expect(new Set(waits).size).toBeGreaterThan(1);
});

test('it waits as long as the server says, but no longer than a minute', () => {
  expect(backOffMs(1, 10_000)).toBe(10_000);
  expect(backOffMs(1, 3_600_000)).toBe(60_000);
});
