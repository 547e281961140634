import fc from 'fast-check';
import { HOSTILE } from '../../../../../test/security/hostile-texts.js';
import { hasEscapes, withoutEscapes } from './escapes.js';

// eslint-disable-next-line no-control-regex
const BEGINNINGS = /[\x1b\x90\x98\x9b-\x9f]/;
const MB = 1_000_000;

describe('withoutEscapes', () => {
  it.each([
    ['colours', '\x1b[32mLOG\x1b[39m \x1b[38;5;3mApp\x1b[0m', 'LOG App'],
    ['colours with colons', '\x1b[38:2::1:2:3mred\x1b[m', 'red'],
    ['steering', '\x1b[2J\x1b[1;1H\x1b[?25lx\x1b[6n', 'x'],
    ['steering by C1', 'a\x9b2Jb', 'ab'],
    ['a title', '\x1b]0;owned\x07x', 'x'],
    ['a link, its text stays', '\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\', 'click'],
    ['a clipboard by C1', '\x9d52;c;eA==\x9cx', 'x'],
    ['DCS, SOS, PM, APC', '\x1bP$q"p\x1b\\a\x1bXb\x1b\\c\x1b^d\x1b\\e\x1b_f\x1b\\g', 'aceg'],
    ['character sets and resets', '\x1b(0a\x1b)Bb\x1bcc\x1b7d', 'abcd'],
    ['a lone escape', 'x\x1b', 'x'],
    ['an escape of an escape', '\x1b\x1b[31mx', 'x'],
    ['steering that is not finished', 'a\x1b[31', 'a'],
    ['steering that breaks off', 'a\x1b[31\nb\x1b[3é', 'a\nbé'],
    ['the beginning of a title that never ends', 'login of \x1b]0;eve failed', 'login of 0;eve failed'],
    ['no more than the line by a title', '\x1b]0;a\nError: b\x07', '0;a\nError: b\x07'],
    ['no more than its beginning by DCS with a control in it', '\x90a\x00b', 'a\x00b'],
    ['an end without beginning', 'a\x9cb\x1b\\c', 'abc'],
    ['CR at line ends', 'a\r\nb', 'a\nb'],
    ['nothing else', 'a\tb\rc \x07 Größe [31m', 'a\tb\rc \x07 Größe [31m'],
  ])('removes %s', (_what, text, left) => {
    expect(withoutEscapes(text)).toBe(left);
  });

  it.each(HOSTILE)('leaves no beginning of a sequence in %s', (_what, text) => {
    expect(withoutEscapes(text)).not.toMatch(BEGINNINGS);
  });

  it('leaves no beginning of a sequence in any text, and does not touch one without', () => {
    const unit = fc.constantFrom(...Array.from('\x1b[]P\\\x07\x9b\x9d\x9c;:0m? \r\nx\u202e'));
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const left = withoutEscapes(text);
        expect(left).not.toMatch(BEGINNINGS);
        if (!hasEscapes(text)) expect(left).toBe(text.replaceAll('\r\n', '\n'));
      }),
    );
  });

  // What is quadratic takes minutes here.
  it.each(['\x1b', '\x1b[', '\x1b]', '\x1bP', '\x9d', '\x90', '\x1b[1', '\x1b ', '\x1b]0;x', '\x9b;'])(
    'reads a megabyte of %j at once',
    (piece) => {
      const began = performance.now();
      expect(withoutEscapes(piece.repeat(MB / piece.length))).not.toMatch(BEGINNINGS);
      expect(withoutEscapes(piece + ';'.repeat(MB))).not.toMatch(BEGINNINGS);
      expect(performance.now() - began).toBeLessThan(2_000);
    },
  );
});
