import fc from 'fast-check';
import { offsetOf, monthOf, timeOfIso, timeOfMs, timeOfNumber, timeOfParts } from './times.js';

const local = (year: number, ...rest: [number, number, number, number, number, number?]): string =>
  new Date(year, ...rest).toISOString();

describe('timeOfIso', () => {
  it.each([
    ['2026-11-20T08:15:42.113Z', '2026-11-20T08:15:42.113Z'],
    ['2026-11-20T08:15:42Z', '2026-11-20T08:15:42.000Z'],
    ['2026-11-20T08:15:42.113987654Z', '2026-11-20T08:15:42.113Z'],
    ['2026-11-20T08:15:42.5+02:00', '2026-11-20T06:15:42.500Z'],
    ['2026-11-20T08:15:42-0530', '2026-11-20T13:45:42.000Z'],
    ['2026-11-20 08:15:42,113', local(2026, 10, 20, 8, 15, 42, 113)],
    ['2026-11-20 08:15:42', local(2026, 10, 20, 8, 15, 42)],
    ['2026-11-20t08:15:42z', '2026-11-20T08:15:42.000Z'],
    ['2026-12-31T23:59:60Z', '2027-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, time) => {
    expect(timeOfIso(text)).toBe(time);
  });

  it.each([
    '',
    '2026-11-20',
    '08:15:42',
    '2026-13-20T08:15:42Z',
    '2026-11-32T08:15:42Z',
    '2026-11-20T24:15:42Z',
    '2026-11-20T08:60:42Z',
    '2026-11-20T08:15:61Z',
    '2026-11-20T08:15:42Z, x',
    '0001-01-01T00:00:00Z',
    `2026-11-20T08:15:42.${'1'.repeat(1e6)}Z`,
  ])('%.30s is no time', (text) => {
    expect(timeOfIso(text)).toBeUndefined();
  });
});

describe('timeOfNumber', () => {
  it.each([
    ['seconds', 1795162542],
    ['seconds with a fraction', 1795162542.113],
    ['milliseconds', 1795162542113],
    ['microseconds', 1795162542113987],
    ['nanoseconds', 1795162542113987e3],
  ])('knows %s by their size', (_unit, number) => {
    expect(timeOfNumber(number)?.slice(0, 19)).toBe('2026-11-20T08:15:42');
  });

  it.each([0, 42, -1795162542113, NaN, Infinity, 1e300])('%d is no time', (number) => {
    expect(timeOfNumber(number)).toBeUndefined();
  });
});

describe('timeOfMs', () => {
  it('is what Date says, in any order', () => {
    const ms = fc.integer({
      min: Date.parse('1000-01-01T00:00:00Z'),
      max: Date.parse('9999-12-31T23:59:59.999Z'),
    });
    fc.assert(fc.property(ms, (time) => timeOfMs(time) === new Date(time).toISOString()));
  });

  it('is none outside of the years that RFC 3339 has', () => {
    expect([-1e15, 253402300800000, NaN].map(timeOfMs)).toEqual([undefined, undefined, undefined]);
  });
});

it('times without a zone are of this machine’s, minute after minute', () => {
  const at = fc.tuple(
    fc.integer({ min: 1990, max: 2060 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  );
  fc.assert(
    fc.property(fc.array(at, { minLength: 1, maxLength: 4 }), (dates) =>
      dates.every(
        ([year, month, day]) =>
          timeOfParts(year, month, day, '12:34:56', 7) === local(year, month - 1, day, 12, 34, 56, 7),
      ),
    ),
  );
});

it('reads zones and months', () => {
  expect(['Z', '+0000', '+02:00', '-0530'].map(offsetOf)).toEqual([0, 0, 120, -330]);
  expect(['Jan', 'Dec', 'jan', 'Foo'].map(monthOf)).toEqual([1, 12, 0, 0]);
});
