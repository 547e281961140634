import { makeTimes, type Times } from './times.js';

const ms = Date.parse('2026-11-20T09:42:07.113Z');
const en = makeTimes('en', 'Europe/Paris');
const de = makeTimes('de', 'Europe/Paris');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('makeTimes', () => {
  it.each([
    ['en', en, '10:42:07', /^Friday, November 20, 2026\b.* 10:42:07 GMT\+1$/, 'Friday, November 20, 2026'],
    ['de', de, '10:42:07', /^Freitag, 20. November 2026\b.* 10:42:07 MEZ$/, 'Freitag, 20. November 2026'],
  ])('writes a time in %s', (_locale, times, seconds, dateTime, day) => {
    expect(times.clockSeconds(ms)).toBe(seconds);
    expect(times.clock(ms)).toBe(`${seconds}.113`);
    expect(times.dateTime(ms)).toMatch(dateTime);
    expect(times.day(ms)).toBe(day);
  });

  it.each([
    ['midnight', '2026-11-19T23:00:00.000Z', '00:00:00.000'],
    ['the afternoon', '2026-11-20T22:59:59.999Z', '23:59:59.999'],
    ['a few milliseconds', '2026-11-20T09:00:00.007Z', '10:00:00.007'],
    ['a time before 1970', '1969-12-31T23:59:59.990Z', '00:59:59.990'],
  ])('shows %s on a clock of 24 hours', (_what, time, clock) => {
    expect(en.clock(Date.parse(time))).toBe(clock);
  });

  it('goes on when the clocks are put back', () => {
    const before = Date.parse('2026-10-25T00:59:59.999Z');
    expect([before, before + 1].map(en.clock)).toEqual(['02:59:59.999', '02:00:00.000']);
  });

  it('tells times apart that follow each other', () => {
    expect([ms, ms, ms + 1, ms + SECOND, ms].map(en.clock)).toEqual([
      '10:42:07.113',
      '10:42:07.113',
      '10:42:07.114',
      '10:42:08.113',
      '10:42:07.113',
    ]);
  });

  it.each([
    [0, 'now', 'jetzt'],
    [999, 'now', 'jetzt'],
    [3_900, '3 sec ago', 'vor 3 Sek'],
    [59_999, '59 sec ago', 'vor 59 Sek'],
    [2 * MINUTE, '2 min ago', 'vor 2 Min'],
    [23.9 * HOUR, '23 hr ago', 'vor 23 Std'],
    [3 * DAY, '3 days ago', 'vor 3 Tagen'],
    [-999, 'now', 'jetzt'],
    [-2 * MINUTE, 'in 2 min', 'in 2 Min'],
  ])('says how long %d ms are ago', (past, english, german) => {
    const ago = (times: Times): string => times.ago(ms - past, ms).replaceAll('.', ''); // newer ICU leaves dots out
    expect([ago(en), ago(de)]).toEqual([english, german]);
  });

  it.each([
    [0, '+0 s'],
    [7, '+0.01 s'],
    [120, '+0.12 s'],
    [59_990, '+59.99 s'],
    [90 * SECOND, '+1.5 min'],
    [2 * HOUR, '+2 h'],
    [2 * DAY, '+2 d'],
    [-40, '-0.04 s'],
  ])('says that %d ms lie between two lines', (between, step) => {
    expect(en.step(ms, ms - between)).toBe(step);
  });

  it('has a comma in German, and nothing before the first line', () => {
    expect(de.step(ms, ms - 120)).toBe('+0,12 s');
    expect(en.step(ms, undefined)).toBe('');
  });

  it.each([NaN, Infinity, -Infinity, 9e15])('writes nothing where there is no time: %d', (none) => {
    expect([en.clock(none), en.clockSeconds(none), en.dateTime(none), en.day(none)]).toEqual([
      '',
      '',
      '',
      '',
    ]);
    expect([en.ago(none, ms), en.step(none, ms), en.step(ms, none)]).toEqual(['', '', '']);
  });

  it('is in the zone of the reader by default', () => {
    expect(makeTimes('en').clockSeconds(ms)).toBe(
      makeTimes('en', Intl.DateTimeFormat().resolvedOptions().timeZone).clockSeconds(ms),
    );
  });
});
