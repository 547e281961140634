import fc from 'fast-check';
import { type LogEntry } from '../../../domain/log-entry.js';
import { createRedactor } from '../../../redaction/create-redactor.js';
import { parserOf } from '../formats/index.js';
import { entriesOf, type EntriesOptions } from './entries-of.js';
import { restOfLine } from '../reading/rest-of-line.js';
import { type RawLine } from './raw-line.js';
import { LineSplitter } from './split-lines.js';

const redact = createRedactor({}, [], {});
const OPTIONS: EntriesOptions = { parse: parserOf('auto'), instance: 'web-1' };
const MASKED: EntriesOptions = { ...OPTIONS, redact };

function linesOf(text: string, offset = 0, maxLineBytes = 1024): RawLine[] {
  const splitter = new LineSplitter({ maxLineBytes });
  const lines = splitter.push(Buffer.from(text), offset);
  const { rest } = splitter;
  return rest ? [...lines, rest] : lines;
}

const read = (text: string, options: Partial<EntriesOptions> = {}, offset = 0): LogEntry[] =>
  entriesOf(linesOf(text, offset), { ...OPTIONS, ...options });

const NEST = '[Nest] 1  - 11/20/2026, 8:15:42 AM';
const TIME = new Date(2026, 10, 20, 8, 15, 42).toISOString();

/** A key as it stands in a file; nobody's. */
const BODY = Array.from({ length: 6 }, (_, line) =>
  Array.from(
    { length: line === 5 ? 20 : 64 },
    (_x, at) => 'MIIEvQIBADANBgkqh+/'[(at * 7 + line * 3) % 19],
  ).join(''),
);
const KEY = ['-----BEGIN RSA PRIVATE KEY-----', ...BODY, '-----END RSA PRIVATE KEY-----'];

describe('entriesOf', () => {
  it('makes an entry of a line, its id where the line ends', () => {
    expect(read('[Nest] 1  - 11/20/2026, 8:15:42 AM    WARN [Orders] low\r\na line', {}, 1000)).toEqual([
      { id: 1057, time: TIME, level: 'warn', context: 'Orders', message: 'low', instance: 'web-1' },
      { id: 1063, level: 'log', message: 'a line', instance: 'web-1' },
    ]);
  });

  it('gives the stack to the entry above', () => {
    const text = `${NEST}   ERROR [Orders] bad\nError: q\n    at a (b.js:1:2)\n\n    at c\n  [cause]: x\n${NEST}     LOG next\n`;
    expect(read(text)).toMatchObject([
      {
        id: text.lastIndexOf('[Nest]'),
        level: 'error',
        message: 'bad',
        stack: 'Error: q\n    at a (b.js:1:2)\n\n    at c\n  [cause]: x',
      },
      { message: 'next' },
    ]);
  });

  it.each([
    ['Java', 'ERROR x\njava.lang.RuntimeException: a\n\tat b\nCaused by: c\n\t... 3 more'],
    [
      'Python',
      'ERROR x\nTraceback (most recent call last):\n  File "x.py", line 1\n    foo()\nValueError: bad',
    ],
    [
      'a chain in Python',
      'Traceback (most recent call last):\n  File "x"\nA.Error: b\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "y"\nKeyError',
    ],
    ['Node', 'Error: x\n    at a\n    at b {\n  code: 1\n}\n\nNode.js v20.20.2'],
    ['an object of Nest', `${NEST}     LOG [Orders] Object(1) {\n  a: {\n    b: 1\n  }\n}`],
  ])('gives all of a trace to one entry: %s', (_what, text) => {
    const [head, ...stack] = text.split('\n');
    const entries = read(`first\n${text}\nlast\n`);
    expect(entries).toHaveLength(3);
    expect(head.endsWith(entries[1].message)).toBe(true);
    expect(entries[1].stack).toBe(stack.join('\n'));
  });

  it('puts the stack of a line in JSON before what stands below it', () => {
    const [entry] = read('{"level":"error","message":"m","stack":"Error: m\\n    at a"}\n    at below\n');
    expect(entry.stack).toBe('Error: m\n    at a\n    at below');
  });

  it('marks what continues an entry that is not seen', () => {
    expect(read('    at a\n    at b\nnext\n', {}, 500)).toEqual([
      { id: 518, level: 'log', message: '    at a', stack: '    at b', continues: true, instance: 'web-1' },
      { id: 523, level: 'log', message: 'next', instance: 'web-1' },
    ]);
    expect(read('    the file begins so\n')).toEqual([
      { id: 23, level: 'log', message: '    the file begins so', instance: 'web-1' },
    ]);
  });

  it('marks the rest of a line, reads nothing into it, and makes no entry of an empty one', () => {
    const json = '{"level":60,"msg":"half"}\nnext\n';
    const [rest, next] = read(json, { continuesFirst: true }, 10);
    expect(rest).toMatchObject({ message: '{"level":60,"msg":"half"}', level: 'log', continues: true });
    expect(next).not.toHaveProperty('continues');
    expect(read('\nnext\n', { continuesFirst: true }, 10)).toMatchObject([{ id: 16, message: 'next' }]);
    expect(read('\nnext\n', {}, 10)).toMatchObject([{ id: 11, message: '' }, { id: 16 }]);
  });

  it('marks the rest of a line whose beginning was handed out before', () => {
    const [rest, next] = linesOf('0%\nnext\n', 11);
    const first = read('progress: 1');
    const second = entriesOf([restOfLine(rest, 'progress: 1', undefined), next], OPTIONS);
    expect([...first, ...second]).toEqual([
      { id: 11, level: 'log', message: 'progress: 1', instance: 'web-1' },
      { id: 14, level: 'log', message: '0%', continues: true, instance: 'web-1' },
      { id: 19, level: 'log', message: 'next', instance: 'web-1' },
    ]);
  });

  it('says what was cut', () => {
    const lines = linesOf(`${'x'.repeat(99)}é\n  ${'y'.repeat(200)}\nok\n`, 0, 100);
    expect(entriesOf(lines, OPTIONS)).toMatchObject([
      { message: 'x'.repeat(99), stack: `  ${'y'.repeat(98)}`, truncated: { bytes: 303, kept: 199 } },
      { message: 'ok' },
    ]);
    expect(entriesOf(lines, OPTIONS)[1]).not.toHaveProperty('truncated');
  });

  it('says in one line what data without a message says', () => {
    expect(read('{"level":30,"a":1}\n')).toMatchObject([{ message: '{"a":1}', data: { a: 1 } }]);
    const [{ message }] = read(`{"text":"${'x'.repeat(900)}"}\n`);
    expect(message).toHaveLength(201);
  });

  it('does not let one stack grow without end', () => {
    const text = `head\n${'  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n'.repeat(20_000)}`;
    const entries = read(text);
    expect(entries.length).toBeGreaterThan(2);
    for (const [index, { stack, continues }] of entries.entries()) {
      expect(stack!.length).toBeLessThan(300_000);
      expect(continues).toBe(index === 0 ? undefined : true);
    }
    const lines = entries.flatMap(({ message, stack }) => [message, ...stack!.split('\n')]);
    expect(`${lines.join('\n')}\n`).toBe(text);
  });
});

