import fc from 'fast-check';
import { HOSTILE } from '../../../../../test/security/hostile-texts.js';
import { visible, visibleIn, visiblePlaces } from './visible-text.js';

/** Texts in which what is unseen, what joins emoji and halves of characters stand beside each other. */
const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'\r\n\t\x1b\x07\x9b\u202e\u200b\u200d\ufe0f\ufeff\u2028'.split(''),
      '\ud83d',
      '\ude00',
      '👨',
      '🏽',
      '❤',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

describe('visible', () => {
  it.each([
    ['a plain text', 'Order 48275, aisle 35', 'Order 48275, aisle 35'],
    ['TAB and LF', 'a\tb\nc', 'a\tb\nc'],
    ['CRLF as one end of a line', 'a\r\nb\r\n', 'a\nb\n'],
    ['a CR that would overwrite the line', 'failed\rpassed', 'failed\\u{d}passed'],
    ['NUL, ESC, DEL', '\0\x1b[31m\x7f', '\\u{0}\\u{1b}[31m\\u{7f}'],
    ['C1: NEL, CSI', '\x85\x9b31m', '\\u{85}\\u{9b}31m'],
    ['a text turned around', 'user\u202enimda', 'user\\u{202e}nimda'],
    ['isolates and marks of direction', '\u2066a\u2069\u200f\u061c', '\\u{2066}a\\u{2069}\\u{200f}\\u{61c}'],
    ['no width', 'pay\u200bpal\ufeff\u2060\u00ad', 'pay\\u{200b}pal\\u{feff}\\u{2060}\\u{ad}'],
    ['letters that are not seen', 'a\u3164b\u115fc', 'a\\u{3164}b\\u{115f}c'],
    ['separators of lines and paragraphs', 'a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
    ['hidden tags', 'a\u{e0041}', 'a\\u{e0041}'],
    ['letters of other languages', 'Größe 東京 ﷽ e\u0301', 'Größe 東京 ﷽ e\u0301'],
    ['a family', '👨‍👩‍👧', '👨‍👩‍👧'],
    ['emoji with a skin and a selector', '👩🏽‍🚒 ❤️‍🔥', '👩🏽‍🚒 ❤️‍🔥'],
    ['what joins letters', 'pass\u200dword', 'pass\\u{200d}word'],
    ['what joins a letter to an emoji', 'a\u200d👨', 'a\\u{200d}👨'],
    ['what joins nothing', '👨\u200d', '👨\\u{200d}'],
    ['selectors that smuggle a text', '❤\ufe0f\u{e0101}\u{e0102}', '❤\ufe0f\\u{e0101}\\u{e0102}'],
    ['half a character', '\ud83d-\ude00', '\ud83d-\ude00'],
  ])('shows %s', (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(HOSTILE)('leaves nothing that acts in %s', (_what, text) => {
    expect(visible(text)).not.toMatch(/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028\u2029]/u);
  });

  it('changes nothing a second time', () => {
    fc.assert(fc.property(texts, (text) => expect(visible(visible(text))).toBe(visible(text))));
  });
});

describe('visiblePlaces', () => {
  it('finds places again behind marks', () => {
    expect(visiblePlaces('a\u202eb\r\nc', [0, 1, 2, 3, 5, 6])).toEqual([0, 1, 9, 10, 11, 12]);
  });

  it('keeps the order, and the end at the end', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const all = Array.from({ length: text.length + 1 }, (_, index) => index);
        const places = visiblePlaces(text, all);
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(places.at(-1)).toBe(visible(text).length);
      }),
    );
  });
});

test('visibleIn: every text in plain data, and nothing else', () => {
  const data = { a: ['x\u202e', 1, null, true], b: { c: 'plain' } };
  expect(visibleIn(data)).toEqual({ a: ['x\\u{202e}', 1, null, true], b: { c: 'plain' } });
  expect(data.a[0]).toBe('x\u202e');
});
