import fc from 'fast-check';
import { ADAPTERS } from '../support/host-app.js';
import { createLogHost, type LogHost } from './log-host.js';

const CURSOR = 'a cursor "<epoch>-<id>" as handed out in next or prev, or the last id seen as a whole number';
const LEVELS =
  'one of verbose, debug, log, warn, error, fatal, a list like "warn,error", or a threshold like ">=warn" or ">warn"';
const NAME = 'a text of 1 to 256 characters';
const TIME = 'an RFC 3339 time such as 2026-11-20T08:15:42.113Z (encode + as %2B)';

/** What each reading parameter accepts, as its message says. */
const ACCEPTED: Record<string, string> = {
  after: CURSOR,
  limit: 'a whole number from 0 to 5000',
  level: LEVELS,
  context: 'names, or prefixes ending in *, separated by commas',
  search: NAME,
  requestId: NAME,
  operation: NAME,
  instance: NAME,
  from: TIME,
  to: TIME,
};
const READING = Object.keys(ACCEPTED);

const WRONG: Record<string, string[]> = {
  after: ['x', '-1', '1.5', '1e3', `${2 ** 53}`, 'e-', '%00', 'NaN', '1%20', 'e-1e3'],
  limit: ['x', '-1', '5001', '1.5', '1e3', '1e309', 'NaN', '0x10', '007', '%2B5', '5%20', '1000000000'],
  level: ['info', 'WARN', 'warn,', '%3Ewarn,error', '%3Efatal', '__proto__', 'constructor'],
  context: [',', 'A,,B', 'x'.repeat(257)],
  search: ['x'.repeat(257)],
  requestId: ['x'.repeat(257)],
  operation: ['x'.repeat(257)],
  instance: ['x'.repeat(257)],
  from: [
    'now',
    '2026-11-20',
    '2026-11-20T08:15:42',
    '2026-13-01T00:00:00Z',
    '0',
    '2026-11-20T08:15:42+02:00',
  ],
  to: ['yesterday', '1795162542113'],
};

/** Every route that reads, and the parameters it has beside those of reading. */
const ROUTES: [route: string, method: string, names: string[]][] = [
  ['entries', 'GET', [...READING, 'before', 'wait']],
  ['stream', 'GET', READING],
  ['tail', 'GET', [...READING, 'follow', 'ansi', 'format']],
];

