import { expect, test } from '@jest/globals';
import { retryAfterMs } from './retry-after.js';

const NOW = Date.parse('2026-11-20T08:15:42Z');

test.each([
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', 0],
  ['10', 10_000],
  ['Fri, 20 Nov 2026 08:16:42 GMT', 60_000],
  ['Fri, 20 Nov 2026 08:14:42 GMT', 0],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});
