import { fileChange } from './file-change.js';

describe('A new epoch of a file', () => {
  it.each([
    ['1ab.9.aaa', '1ab.74.bbb', 'grown'],
    ['1ab.9.aaa', '1ab.z.bbb', 'grown'],
    ['1ab.74.aaa', '2cd.74.bbb', 'rotated'],
    ['1ab.74.aaa', '2cd.9.bbb', 'rotated'],
    ['1ab.74.aaa', '1ab.9.bbb', 'truncated'],
    ['1ab.74.aaa', '1ab.74.bbb', 'truncated'],
    ['0.0.e3b', '1ab.74.bbb', 'grown'],
    ['1ab.74.bbb', '0.0.e3b', 'grown'],
  ] as const)('%s → %s: %s', (before, epoch, change) => {
    expect(fileChange(before, epoch)).toBe(change);
  });
});