describe.each(ADAPTERS)('wrong parameters, on %s', (adapter) => {
  let host: LogHost;
  beforeAll(async () => (host = await createLogHost(adapter)));
  afterAll(() => host.close());

  const refusal = async (path: string, method = 'GET'): Promise<string | string[]> => {
    const { status, headers, json, text } = await host.ask(path, method);
    if (status !== 400) throw new Error(`${path} was answered ${status} ${text}`);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const { message } = json as { message: string | string[] };
    expect(json).toEqual({ statusCode: 400, error: 'Bad Request', message });
    return message;
  };

  describe.each(ROUTES)('of %s', (route, _method, names) => {
    it.each(READING)(
      '%s: a wrong, an empty and a repeated value are refused, saying what is accepted',
      async (name) => {
        const says = `${name} must be ${ACCEPTED[name]}.`;
        for (const value of WRONG[name]) expect(await refusal(`${route}?${name}=${value}`)).toBe(says);
        expect(await refusal(`${route}?${name}=`)).toBe(says);
        expect(await refusal(`${route}?${name}`)).toBe(says);
        const again = `${name} is given more than once; give one value.`;
        const encoded = `%${name.charCodeAt(0).toString(16)}${name.slice(1)}`;
        expect(await refusal(`${route}?${name}=1&${name}=1`)).toBe(again);
        expect(await refusal(`${route}?${name}=1&${encoded}=2`)).toBe(again);
      },
    );

    it.each([
      'lim',
      'LIMIT',
      'limit[]',
      'limit[gt]',
      'token',
      '__proto__',
      'constructor',
      'toString',
      '',
      '%00',
    ])('an unknown name is refused: %j', async (name) => {
      const message = await refusal(`${route}?${name}=secret-value`);
      expect(message).toContain(`is not a parameter here; accepted: `);
      expect(message).not.toContain('secret-value');
      for (const known of names) expect(message).toContain(known);
    });

    it('everything wrong at once is told at once', async () => {
      const messages = await refusal(`${route}?limit=x&level=y&nonsense=z`);
      expect([messages].flat().sort()).toEqual([
        `level must be ${LEVELS}.`,
        'limit must be a whole number from 0 to 5000.',
        expect.stringMatching(/^nonsense is not a parameter here; accepted: /),
      ]);
    });
  });

  it.each([
    ['entries?before=x', `before must be ${CURSOR}.`],
    ['entries?wait=26', 'wait must be a number of seconds from 0 to 25.'],
    ['entries?wait=1e1', 'wait must be a number of seconds from 0 to 25.'],
    ['tail?follow=yes', 'follow must be true or false.'],
    ['tail?follow=', 'follow must be true or false.'],
    ['tail?ansi=all', 'ansi must be sgr.'],
    ['tail?format=pdf', 'format must be text or html.'],
    [
      'tail?format=html&ansi=sgr',
      'ansi and format=html cannot be given together: a page has colours of its own.',
    ],
  ])('%s is refused: %s', async (path, message) => {
    expect(await refusal(path)).toBe(message);
  });

  it.each([
    ['entries', 'DELETE', 'upTo'],
    ['stats', 'GET', 'none'],
    ['session', 'GET', 'none'],
    ['session', 'DELETE', 'none'],
  ])('%s (%s) accepts %s', async (route, method, accepted) => {
    expect(await refusal(`${route}?nonsense=1`, method)).toBe(
      `nonsense is not a parameter here; accepted: ${accepted}.`,
    );
  });

  it.each(['stream?before=1', 'stream?wait=1', 'tail?wait=1', 'entries?follow=true', 'stats?limit=1'])(
    'a parameter of another route is unknown: %s',
    async (path) => {
      expect(await refusal(path)).toContain('is not a parameter here');
    },
  );

  it('never tells the value, wherever it was wrong', async () => {
    const secret = 'tell-nobody-9f8e7d';
    for (const [route, , names] of ROUTES)
      for (const name of names.filter(
        (each) => !['context', 'search', 'requestId', 'operation', 'instance'].includes(each),
      ))
        expect(JSON.stringify(await refusal(`${route}?${name}=${secret}`))).not.toContain(secret);
  });

  it('clears nothing when upTo is wrong', async () => {
    const { cleared } = await host.service.stats();
    for (const upTo of ['', 'x', '-1', `${2 ** 53}`, '1&upTo=2'])
      expect(JSON.stringify(await refusal(`entries?upTo=${upTo}`, 'DELETE'))).toContain('upTo');
    expect((await host.service.stats()).cleared).toBe(cleared);
  });

  it('whatever is asked, the answer is 200 or 400, at once and never 5xx', async () => {
    const name = fc.oneof(fc.constantFrom(...READING, 'before', 'wait', 'follow', '__proto__'), fc.string());
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '0',
        '1',
        '5000',
        'warn',
        '>=warn',
        '1e309',
        '%00',
        'a-1',
        '\ud800',
        '2026-11-20T08:15:42Z',
      ),
      fc.integer().map(String),
      fc.double().map(String),
    );
    // Percent-encoded, or as it is where the wire allows that.
    const encode = (text: string): string => encodeURIComponent(Buffer.from(text).toString());
    const raw = (text: string): string => text.replace(/[^!-~]|[#]/g, '');
    const query = fc
      .array(fc.tuple(name, value), { maxLength: 4 })
      .chain((pairs) =>
        fc.constantFrom(encode, raw).map((write) => pairs.map((pair) => pair.map(write).join('=')).join('&')),
      );
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        if (/(^|&)wait=/.test(text)) return;
        const { status } = await host.ask(`entries?${text}`);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 150 },
    );
  });
});