describe('what is read together', () => {
  const line = fc.constantFrom(
    'a line',
    '',
    '    at a',
    '\tat b',
    'Error: x',
    'Caused by: y',
    '}',
    'ERROR bad',
    '{"level":50,"msg":"m"}',
    `${NEST}   ERROR [A] b`,
    'Traceback (most recent call last):',
    'ValueError: x',
    KEY.join('\n'),
  );
  const file = fc.array(line, { maxLength: 30 }).map((lines) => lines.map((text) => `${text}\n`).join(''));
  const flat = (entries: readonly LogEntry[]): string[] =>
    entries.flatMap(({ message, stack }) => [message, ...(stack === undefined ? [] : stack.split('\n'))]);

  it('is the same wherever it is read from: every entry from an entry’s beginning on', () => {
    fc.assert(
      fc.property(file, fc.nat(), (text, at) => {
        const lines = linesOf(text);
        const whole = entriesOf(lines, OPTIONS);
        if (whole.length < 2) return;
        const from = at % (whole.length - 1);
        const later = lines.filter(({ start }) => start >= whole[from].id);
        const again = entriesOf(later, OPTIONS);
        expect(again).toEqual(whole.slice(from + 1));
      }),
    );
  });

  it('holds every line once, in order, wherever it is parted', () => {
    fc.assert(
      fc.property(file, fc.nat(), (text, at) => {
        const lines = linesOf(text);
        const cut = at % (lines.length + 1);
        const parts = [lines.slice(0, cut), lines.slice(cut)].flatMap((part) =>
          entriesOf(part, { ...OPTIONS, parse: parserOf('plain') }),
        );
        expect(flat(parts)).toEqual(lines.map((each) => each.text));
        expect(parts.map(({ id }) => id)).toEqual(parts.map(({ id }) => id).toSorted((a, b) => a - b));
        expect(parts.at(-1)?.id).toBe(lines.at(-1)?.end);
      }),
    );
  });
});

