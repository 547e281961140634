import fc from 'fast-check';
import { LOG_LEVELS } from '../../domain/log-level.js';
import { createRedactor } from '../../redaction/create-redactor.js';
import { FORMAT_NAMES, FORMATS, parserOf } from './formats/index.js';
import { isContinuation } from './lines/continuation.js';
import { entriesOf } from './lines/entries-of.js';
import { LineSplitter } from './lines/split-lines.js';

const MEGABYTE = 1024 * 1024;
/** Of computing: a parser whose time grows with the square of the length would take minutes. */
const DEADLINE_MS = 5000;
const redact = createRedactor({}, [], {});

const long = (head: string, unit: string, tail = ''): string =>
  head + unit.repeat(Math.ceil(MEGABYTE / unit.length)) + tail;

/** What makes a pattern go back and forth: each is what a format begins with, and then goes on and on. */
const LONG_LINES: readonly string[] = [
  ...[
    'x',
    ' ',
    '\t',
    '0',
    '[',
    ']',
    '"',
    '\\',
    '{',
    '(',
    '<',
    '-',
    ':',
    '\0',
    '\x1b[',
    '\x1b[0m',
    'é',
    '😀',
    '\ufffd',
  ].map((unit) => long('', unit)),
  ...[
    'a ',
    'a: ',
    'a.',
    'Error',
    'Error: ',
    '[a] ',
    'a="',
    '[a',
    ', client: ',
    ' +1ms',
    '} ',
    '1 ',
    'INFO ',
    'a-',
    '0.',
  ].map((unit) => long('', unit)),
  long('[Nest] 1  - ', ' '),
  long('[Nest] 1  - 11/20/2026, 8:15:42 AM     LOG [', 'a'),
  long('[Nest] 1  - 11/20/2026, 8:15:42 AM     LOG ', ' +1ms'),
  long('[Nest] 1  - 11/20/2026, 8:15:42 AM     LOG ', '\x1b[38;5;3m +1'),
  long('\x1b[32m[Nest] 1  - ', '\x1b[39m'),
  long('', '{"a":'),
  long('{"a":', '[', `1${']'.repeat(MEGABYTE)}}`),
  long('{"a":', '{"a":', `1${'}'.repeat(MEGABYTE / 4)}}`),
  long('{"a":"', '\\\\', '","b":1234567890123456789}'),
  long('{"a":"', '\\"', '","b":1234567890123456789}'),
  long('{"a":"', '1234567890123456 ', '"}'),
  long('{"a":', '9', '}'),
  long('{"a":[1', ',1234567890123456789', ']}'),
  long('{"msg":"', 'x', '"}'),
  long('{"level":"', 'info', '","time":"2026"}'),
  `{${Array.from({ length: 50_000 }, (_, index) => `"k${index}":${index}`).join(',')}}`,
  long('203.0.113.9 - ', 'a '),
  long('203.0.113.9 - - [20/Nov/2026:08:15:42 +0000] "', '\\"'),
  long('203.0.113.9 - - [20/Nov/2026:08:15:42 +0000] "GET / HTTP/1.1" 200 1 "', '\\', '"'),
  long('203.0.113.9 - - [20/Nov/2026:08:15:42 +0000] "GET / HTTP/1.1" 200 1', ' "'),
  long('2026/11/20 08:15:42 [error] 1#1: ', ', client: a'),
  long('2026/11/20 08:15:42 [error] 1#1: ', ', client: ', '"'),
  long('2026/11/20 08:15:42 [error] 1#1: x, client: ', ', request: "a"'),
  long('<34>', '1'),
  long('<34>1 2026-11-20T08:15:42Z h a p m ', '[a'),
  long('<34>1 2026-11-20T08:15:42Z h a p m [a', ' a="\\"'),
  long('<34>1 2026-11-20T08:15:42Z h a p m [a', ' a="b"'),
  long('<34>1 2026-11-20T08:15:42Z h a p m ', '[a b="c"]'),
  long('Nov 20 08:15:42 ', 'h'),
  long('Nov 20 08:15:42 h ', 'a'),
  long('Nov 20 08:15:42 h ', 'a['),
  long('2026-11-20 08:15:42', ' '),
  long('2026-11-20 08:15:42 ', '- '),
  long('2026-11-20 08:15:42 [', 'a '),
  long('2026-11-20 08:15:42 ', '1'),
  long('2026-11-20 08:15:42 INFO', ' '),
  long('[Fri Nov 20 08:15:42 2026] [core:error] [pid ', '1'),
  long('Caused by', ' '),
  long('', '-----BEGIN '),
  long('', '-----BEGIN PRIVATE KEY-----'),
  long('', '-----END PRIVATE KEY-----'),
];

