import fc from 'fast-check';
import { type RawLine } from './raw-line.js';
import { LineSplitter } from './split-lines.js';

const BIG = { maxLineBytes: 1024 };

function split(bytes: Uint8Array, cuts: readonly number[] = [], options = BIG): RawLine[] {
  const splitter = new LineSplitter(options);
  const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  const lines = places.slice(1).flatMap((to, index) => {
    // Another buffer is used for each block, and spoilt afterwards: what is held has to be a copy.
    const block = Uint8Array.from(bytes.subarray(places[index], to));
    const made = splitter.push(block, places[index]);
    block.fill(0x23);
    return made;
  });
  const rest = splitter.takeRest();
  return rest ? [...lines, rest] : lines;
}

const texts = (lines: readonly RawLine[]): string[] => lines.map(({ text }) => text);
const of = (text: string): Buffer => Buffer.from(text);

describe('LineSplitter', () => {
  it.each<[what: string, bytes: Uint8Array, texts: string[]]>([
    ['lines', of('one\ntwo\n'), ['one', 'two']],
    ['a last line without an end', of('one\ntwo'), ['one', 'two']],
    ['CRLF', of('one\r\ntwo\r\n'), ['one', 'two']],
    ['a CR alone', of('10%\r20%\r\nx\ry\n\r\n'), ['10%\r20%', 'x\ry', '']],
    ['two CR', of('a\r\r\n'), ['a\r']],
    ['empty lines', of('\n\na\n\n'), ['', '', 'a', '']],
    ['NUL', of('a\0b\n\0\n'), ['a\0b', '\0']],
    ['a byte order mark, once', of('\ufeffa\n\ufeffb\n'), ['a', '\ufeffb']],
    [
      'bad bytes',
      Buffer.from([0x61, 0xff, 0x62, 10, 0xc3, 10, 0xe2, 0x82, 10]),
      ['a\ufffdb', '\ufffd', '\ufffd'],
    ],
    ['other separators', of('a\u2028b\u0085c\vd\n'), ['a\u2028b\u0085c\vd']],
    ['nothing', of(''), []],
  ])('makes lines of %s', (_what, bytes, expected) => {
    expect(texts(split(bytes))).toEqual(expected);
  });

  it('says where a line stands and how long it is', () => {
    expect(split(of('é\r\nab'))).toEqual([
      { start: 0, end: 4, text: 'é', bytes: 2, isCut: false, hasEnd: true, isRest: false },
      { start: 4, end: 6, text: 'ab', bytes: 2, isCut: false, hasEnd: false, isRest: false },
    ]);
  });

  it('begins anywhere, and wants the blocks in order then', () => {
    const splitter = new LineSplitter(BIG);
    expect(splitter.push(of('a\nb'), 100)).toMatchObject([{ start: 100, end: 102 }]);
    expect(splitter.offset).toBe(103);
    expect(() => splitter.push(of('c'), 104)).toThrow(new RangeError('The block starts at 104, not at 103'));
    expect(splitter.push(of('c\n'), 103)).toMatchObject([{ start: 102, end: 105, text: 'bc' }]);
  });
});
