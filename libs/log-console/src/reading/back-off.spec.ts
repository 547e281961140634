import { nextPause } from './back-off.js';

it('pauses longer after each failure, and never so long that it goes on later than in five seconds', () => {
  const pauses = [0];
  while (pauses.length < 9) pauses.push(nextPause(pauses.at(-1) ?? 0));
  expect(pauses).toEqual([0, 250, 500, 1000, 2000, 4000, 4000, 4000, 4000]);
});
