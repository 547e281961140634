import { contextProblems, isContextName, levelProblems } from './level-problems.js';

const LEVEL = 'level must be one of verbose, debug, log, warn, error, fatal.';
const TTL = 'ttlSeconds must be a whole number from 1 to 86400.';
const REASON = 'reason must be a text of at most 200 characters.';
const CONTEXT =
  'context must be the name of a context, 1 to 200 characters, or the beginning of one and *, or * alone.';
const BODY = 'The level must be given in a JSON body { "level": "…" }.';
const unknown = (name: string): string =>
  `${name} is not a parameter here; accepted: level, ttlSeconds, reason.`;

describe('a level that can be set', () => {
  it.each([
    ['OrdersService', { level: 'debug' }],
    ['Orders*', { level: 'fatal', ttlSeconds: 1, reason: '' }],
    ['*', { level: 'verbose', ttlSeconds: 86_400, reason: 'x'.repeat(200) }],
    ['__proto__', { level: 'log', ttlSeconds: undefined, reason: undefined }],
    ['a/b c\n', { level: 'warn' }],
    ['x'.repeat(200), { level: 'error' }],
  ])('%s: %j', (context, request) => expect(levelProblems(context, request)).toEqual([]));
});

describe('what is refused, by its name and never by its value', () => {
  it.each<[unknown, string]>([
    ...['off', 'WARN', '>=warn', 'warn,error', '', 'hasOwnProperty', 3, null, undefined, ['warn']].map(
      (level): [unknown, string] => [{ level }, LEVEL],
    ),
    ...[0, -1, 1.5, 86_401, 31_536_000, '60', null, NaN, Infinity, [60], true].map(
      (ttlSeconds): [unknown, string] => [{ level: 'warn', ttlSeconds }, TTL],
    ),
    ...['x'.repeat(201), 7, null, {}, ['why']].map((reason): [unknown, string] => [
      { level: 'warn', reason },
      REASON,
    ]),
    [{ level: 'warn', ttl: 60 }, unknown('ttl')],
    [{ level: 'warn', by: 'somebody' }, unknown('by')],
    [JSON.parse('{ "level": "warn", "__proto__": { "level": "log" } }'), unknown('__proto__')],
    [{ level: 'warn', ['x'.repeat(100)]: 1 }, unknown('x'.repeat(64))],
    ...[undefined, null, 'level=warn', 7, [], [{ level: 'warn' }]].map((body): [unknown, string] => [
      body,
      BODY,
    ]),
  ])('%j: %s', (request, problem) => expect(levelProblems('Orders', request)).toEqual([problem]));

  it.each(['', 'x'.repeat(201), 'Or*ders', '*Orders', '**', 'Orders**', undefined, null, 7])(
    'a context %j',
    (context) => {
      expect(isContextName(context)).toBe(false);
      expect(contextProblems(context)).toEqual([CONTEXT]);
      expect(levelProblems(context, { level: 'warn' })).toEqual([CONTEXT]);
    },
  );

  it('is told all at once', () => {
    expect(levelProblems('', { level: 'off', ttlSeconds: 0, reason: 1, x: 1 })).toEqual([
      CONTEXT,
      unknown('x'),
      LEVEL,
      TTL,
      REASON,
    ]);
  });
});
