import fc from 'fast-check';
import { cutToBytes, utf8Length } from './utf8.js';

const CHUNK = 64 * 1024;
/** Every code unit, so also halves of pairs. */
const anyText = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff })))
  .map((units) => String.fromCharCode(...units));
/** What UTF-8 can say: halves of pairs become U+FFFD. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

describe('the length in bytes', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['\x7f', 1],
    ['é', 2],
    ['€', 3],
    ['\u2028', 3],
    ['\ufeff', 3],
    ['🦊', 4],
    ['\ud83e', 3],
    ['\udd8a\ud83e', 6],
    ['👩‍👩‍👧', 18],
  ])('of %j is %d', (text, bytes) => {
    expect(utf8Length(text)).toBe(bytes);
  });

  it('is what Buffer says, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });

  it.each(['a', 'é', '€', '🦊', '\ud83e'])('is right across its 64 KiB steps, with %j', (character) => {
    for (let shift = -5; shift <= 5; shift++) {
      const text = 'x'.repeat(CHUNK + shift) + character.repeat(CHUNK);
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    }
  });
});

describe('a cut', () => {
  it.each([
    ['abc', 2, 'ab'],
    ['abc', 3, 'abc'],
    ['abc', 9, 'abc'],
    ['abc', 0, ''],
    ['€€', 2, ''],
    ['€€', 3, '€'],
    ['€€', 5, '€'],
    ['a🦊', 4, 'a'],
    ['a🦊', 5, 'a🦊'],
    ['\ufeffab', 4, '\ufeffa'],
  ])('of %j to %d bytes is %j', (text, maxBytes, cut) => {
    expect(cutToBytes(text, maxBytes)).toBe(cut);
  });

  it('fits, is the beginning of the text, and never splits a character', () => {
    fc.assert(
      fc.property(anyText, fc.nat(40), (text, maxBytes) => {
        const cut = cutToBytes(text, maxBytes);
        const whole = wellFormed(text);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxBytes);
        expect(whole.startsWith(cut)).toBe(true);
        expect(wellFormed(cut)).toBe(cut);
      }),
    );
  });

  it('leaves no room for one more character', () => {
    fc.assert(
      fc.property(anyText, fc.nat(40), (text, maxBytes) => {
        const cut = cutToBytes(text, maxBytes);
        const [next] = wellFormed(text).slice(cut.length);
        expect(next === undefined || Buffer.byteLength(cut + next) > maxBytes).toBe(true);
      }),
    );
  });
});
