import { partsOf } from './parts-of.js';

const match = (start: number, end: number): Parameters<typeof partsOf>[1][number] => ({
  start,
  end,
  kind: 'secret',
  rule: `rule ${start}`,
});

describe('A text with what would be masked in it', () => {
  it.each([
    ['nothing', 'all of it', [], [{ text: 'all of it' }]],
    [
      'something in the middle',
      'a=1 b',
      [match(2, 3)],
      [{ text: 'a=' }, { text: '1', rule: 'rule 2' }, { text: ' b' }],
    ],
    [
      'all of it, one behind the other',
      'ab',
      [match(0, 1), match(1, 2)],
      [
        { text: 'a', rule: 'rule 0' },
        { text: 'b', rule: 'rule 1' },
      ],
    ],
    ['nothing in nothing', '', [], []],
  ])('%s', (_what, text, matches, parts) => {
    expect(partsOf(text, matches)).toEqual(parts);
  });
});