const shortened = (line: string): string => line.slice(0, 60);

it.each(LONG_LINES.map((line) => [shortened(line), line]))(
  'a megabyte of %j takes time by its length, in every format',
  (_name, line) => {
    const started = process.cpuUsage();
    for (const name of FORMAT_NAMES) {
      const parsed = parserOf(name)(line);
      expect(LOG_LEVELS).toContain(parsed.level);
    }
    for (const above of [
      undefined,
      { level: 'error', message: 'x' },
      { level: 'log', message: 'x', stack: 'y' },
    ] as const)
      expect(typeof isContinuation(line, above)).toBe('boolean');
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(DEADLINE_MS);
  },
);

it('a megabyte of one line is an entry, cut and masked', () => {
  const started = process.cpuUsage();
  for (const line of LONG_LINES) {
    const splitter = new LineSplitter({ maxLineBytes: 256 * 1024 });
    const lines = splitter.push(Buffer.from(`${line}\nlast\n`), 0);
    const entries = entriesOf(lines, { parse: parserOf('auto'), redact, instance: 'web-1' });
    expect(JSON.stringify(entries).length).toBeLessThan(4 * MEGABYTE);
    expect(entries.at(-1)).toMatchObject({ message: 'last' });
    expect(entries[0]).toMatchObject({ truncated: { bytes: lines[0].bytes } });
  }
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(4 * DEADLINE_MS);
});

it('data of any depth and with any names is safe to hand on', () => {
  const depth = 20_000;
  const line = `{"msg":"m","deep":${'['.repeat(depth)}${']'.repeat(depth)},"__proto__":{"polluted":1},"constructor":{"prototype":2},"toJSON":"x","hasOwnProperty":1,"big":1e999}`;
  const [entry] = entriesOf(new LineSplitter({ maxLineBytes: MEGABYTE }).push(Buffer.from(`${line}\n`), 0), {
    parse: parserOf('auto'),
    instance: 'web-1',
  });
  const data = entry.data as Record<string, unknown>;
  expect(Object.keys(data)).toEqual(['deep', '__proto__', 'constructor', 'toJSON', 'hasOwnProperty', 'big']);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(JSON.stringify(data.deep)).toBe('[[[[[[["[Depth]"]]]]]]]');
  expect(data.big).toBe('1e999');
  expect(JSON.parse(JSON.stringify(entry))).toEqual(entry);
});

it('a name like __proto__ in structured syslog is data like any other', () => {
  const parsed = FORMATS.syslog('<34>1 2026-11-20T08:15:42Z h a p m [__proto__ polluted="1"] x');
  expect(JSON.stringify(parsed?.data)).toContain('"__proto__":{"polluted":"1"}');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it('any bytes become entries that say what they say', () => {
  const heads = LONG_LINES.map((line) => Buffer.from(line.slice(0, 50)));
  const bytes = fc.array(fc.oneof(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 20 })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(bytes, fc.constantFrom(...FORMAT_NAMES), (parts, name) => {
      const file = Buffer.concat(parts.flatMap((part) => [part, Buffer.of(10)]));
      const lines = new LineSplitter({ maxLineBytes: 64 }).push(file, 0);
      const entries = entriesOf(lines, { parse: parserOf(name), redact, instance: 'web-1' });
      let id = 0;
      for (const entry of entries) {
        expect(entry.id).toBeGreaterThan(id);
        ({ id } = entry);
        expect(LOG_LEVELS).toContain(entry.level);
        if ('time' in entry) expect(entry.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(JSON.parse(JSON.stringify(entry))).toEqual(entry);
      }
      expect(id).toBe(lines.length === 0 ? 0 : file.length);
    }),
  );
});
