import { daysOf, deedOf } from './deed.js';

const entry = { id: 7, time: '2026-11-20T10:00:00.000Z', level: 'log', message: 'ada cleared' } as const;

describe('What somebody did', () => {
  it('is what the entry says of it, with nothing unseen in it', () => {
    const data = {
      actor: 'ada\u202e',
      role: 'admin',
      address: '10.0.0.1',
      action: 'clear',
      result: 'ok',
      more: 1,
    };
    expect(deedOf({ ...entry, data })).toEqual({
      id: 7,
      isGrave: false,
      time: entry.time,
      message: 'ada cleared',
      actor: 'ada\\u{202e}',
      role: 'admin',
      address: '10.0.0.1',
      action: 'clear',
      result: 'ok',
    });
  });

  it.each([
    [undefined, ''],
    [{}, ''],
    [{ result: null }, ''],
    [{ result: 409 }, '409'],
    [{ result: { lines: 3 } }, '{"lines":3}'],
  ])('of %j has the result %j', (data, result) => {
    expect(deedOf({ ...entry, data })).toMatchObject({ actor: '', action: '', result });
  });
});

it('stands out where it was refused, or went wrong', () => {
  expect(deedOf({ ...entry, level: 'warn' })).toMatchObject({ isGrave: true });
});

describe('What was done', () => {
  it('stands under its day', () => {
    const deeds = ['2026-11-20T10:00', '2026-11-20T09:00', '2026-11-18T10:00'].map((time, id) =>
      deedOf({ ...entry, id, time }),
    );
    const days = daysOf(deeds, { day: (ms) => `day ${new Date(ms).getDate()}` });
    expect(days.map(({ day, deeds: of }) => [day, of.map(({ id }) => id)])).toEqual([
      ['day 20', [0, 1]],
      ['day 18', [2]],
    ]);
  });
});
