import fc from 'fast-check';
import { HOSTILE } from '../../../../../test/security/hostile-texts.js';
import { segmentsOf } from './segments.js';
import { visible, withoutEscapes } from './visible-text.js';

const textOf = (message: string, search?: string): string =>
  segmentsOf(message, search)
    .map(({ text }) => text)
    .join('');
const styleOf = (message: string): string | undefined => segmentsOf(`${message}x`).at(-1)?.style;
const matchesOf = (message: string, search: string): string[] =>
  segmentsOf(message, search).flatMap(({ text, match }) => (match ? [text] : []));

describe('segmentsOf', () => {
  it('shows a message without colours in one piece', () => {
    expect(segmentsOf('Order 48275 reserved')).toEqual([{ text: 'Order 48275 reserved' }]);
    expect(segmentsOf('')).toEqual([]);
  });

  it('shows a line of Nest in its colours', () => {
    expect(
      segmentsOf(
        '\x1b[32mLOG\x1b[39m \x1b[38;5;3m[Loader] \x1b[39m\x1b[32mstarted\x1b[39m\x1b[38;5;3m +8ms\x1b[39m',
      ),
    ).toEqual([
      { text: 'LOG', style: 'ansi-green' },
      { text: ' ' },
      { text: '[Loader] ', style: 'ansi-yellow' },
      { text: 'started', style: 'ansi-green' },
      { text: ' +8ms', style: 'ansi-yellow' },
    ]);
  });

  it.each([
    ['\x1b[31m', 'ansi-red'],
    ['\x1b[91m', 'ansi-bright-red'],
    ['\x9b34m', 'ansi-blue'],
    ['\x1b[1;4;36m', 'bold underline ansi-cyan'],
    ['\x1b[2m\x1b[3m', 'dim italic'],
    ['\x1b[9m', 'strikethrough'],
    ['\x1b[1m\x1b[22m', undefined],
    ['\x1b[31m\x1b[39m', undefined],
    ['\x1b[1;31m\x1b[m', undefined],
    ['\x1b[43;30m', 'ansi-black bg-ansi-yellow'],
    ['\x1b[105m', 'bg-ansi-bright-magenta'],
    ['\x1b[7;31m', 'ansi-black bg-ansi-red'],
    ['\x1b[38;5;250m', 'ansi-white'],
    ['\x1b[38;5;9m', 'ansi-bright-red'],
    ['\x1b[38;5;196m', 'ansi-red'],
    ['\x1b[38;5;240m', 'ansi-bright-black'],
    ['\x1b[48;5;21m', 'bg-ansi-blue'],
    ['\x1b[38;5;175m', 'ansi-bright-magenta'],
    ['\x1b[38;2;190;187;185m', 'ansi-white'],
    ['\x1b[48;5;235m', 'bg-ansi-black'],
    ['\x1b[7m', 'ansi-black bg-ansi-white'],
    ['\x1b[7;7m\x1b[27m', undefined],
    ['\x1b[1;2m\x1b[21m', 'dim'],
    ['\x1b[31;44m\x1b[49m', 'ansi-red'],
    ['\x1b[38;1;2m', 'dim'],
    ['\x1b[38;2;1;2m', undefined],
    ['\x1b[38;2;250;90;80m', 'ansi-bright-red'],
    ['\x1b[38:2::0:190:10m', 'ansi-green'],
    ['\x1b[38:2:0:190:10m', 'ansi-green'],
    ['\x1b[38:5:2m', 'ansi-green'],
    ['\x1b[4:3m', 'underline'],
    ['\x1b[31\x1b[32m', 'ansi-green'],
    ['\x1b[38;5;999m', undefined],
    ['\x1b[99999999999999999999m', undefined],
    ['\x1b[?25m', undefined],
    ['\x1b[2J', undefined],
  ])('reads %j as %s', (escape, style) => {
    expect(styleOf(escape)).toBe(style);
  });

  it('knows all sixteen colours by name', () => {
    const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan'];
    expect(names.map((_, index) => styleOf(`\x1b[${30 + index}m`))).toEqual(
      names.map((name) => `ansi-${name}`),
    );
    expect(names.map((_, index) => styleOf(`\x1b[${100 + index}m`))).toEqual(
      names.map((name) => `bg-ansi-bright-${name}`),
    );
    expect([37, 97].map((white) => styleOf(`\x1b[${white}m`))).toEqual(['ansi-white', 'ansi-white']);
  });

  it.each(['\x1b[8m', '\x1b[31;41m', '\x1b[30;40;7m', '\x1b[38;2;1;1;1;48;2;0;0;0m'])(
    'hides nothing by %j',
    (escape) => {
      expect(styleOf(escape)).toBe(undefined);
    },
  );

  it.each(['', 'b'])(
    'makes no empty piece of the two halves of an end of line, searched for %j',
    (search) => {
      const message = 'a\x1b[1m\r\x1b[31m\nb';
      const texts = segmentsOf(message, search).map(({ text }) => text);
      expect(texts.join('|')).toBe(search ? 'a|\n|b' : 'a|\nb');
    },
  );

  it('begins every message without the style of the one before', () => {
    segmentsOf('\x1b[31mred');
    expect(segmentsOf('\x1b[4mplain')).toEqual([{ text: 'plain', style: 'underline' }]);
  });

  it('is no mass of pieces, however often a message changes its style', () => {
    const segments = segmentsOf('\x1b[1mx\x1b[31my'.repeat(20_000));
    expect(segments).toHaveLength(500);
    expect(textOf('\x1b[1mx\x1b[31my'.repeat(20_000))).toBe('xy'.repeat(20_000));
  });

  it.each(HOSTILE)('shows no more and no less of %s than a terminal, with marks', (_what, text) => {
    expect(textOf(text)).toBe(visible(withoutEscapes(text)));
  });

  it('loses and adds nothing, whatever is logged and searched', () => {
    const unit = fc.oneof(
      fc.constantFrom(
        '\x1b[31m',
        '\x1b[0m',
        '\x1b[1;7m',
        '\x9b4m',
        '\x1b]0;t\x07',
        '\u202e',
        '\r',
        '\n',
        '\ud83d',
      ),
      fc.constantFrom('\ude00', '👨', '\u200d', '👧', '\x1b', '\x9d', 'a', 'B', 'ß', 'İ', '[', ']', ';', 'm'),
    );
    const message = fc.string({ unit });
    const search = fc.oneof(
      fc.constantFrom('a', 'Ab', 'i', 'ss', '.', '\\u{', '(', '['),
      fc.string({ unit, maxLength: 3 }),
    );
    fc.assert(
      fc.property(message, search, (text, searched) => {
        const shown = visible(withoutEscapes(text));
        expect(textOf(text)).toBe(shown);
        expect(textOf(text, searched)).toBe(shown);
        for (const segment of segmentsOf(text, searched)) expect(segment.text).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('styles a text the same whether it is searched or not', () => {
    const unit = fc.constantFrom('\x1b[31m', '\x1b[0m', '\x1b[1m', 'a', 'b', '\u202e');
    const styles = (message: string, search: string): (string | undefined)[] =>
      segmentsOf(message, search).flatMap(({ text, style }) =>
        Array<string | undefined>(text.length).fill(style),
      );
    fc.assert(
      fc.property(fc.string({ unit }), fc.constantFrom('a', 'ab', 'zz'), (text, search) =>
        expect(styles(text, search)).toEqual(styles(text, '')),
      ),
    );
  });
});

describe('segmentsOf, searched', () => {
  it.each([
    ['in any case', 'Error: error ERROR', 'error', ['Error', 'error', 'ERROR']],
    ['in other alphabets', 'Größe GRÖSSE ΣΑΣ', 'grö', ['Grö', 'GRÖ']],
    [
      'signs that mean something in a pattern',
      'a.b [x] (y) a+b \\d $1 ^|{2}',
      '(y) a+b \\d $1 ^|{2}',
      ['(y) a+b \\d $1 ^|{2}'],
    ],
    ['no pattern', 'a.b axb', 'a.b', ['a.b']],
    ['a minus and a slash', 'a-b a/b', '-b a/', ['-b a/']],
    ['over lines', 'one\ntwo', 'E\nT', ['e\nt']],
    ['what is unseen', 'a\u202eb', '\u202eb', ['\\u{202e}b']],
    ['behind letters that grow in lower case', 'İİİ aisle', 'aisle', ['aisle']],
    ['nothing', 'aisle', 'dock', []],
  ])('finds %s', (_what, message, search, found) => {
    expect(matchesOf(message, search)).toEqual(found);
  });

  it('finds over a change of style: two pieces', () => {
    expect(segmentsOf('pi\x1b[31mck \x1b[0m9476', 'Pick 9')).toEqual([
      { text: 'pi', match: true },
      { text: 'ck ', style: 'ansi-red', match: true },
      { text: '9', match: true },
      { text: '476' },
    ]);
  });

  it('marks no more than 500 places of one line', () => {
    const segments = segmentsOf('a-'.repeat(1_000), 'A');
    expect(segments.filter(({ match }) => match)).toHaveLength(500);
    expect(segments.at(-1)).toEqual({ text: `-${'a-'.repeat(500)}` });
  });

  it('finds what is written, not what escapes say', () => {
    expect(matchesOf('\x1b[31m31\x1b[0m \x1b]0;31\x07', '31')).toEqual(['31']);
  });

  it('finds everything that a plain search finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '\x1b[1m', ' ') });
    const search = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(text, search, (message, searched) => {
        const found = matchesOf(message, searched).join('').length / searched.length;
        expect(found).toBe(withoutEscapes(message).toLowerCase().split(searched).length - 1);
      }),
    );
  });
});
