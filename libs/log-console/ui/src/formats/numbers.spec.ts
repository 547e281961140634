import { makeNumbers } from './numbers.js';

const en = makeNumbers('en');
const de = makeNumbers('de');

describe('makeNumbers', () => {
  it.each([
    [0, '0', '0'],
    [12, '12', '12'],
    [2_000, '2,000', '2.000'],
    [1_234_567, '1,234,567', '1.234.567'],
  ])('counts %d', (value, english, german) => {
    expect([en.count(value), de.count(value)]).toEqual([english, german]);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [1_549, '1.5 kB'],
    [9_949, '9.9 kB'],
    [9_950, '10 kB'],
    [200_000, '200 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [33_554_432, '34 MB'],
    [2_100_000_000, '2.1 GB'],
    [5e15, '5,000 TB'],
  ])('weighs %d bytes', (value, text) => {
    expect(en.bytes(value)).toBe(text);
  });

  it('writes seconds', () => {
    expect([en.seconds(1_500), de.seconds(1_540), en.seconds(40)]).toEqual(['1.5 s', '1,5 s', '0 s']);
  });
});
