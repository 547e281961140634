import { validateSync } from 'class-validator';
import { CURSOR_GRAMMAR } from '../domain/cursor.js';
import { LEVEL_GRAMMAR } from '../domain/log-level.js';
import {
  ClearQuery,
  cursorOf,
  EntriesQuery,
  filterOf,
  limitOf,
  LiveQuery,
  MAX_LIMIT,
  TailQuery,
} from './reading.query.js';

/** What is said against a query; nothing when it is right. */
function problems(query: object, values: Record<string, unknown>): string[] {
  return validateSync(Object.assign(query, values)).flatMap(({ constraints }) =>
    Object.values(constraints ?? {}),
  );
}

const NAME = 'a text of 1 to 256 characters';
const TIME = 'an RFC 3339 time such as 2026-11-20T08:15:42.113Z (encode + as %2B)';

/** Per parameter what is accepted, what it says otherwise, and what it refuses. */
const RULES: [name: string, says: string, accepted: string[], refused: unknown[]][] = [
  [
    'after',
    CURSOR_GRAMMAR,
    ['0', '17', 'hobyabumll-1795162542113048', 'a.b_C-0', `e-${Number.MAX_SAFE_INTEGER}`],
    ['', ' 1', '-1', '1.0', '1e3', '0x1', '01', 'e-', '-5', 'e-1-2-x', `${2 ** 53}`, 'é-1', 'e-01', 'NaN'],
  ],
  ['before', CURSOR_GRAMMAR, ['0', 'e-1'], ['', 'latest', `e-${2 ** 53}`]],
  [
    'limit',
    `a whole number from 0 to ${MAX_LIMIT}`,
    ['0', '1', '5000'],
    ['', '5001', '-1', '+1', '1.5', '1e3', '1e309', 'NaN', 'Infinity', '0x10', '007', ' 5', '1_000', '٣'],
  ],
  [
    'wait',
    'a number of seconds from 0 to 25',
    ['0', '25', '0.5', '1.234'],
    ['', '26', '25.1', '-1', '.5', '1.'],
  ],
  [
    'level',
    LEVEL_GRAMMAR,
    ['warn', 'warn,error', '>=warn', '>warn', 'verbose,debug,log,warn,error,fatal'],
    ['', 'info', 'WARN', 'warn,', ',warn', 'warn error', '>fatal', '>=', '>=info', '<warn', '__proto__'],
  ],
  [
    'context',
    'names, or prefixes ending in *, separated by commas',
    ['Orders', 'Orders*', '*', 'A,B*,C d', 'x'.repeat(256)],
    ['', ',', 'A,,B', 'A,', 'x'.repeat(257)],
  ],
  ...['search', 'requestId', 'operation', 'instance'].map((name): (typeof RULES)[number] => [
    name,
    NAME,
    ['x', '(a+)+$', '  ', 'x'.repeat(256)],
    ['', 'x'.repeat(257)],
  ]),
  ...['from', 'to'].map((name): (typeof RULES)[number] => [
    name,
    TIME,
    ['2026-11-20T08:15:42Z', '2026-11-20T08:15:42.113456789Z', '2026-11-20T08:15:42.1+02:00'],
    [
      '',
      '2026-11-20',
      '2026-11-20T08:15:42',
      '2026-11-20 08:15:42Z',
      '2026-13-01T00:00:00Z',
      '0',
      'now',
      '1795162542113',
    ],
  ]),
];

describe('the reading parameters', () => {
  describe.each(RULES)('%s', (name, says, accepted, refused) => {
    it.each(accepted)('takes %j', (value) => {
      expect(problems(new EntriesQuery(), { [name]: value })).toEqual([]);
    });

    it.each([...refused, ['1', '2'], {}, 5, true])('refuses %j and says what is accepted', (value) => {
      expect(problems(new EntriesQuery(), { [name]: value })).toEqual([`${name} must be ${says}.`]);
    });
  });

  it.each([
    ['follow', ['true', 'false'], 'follow must be true or false.'],
    ['ansi', ['sgr'], 'ansi must be sgr.'],
    ['format', ['text', 'html'], 'format must be text or html.'],
  ])('%s of tail has its words only', (name, accepted, says) => {
    for (const value of accepted) expect(problems(new TailQuery(), { [name]: value })).toEqual([]);
    for (const value of ['', 'TRUE', '1', `${accepted[0]}\n`, ['true']])
      expect(problems(new TailQuery(), { [name]: value })).toEqual([says]);
  });

  it('upTo of clear is a cursor', () => {
    expect(problems(new ClearQuery(), { upTo: 'e-1' })).toEqual([]);
    expect(problems(new ClearQuery(), { upTo: '' })).toEqual([`upTo must be ${CURSOR_GRAMMAR}.`]);
  });

  it('wait and before are of entries only, follow, ansi and format of tail', () => {
    const filters = ['level', 'context', 'search', 'requestId', 'operation', 'instance', 'from', 'to'];
    const live = [...filters, 'after', 'limit'];
    expect(Object.keys(new LiveQuery())).toEqual(live);
    expect(Object.keys(new EntriesQuery())).toEqual([...live, 'before', 'wait']);
    expect(Object.keys(new TailQuery())).toEqual([...live, 'follow', 'ansi', 'format']);
    expect(Object.keys(new ClearQuery())).toEqual(['upTo']);
  });
});

describe('limitOf', () => {
  it('is 500 unless something else is asked for, 0 included', () => {
    expect(limitOf(new LiveQuery())).toBe(500);
    expect(limitOf(Object.assign(new LiveQuery(), { limit: '0' }))).toBe(0);
    expect(limitOf(Object.assign(new LiveQuery(), { limit: '5000' }))).toBe(5000);
  });
});

describe('cursorOf', () => {
  it('hands a cursor on as it is: the source reads it', () => {
    expect(cursorOf('e-1')).toBe('e-1');
    expect(cursorOf(undefined)).toBeUndefined();
  });
});

describe('filterOf', () => {
  const filter = (values: Partial<EntriesQuery>) => filterOf(Object.assign(new EntriesQuery(), values));

  it('is nothing when nothing is filtered', () => {
    expect(filter({ limit: '5', after: '0', wait: '1' })).toBeUndefined();
  });

  it('reads levels and contexts as lists, and takes the rest as it is', () => {
    const exact = { search: 'a,b', requestId: 'r,1', operation: 'o', instance: 'web-1' };
    const times = { from: '2026-11-20T08:00:00Z', to: '2026-11-20T09:00:00Z' };
    expect(filter({ level: '>=error', context: 'A,B*', ...exact, ...times })).toEqual({
      level: ['error', 'fatal'],
      context: ['A', 'B*'],
      ...exact,
      ...times,
    });
  });
});
