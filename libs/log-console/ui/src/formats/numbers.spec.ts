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

  it.each([
    [0, '0 ms', '0 ms'],
    [84, '84 ms', '84 ms'],
    [999.4, '999 ms', '999 ms'],
    [1_000, '1 s', '1 s'],
    [12_449, '12.4 s', '12,4 s'],
    [59_999, '59.9 s', '59,9 s'],
    [60_000, '1 min 0 s', '1 min 0 s'],
    [125_999, '2 min 5 s', '2 min 5 s'],
    [3_599_999, '59 min 59 s', '59 min 59 s'],
    [3_780_000, '1 h 3 min', '1 h 3 min'],
    [3_600_000_000, '1,000 h 0 min', '1.000 h 0 min'],
  ])('writes that something took %d ms', (ms, english, german) => {
    expect([en.duration(ms), de.duration(ms)]).toEqual([english, german]);
  });
});
