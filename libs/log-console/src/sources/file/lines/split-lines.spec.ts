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
  const { rest } = splitter;
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
      { start: 0, end: 4, text: 'é', bytes: 2, isCut: false, hasEnd: true },
      { start: 4, end: 6, text: 'ab', bytes: 2, isCut: false, hasEnd: false },
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

describe('a line that is longer than what is kept', () => {
  const options = { maxLineBytes: 8 };

  it.each<[what: string, text: string, kept: string, bytes: number, isCut: boolean]>([
    ['just fits', '12345678', '12345678', 8, false],
    ['just fits, with CRLF', '12345678\r', '12345678', 8, false],
    ['is one too long', '123456789', '12345678', 9, true],
    ['is one too long, with CRLF', '123456789\r', '12345678', 9, true],
    ['is cut in a character of two bytes', '1234567é', '1234567', 9, true],
    ['is cut in a character of three bytes', '123456€', '123456', 9, true],
    ['is cut in a character of four bytes', '12345😀', '12345', 9, true],
    ['is cut between characters', '😀😀😀', '😀😀', 12, true],
  ])('%s', (_what, text, kept, bytes, isCut) => {
    const file = of(`a\n${text}\nb\n`);
    for (let cut = 0; cut <= file.length; cut++) {
      expect(split(file, [cut], options)).toMatchObject([
        { text: 'a' },
        { text: kept, bytes, isCut, start: 2, end: file.length - 2, hasEnd: true },
        { text: 'b', isCut: false },
      ]);
    }
  });

  it('cuts bytes that are no characters anywhere', () => {
    const [line] = split(Buffer.alloc(100, 0x80), [], options);
    expect(line).toMatchObject({ text: '\ufffd'.repeat(8), bytes: 100, isCut: true });
  });

  it('holds no more of 64 MiB than is kept of a line, and lets it go', () => {
    const maxLineBytes = 256 * 1024;
    const splitter = new LineSplitter({ maxLineBytes });
    const block = Buffer.alloc(64 * 1024, 'x');
    let offset = 0;
    let most = 0;
    for (; offset < 64 * 1024 * 1024; offset += block.length) {
      expect(splitter.push(block, offset)).toEqual([]);
      most = Math.max(most, splitter.heldBytes);
    }
    expect(most).toBeLessThanOrEqual(maxLineBytes + 1);
    expect(splitter.rest).toMatchObject({ start: 0, end: offset, bytes: offset, isCut: true });
    expect(splitter.rest?.text).toHaveLength(maxLineBytes);
    const [line] = splitter.push(of('\n'), offset);
    expect(line).toMatchObject({ start: 0, end: offset + 1, bytes: offset, isCut: true, hasEnd: true });
    expect(line.text).toHaveLength(maxLineBytes);
    expect(splitter.heldBytes).toBe(0);
  });
});

describe('a line without an end', () => {
  it.each<[what: string, bytes: Uint8Array, rest: string | undefined, then: Uint8Array, text: string]>([
    ['waits for nothing', of('ab'), 'ab', of('cd\n'), 'cd'],
    ['waits for its LF only', of('ab'), 'ab', of('\n'), ''],
    ['may have had its CR', of('ab\r'), 'ab', of('\n'), ''],
    ['may have had a CR of its own', of('ab\r'), 'ab', of('cd\n'), '\rcd'],
    ['holds half a character back', of('ab😀').subarray(0, 5), 'ab', of('😀c\n').subarray(3), '😀c'],
    ['is half a character', of('😀').subarray(0, 1), undefined, of('😀c\n').subarray(1), '😀c'],
    ['ends in a whole character', of('ab€'), 'ab€', of('c\n'), 'c'],
    ['ends in bad bytes', Buffer.from([0x61, 0xff]), 'a\ufffd', of('c\n'), 'c'],
    ['ends in bytes that never began', Buffer.from([0x61, 0x80]), 'a\ufffd', of('c\n'), 'c'],
    ['is nothing', of(''), undefined, of('c\n'), 'c'],
  ])('%s', (_what, bytes, rest, then, text) => {
    const splitter = new LineSplitter(BIG);
    splitter.push(bytes, 0);
    expect(splitter.rest?.text).toBe(rest);
    expect(splitter.offset).toBe(bytes.length);
    // Who reads on begins where it ended.
    const start = splitter.rest?.end ?? 0;
    const whole = Buffer.concat([bytes, then]);
    expect(new LineSplitter(BIG).push(whole.subarray(start), start)).toEqual([
      expect.objectContaining({ start, end: whole.length, text, hasEnd: true }),
    ]);
  });
});

describe('wherever blocks are cut', () => {
  const piece = fc.oneof(
    fc.constantFrom('\n', '\r\n', '\r', '\0', 'a', 'é', '€', '😀', '\ufeff').map(of),
    fc.uint8Array({ maxLength: 6 }),
    fc.string({ maxLength: 12, unit: 'binary' }).map(of),
  );
  const file = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.concat(pieces));
  const cuts = fc.array(fc.nat(), { maxLength: 12 });
  const within = (places: number[], bytes: Uint8Array): number[] =>
    places.map((at) => at % (bytes.length + 1));

  it.each([4, 16, 1024])('the lines are the same, with %d bytes kept of one', (maxLineBytes) => {
    fc.assert(
      fc.property(file, cuts, (bytes, places) => {
        expect(split(bytes, within(places, bytes), { maxLineBytes })).toEqual(
          split(bytes, [], { maxLineBytes }),
        );
      }),
    );
  });

  it('every byte belongs to exactly one line, also where what waits is taken', () => {
    fc.assert(
      fc.property(file, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 12 }), (bytes, steps) => {
        let splitter = new LineSplitter({ maxLineBytes: 16 });
        const places = steps.map(([at, isTaken]) => [at % (bytes.length + 1), isTaken] as const);
        let from = 0;
        const lines: RawLine[] = [];
        for (const [to, isTaken] of [
          ...places.toSorted(([a], [b]) => a - b),
          [bytes.length, false] as const,
        ]) {
          lines.push(...splitter.push(bytes.subarray(from, to), from));
          from = to;
          const rest = isTaken ? splitter.rest : undefined;
          if (!rest) continue;
          lines.push(rest);
          splitter = new LineSplitter({ maxLineBytes: 16 });
          from = rest.end;
        }
        let end = 0;
        for (const line of lines) {
          expect(line.start).toBe(end);
          ({ end } = line);
          const ownBytes = bytes.subarray(line.start, line.end);
          expect(ownBytes.indexOf(10)).toBe(line.hasEnd ? ownBytes.length - 1 : -1);
          expect(line.bytes).toBe(
            ownBytes.length - (line.hasEnd ? 1 : 0) - (line.hasEnd && ownBytes.at(-2) === 13 ? 1 : 0),
          );
        }
        expect(end + splitter.offset - (splitter.rest?.start ?? end)).toBe(bytes.length);
        expect(bytes.subarray(end).indexOf(10)).toBe(-1);
      }),
    );
  });

  it('the text is the same: every place of a text in many scripts', () => {
    const bytes = of('aé€😀\r\nÅ\u0301\n👨‍👩‍👧‍👦\n\ufffd');
    const whole = split(bytes);
    expect(texts(whole)).toEqual(['aé€😀', 'Å\u0301', '👨‍👩‍👧‍👦', '\ufffd']);
    for (let one = 0; one <= bytes.length; one++)
      for (let two = one; two <= bytes.length; two++) expect(split(bytes, [one, two])).toEqual(whole);
  });
});
