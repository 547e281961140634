import { Logger } from '@nestjs/common';
import { EventSource } from 'eventsource';
import { type LogBatch, type LogEntry } from 'nestjs-log-console';
import { EventReader } from '../reading/event-reader.js';
import { fetchSignedIn } from '../support/signed-in-fetch.js';
import { createLogHost, eventually, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { accountOf } from './accounts.js';

const boom = (): never => {
  throw new Error('boom');
};
const cyclic: Record<string, unknown> = { name: 'cyclic' };
cyclic.self = { inside: [cyclic] };
const deep: Record<string, unknown> = {};
for (let level = 0, at = deep; level < 20_000; level++) at = at.in = {};
const wide = (keys: number): object =>
  Object.fromEntries(Array.from({ length: keys }, (_, index) => [`key ${index}`, index]));
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const chain = (depth: number): Error =>
  new Error(`level ${depth}`, depth === 0 ? {} : { cause: chain(depth - 1) });
const knot = new Error('a knot');
knot.cause = new Error('its other end', { cause: knot });

/** By the number of the fault: a value, and what is found of it in the text of its entry. */
const VALUES: [string, () => unknown, RegExp | string][] = [
  ['F4 a cycle', () => cyclic, /\[Circular\]/],
  ['F4 an object 20,000 deep', () => deep, /\[Depth\]/],
  ['F4 an object of 100,000 keys', () => wide(100_000), /\+99800 keys/],
  ['F4 an array of 100,000 items', () => Array.from({ length: 100_000 }, () => 0), /\+99800 items/],
  [
    'F5 a getter that throws',
    () => Object.defineProperty({}, 'a', { enumerable: true, get: boom }),
    /Threw: boom/,
  ],
  ['F5 a toJSON that throws', () => ({ toJSON: boom }), /Threw: boom/],
  ['F5 a toString that throws, thrown away', () => ({ toString: boom, kept: 'kept' }), /kept/],
  ['F5 a proxy whose traps throw', () => new Proxy({}, { ownKeys: boom, get: boom }), /Threw: boom/],
  ['F5 a revoked proxy', () => revoked.proxy, /Threw: /],
  [
    'F5 an error whose stack throws',
    () => Object.defineProperty(new Error('cracked'), 'stack', { get: boom }),
    /Error: cracked[^]*Threw: boom/,
  ],
  ['F5 a lazy message that throws', () => boom, /Threw: boom/],
  ['F6 a BigInt', () => ({ value: 12345678901234567890n }), /"12345678901234567890"/],
  ['F6 a symbol', () => ({ value: Symbol('shelf') }), /"Symbol\(shelf\)"/],
  ['F6 a function', () => ({ value: boom }), /"\[Function: boom\]"/],
  ['F6 undefined', () => ({ value: undefined }), /"\[undefined\]"/],
  ['F6 NaN and −0', () => ({ nan: NaN, zero: -0 }), /"nan":"NaN","zero":0/],
  ['F6 an invalid date', () => ({ value: new Date(NaN) }), /"Invalid Date"/],
  ['F6 a Map', () => ({ value: new Map([['a', 1]]) }), /\[\["a",1\]\]/],
  ['F6 a Set', () => ({ value: new Set([1, 2]) }), /\[1,2\]/],
  ['F6 a typed array', () => ({ value: new Uint16Array([7, 8]) }), /\[7,8\]/],
  ['F6 a Buffer', () => ({ value: Buffer.from('hi') }), /<Buffer 68 69>/],
  ['F7 a chain of causes', () => chain(9), /level 9[^]*level 8[^]*level 5[^]*level 4(?![^]*level 3)/],
  ['F7 causes that go in a circle', () => knot, /a knot[^]*its other end[^]*\[Circular\]/],
  [
    'F7 an AggregateError',
    () =>
      new AggregateError(
        Array.from({ length: 30 }, (_, index) => new Error(`part ${index};`)),
        'many',
      ),
    /AggregateError: many[^]*part 0;[^]*part 19;(?![^]*part 20;)/,
  ],
  ['F7 null, thrown and logged', () => null, /null/],
  ['F9 lone surrogates', () => 'half \ud83e of \udd8a', /half \ud83e of \udd8a/],
  ['F9 line and paragraph separators', () => 'a\u2028b\u2029c', /a\u2028b\u2029c/],
  ['F9 NUL and other controls', () => 'a\0b\x07c\x1b[31md\x7fe\x9bf', 'a\0b\x07c\x1b[31md\x7fe\x9bf'],
  ['F9 noncharacters', () => 'a\ufffeb\uffffc\u{1ffff}d', /a\ufffeb\uffffc\u{1ffff}d/u],
  ['F9 a byte order mark', () => '\ufeffmark', /^\ufeffmark/],
  [
    'F9 carriage returns and blank lines',
    () => 'a\r\n\r\ndata: b\n\nid: 1\r\rc',
    /^a\r\n\r\ndata: b\n\nid: 1\r\rc/,
  ],
  [
    'F9 keys that are no names',
    () => ({ ['__proto__']: 1, constructor: 2, '\ud800': 3, '\u2028': 4, '': 5 }),
    /"constructor":2,"\\ud800":3,"\u2028":4,"":5/,
  ],
];

/** Strict: bytes that are no UTF-8 are an error, and a byte order mark is text. */
const strictly = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Everything an entry says. */
const textOf = ({ message, stack = '', data }: LogEntry): string =>
  `${message}\n${stack}\n${data === undefined ? '' : JSON.stringify(data)}`;

describe.each(ADAPTERS)('F4–F9: an application that logs hostile values, on %s', (adapter) => {
  let host: LogHost;
  let reader: EventReader;
  beforeAll(async () => {
    host = await createLogHost(adapter, { capacity: 500 });
    reader = await EventReader.open(host.at('stream?limit=0'));
    await reader.first('hello');
  });
  afterAll(async () => {
    reader.close();
    await host.close();
  });

  const read = async (path: string): Promise<string> => strictly.decode((await host.ask(path)).bytes);

  it.each(VALUES)(
    'goes on after %s, and its lines are delivered to every reader',
    async (_what, make, found) => {
      const after = await host.now();
      const logger = new Logger('Hostile');
      const value = make();
      logger.log('before');
      logger.log(value);
      logger.error(value);
      logger.warn('beside a text', value);
      logger.debug({ wrapped: value });
      logger.log('behind');
      const to = await host.now();

      const { entries } = JSON.parse(await read(`entries?after=${after}`)) as LogBatch;
      expect(entries.map(({ level }) => level)).toEqual(['log', 'log', 'error', 'warn', 'debug', 'log']);
      expect([entries[0].message, entries[5].message]).toEqual(['before', 'behind']);
      expect(textOf(entries[1])).toMatch(found);
      expect(textOf(entries[2])).toMatch(found);

      const exported = await read(`export?after=${after}`);
      // As text, for which −0 is 0.
      const lines = exported
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as LogEntry);
      expect(JSON.stringify(lines)).toBe(JSON.stringify(entries));

      await reader.until(() => reader.events.at(-1)?.id === to);
      const since = reader.batches.filter(({ next }) => next > after);
      expect(since.flatMap((batch) => batch.entries)).toEqual(entries);
      expect(accountOf(since, { from: after, to })).toMatchObject({ delivered: 6 });

      const tail = await read(`tail?follow=false&after=${after}`);
      // eslint-disable-next-line no-control-regex
      expect(tail).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
      expect(tail.split('\n').filter((line) => /^\S/.test(line))).toHaveLength(6);
    },
  );

  it('an EventSource gets each text as it was logged, and goes on', async () => {
    const texts = VALUES.map(([, make]) => make()).filter((value) => typeof value === 'string');
    const got: string[] = [];
    let isOpen = false;
    const source = new EventSource(host.at('stream?limit=0'), { fetch: fetchSignedIn });
    source.addEventListener('hello', () => (isOpen = true));
    source.addEventListener('message', ({ data }) => {
      got.push(...(JSON.parse(data as string) as LogBatch).entries.map(({ message }) => message));
    });
    await eventually(() => isOpen);
    const logger = new Logger('Texts');
    for (const text of texts) logger.log(text);
    logger.log('the last');
    await eventually(() => got.at(-1) === 'the last');
    source.close();
    expect(got).toEqual([...texts, 'the last']);
    expect(texts.length).toBeGreaterThan(5);
  });
});
