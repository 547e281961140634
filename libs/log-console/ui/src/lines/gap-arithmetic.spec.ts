import { afterId } from './gap-arithmetic.js';

describe('what of a gap lies after an id', () => {
  it.each([
    ['all of it', { from: 5, to: 9, missed: 5 }, 4, { from: 5, to: 9, missed: 5 }],
    ['a part', { from: 5, to: 9, missed: 5 }, 7, { from: 8, to: 9, missed: 2 }],
    ['nothing', { from: 5, to: 9, missed: 5 }, 9, undefined],
    ['nothing, because it lost nothing', { from: 5, to: 9, missed: 0 }, 4, undefined],
    [
      'a part of lines of a file',
      { from: 50, to: 900, missed: 5 },
      700,
      { from: 701, to: 900, missed: null },
    ],
    ['a part of an unknown number', { from: 5, to: 9, missed: null }, 7, { from: 8, to: 9, missed: null }],
    ['all, where nobody knows the range', { missed: 5 }, 99, { missed: 5 }],
  ])('is %s', (_, gap, id, expected) => {
    expect(afterId(gap, id)).toEqual(expected);
  });
});