describe('redaction', () => {
  const shown = (entries: readonly LogEntry[]): string => JSON.stringify(entries);

  it.each([
    ['a message', 'password=hunter2-hunter2\n', 'hunter2'],
    [
      'data',
      '{"msg":"m","a":{"password":"hunter2"},"b":[{"authorization":"Basic aHVudGVyMg=="}]}\n',
      'hunter2|aHVudGVyMg',
    ],
    ['a one-line message of data', '{"password":"hunter2"}\n', 'hunter2'],
    ['a context', '{"msg":"m","context":"password=hunter2-hunter2"}\n', 'hunter2'],
    ['a stack', 'Error: x\n    at password=hunter2-hunter2\n', 'hunter2'],
    ['the stack of a line in JSON', '{"msg":"m","stack":"Error: password=hunter2-hunter2"}\n', 'hunter2'],
    ['an id', '{"msg":"m","requestId":"password=hunter2-hunter2"}\n', 'hunter2'],
    [
      'an access log',
      '203.0.113.9 - - [20/Nov/2026:08:15:42 +0000] "GET /?access_token=hunter2hunter2 HTTP/1.1" 200 1\n',
      'hunter2',
    ],
  ])('masks secrets in %s', (_what, text, secret) => {
    expect(shown(read(text))).toMatch(new RegExp(secret));
    expect(shown(read(text, { redact }))).not.toMatch(new RegExp(secret));
    expect(shown(read(text, { redact }))).toContain('[redacted:');
  });

  it('leaves what is no secret as it is', () => {
    const text = '{"level":30,"msg":"placed","sku":"AB-444","n":{"a":[1,2]}}\nplain\n    at a\n';
    expect(read(text, { redact })).toEqual(read(text));
  });

  describe.each([
    ['as it is', (line: string) => line],
    ['indented', (line: string) => `    ${line}`],
    ['with CRLF', (line: string) => `${line}\r`],
    ['with the head of syslog', (line: string) => `Nov 20 08:15:42 web-1 app[1]: ${line}`],
  ])('of a private key over lines, %s', (_how, form) => {
    const text = ['before', ...KEY, 'after'].map((line) => `${form(line)}\n`).join('');
    const lines = linesOf(text);
    const leaks = (entries: readonly LogEntry[]): string[] =>
      BODY.filter((line) => shown(entries).includes(line));

    it('masks all of it, and nothing else', () => {
      const entries = entriesOf(lines, MASKED);
      expect(leaks(entriesOf(lines, OPTIONS))).toEqual(BODY);
      expect(leaks(entries)).toEqual([]);
      expect(shown(entries)).toContain('[redacted:private-key]');
      expect(shown(entries)).toContain('before');
      expect(shown(entries)).toContain('after');
    });

    it('masks all of it, wherever it is parted', () => {
      for (let cut = 0; cut <= lines.length; cut++) {
        const entries = [lines.slice(0, cut), lines.slice(cut)].flatMap((part) => entriesOf(part, MASKED));
        expect([cut, leaks(entries)]).toEqual([cut, []]);
        expect(shown(entries)).toContain('after');
      }
    });

    it('masks every full line of it where they come one by one', () => {
      const entries = lines.flatMap((line) => entriesOf([line], MASKED));
      expect(leaks(entries)).toEqual(BODY.slice(-1));
    });
  });

  it('does not take a key that never ends for the rest of the log', () => {
    const entries = read('-----BEGIN PRIVATE KEY-----\nthis is: no key\nAAAA\n', { redact });
    expect(entries).toMatchObject([
      { message: '[redacted:private-key]' },
      { message: 'this is: no key' },
      { message: 'AAAA' },
    ]);
  });

  it.each([
    ['a hash', 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'],
    ['a word', 'shutdown'],
    ['a certificate', '-----BEGIN CERTIFICATE-----'],
  ])('does not take %s for a key', (_what, line) => {
    expect(read(`${line}\nnext\n`, { redact })).toMatchObject([{ message: line }, { message: 'next' }]);
  });

  it('masks nothing where the rules are off', () => {
    const off = createRedactor(false, [], {});
    expect(read(`${KEY.join('\n')}\n`, { redact: off })).toEqual(read(`${KEY.join('\n')}\n`));
  });

  it('does not show half a secret at the cut of a long line', () => {
    const secret = `AKIA${'Q'.repeat(16)}`;
    for (let at = 4070; at < 4110; at++) {
      const lines = linesOf(`${'x '.repeat(at / 2)}${secret} ${'y'.repeat(20_000)}\n`, 0, 4100);
      const [{ message, truncated }] = entriesOf(lines, MASKED);
      expect(message).not.toMatch(/AKI?A?Q*$/);
      expect(message.length).toBeGreaterThan(1000);
      expect(truncated?.kept).toBe(message.length);
    }
  });
});
