import fc from 'fast-check';
import { cut } from './cut.js';
import { withoutEscapes } from './escapes.js';

describe('cut', () => {
  it.each([
    ['a short text', 'abc', 3, 'abc', false],
    ['a long text', 'abcd', 3, 'abc', true],
    ['a text before half an emoji', 'ab😀', 3, 'ab', true],
    ['a text behind an emoji', 'a😀b', 3, 'a😀', true],
    ['a text before a colour', 'ab\x1b[31mc', 4, 'ab', true],
    ['a text behind a colour', 'a\x1b[31mbc', 7, 'a\x1b[31mb', true],
    ['a text before a link', 'a\x1b]8;;http://x\x1b\\b', 15, 'a', true],
    ['a text before a sequence of C1', 'ab\x9b31mc', 4, 'ab', true],
    ['a text of colours', '\x1b[31m\x1b[32m', 6, '\x1b[31m', true],
    ['nothing', '', 3, '', false],
  ])('cuts %s', (_what, text, max, shown, isCut) => {
    expect(cut(text, max)).toEqual({ text: shown, cut: isCut, bytes: new TextEncoder().encode(text).length });
  });

  it('keeps 2,000 characters', () => {
    expect(cut('x'.repeat(200_000))).toEqual({ text: 'x'.repeat(2_000), cut: true, bytes: 200_000 });
  });

  it('shows the beginning of what the whole shows', () => {
    const unit = fc.constantFrom('\x1b[31m', '\x1b]0;t\x07', '\x1b\\', '\x9d', 'a', '😀', 'é', ';');
    fc.assert(
      fc.property(fc.string({ unit }), fc.nat(30), (text, max) => {
        const { text: kept } = cut(text, max);
        expect(kept.length).toBeLessThanOrEqual(max);
        expect(text.startsWith(kept)).toBe(true);
        expect(withoutEscapes(text).startsWith(withoutEscapes(kept))).toBe(true);
        expect(kept).not.toMatch(/[\ud800-\udfff]/u);
      }),
    );
  });
});
