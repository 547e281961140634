import { compileFilter, type Filterable, type LogFilter } from './log-filter.js';
import { LOG_LEVELS, levelIndex } from './log-level.js';

const ENTRY: Filterable = {
  level: levelIndex('warn'),
  time: Date.parse('2026-11-20T08:15:42.113Z'),
  context: 'InventoryService',
  message: 'Stock of AB-444 is below its minimum',
  stack: undefined,
  data: undefined,
  requestId: undefined,
  operation: undefined,
  instance: 'web-1',
};

function lets(filter: LogFilter, entry: Partial<Filterable> = {}): boolean {
  return compileFilter(filter)?.({ ...ENTRY, ...entry }) ?? true;
}

describe('a filter', () => {
  it.each([
    ['there is none', undefined],
    ['it is empty', {}],
    ['it names every level', { level: LOG_LEVELS }],
    ['it searches for nothing', { search: '' }],
  ])('costs nothing when %s', (_, filter) => {
    expect(compileFilter(filter)).toBeUndefined();
  });

  it('lets through what all its parts let through', () => {
    const all: LogFilter = {
      level: ['warn', 'error'],
      context: ['Inventory*'],
      search: 'ab-444',
      requestId: 'r-1',
      operation: 'o-1',
      instance: 'web-1',
      from: '2026-11-20T08:15:42.113Z',
      to: '2026-11-20T08:15:42.114Z',
    };
    const entry = { requestId: 'r-1', operation: 'o-1' };
    expect(lets(all, entry)).toBe(true);
    const others: Partial<Filterable>[] = [
      { level: levelIndex('log') },
      { context: 'Orders' },
      { message: 'another' },
      { requestId: 'r-2' },
      { operation: undefined },
      { instance: 'web-2' },
      { time: ENTRY.time - 1 },
      { time: ENTRY.time + 1 },
    ];
    for (const other of others) expect(lets(all, { ...entry, ...other })).toBe(false);
  });
});

describe('the level', () => {
  it.each(LOG_LEVELS)('%s is an exact set', (level) => {
    const let_ = LOG_LEVELS.filter((other) => lets({ level: [level] }, { level: levelIndex(other) }));
    expect(let_).toEqual([level]);
  });

  it('may be several', () => {
    const filter: LogFilter = { level: ['fatal', 'debug'] };
    expect(LOG_LEVELS.filter((level) => lets(filter, { level: levelIndex(level) }))).toEqual([
      'debug',
      'fatal',
    ]);
  });

  it('counts once, however often it is written', () => {
    const filter: LogFilter = { level: ['warn', 'warn', 'warn', 'warn', 'warn', 'warn'] };
    expect(lets(filter, { level: levelIndex('warn') })).toBe(true);
    expect(lets(filter, { level: levelIndex('error') })).toBe(false);
  });

  it('lets nothing through when none is wanted', () => {
    expect(LOG_LEVELS.filter((level) => lets({ level: [] }, { level: levelIndex(level) }))).toEqual([]);
  });
});

describe('the context', () => {
  it.each([
    [['InventoryService'], 'InventoryService', true],
    [['InventoryService'], 'inventoryservice', false],
    [['Inventory'], 'InventoryService', false],
    [['Inventory*'], 'InventoryService', true],
    [['Inventory*'], 'Inventory', true],
    [['inventory*'], 'InventoryService', false],
    [['Service*'], 'InventoryService', false],
    [['*Service'], 'InventoryService', false],
    [['*Service'], '*Service', true],
    [['*'], 'InventoryService', true],
    [['*'], '', true],
    [['*'], undefined, false],
    [[''], undefined, false],
    [['undefined'], undefined, false],
    [['Orders', 'Inv*'], 'InventoryService', true],
    [['Orders', 'Inv*'], 'Orders', true],
    [['Orders', 'Inv*'], 'OrdersService', false],
    [['A.B*'], 'AxB', false],
    [['constructor'], 'InventoryService', false],
    [[], 'InventoryService', false],
  ])('%j on %j: %j', (context, name, expected) => {
    expect(lets({ context }, { context: name })).toBe(expected);
  });
});

describe('the ids', () => {
  it.each(['requestId', 'operation', 'instance'] as const)('%s is exact', (name) => {
    expect(lets({ [name]: 'abc' }, { [name]: 'abc' })).toBe(true);
    expect(lets({ [name]: 'abc' }, { [name]: 'ABC' })).toBe(false);
    expect(lets({ [name]: 'abc' }, { [name]: 'abcd' })).toBe(false);
    expect(lets({ [name]: 'abc' }, { [name]: undefined })).toBe(false);
    expect(lets({ [name]: '' }, { [name]: undefined })).toBe(false);
  });
});

describe('the times', () => {
  const at = (time: string): Partial<Filterable> => ({ time: Date.parse(time) });
  const noon = '2026-11-20T12:00:00.000Z';
  const one = '2026-11-20T13:00:00.000Z';

  it.each([
    ['2026-11-20T11:59:59.999Z', false],
    [noon, true],
    ['2026-11-20T12:59:59.999Z', true],
    [one, false],
  ])('from noon to one let %s through: %j', (time, expected) => {
    expect(lets({ from: noon, to: one }, at(time))).toBe(expected);
  });

  it('may be one of the two', () => {
    expect(lets({ from: noon }, at('2999-01-01T00:00:00Z'))).toBe(true);
    expect(lets({ from: noon }, at('2026-11-20T11:59:59.999Z'))).toBe(false);
    expect(lets({ to: noon }, at('1970-01-01T00:00:00Z'))).toBe(true);
    expect(lets({ to: noon }, at(noon))).toBe(false);
  });

  it('are compared as times, not as texts', () => {
    const filter: LogFilter = { from: '2026-11-20T14:00:00+02:00', to: '2026-11-20T14:00:00.001+02:00' };
    expect(lets(filter, at(noon))).toBe(true);
  });
});

describe('the search', () => {
  it.each(['message', 'context', 'stack', 'data'] as const)('finds a text in the %s', (name) => {
    expect(lets({ search: 'needle' }, { [name]: 'hay Needle hay' })).toBe(true);
    expect(lets({ search: 'NEEDLE' }, { [name]: 'hay needle hay' })).toBe(true);
    expect(lets({ search: 'needle' }, { [name]: 'hay' })).toBe(false);
  });

  it('does not look at the ids', () => {
    expect(lets({ search: 'needle' }, { requestId: 'needle', operation: 'needle', instance: 'needle' })).toBe(
      false,
    );
  });

  it('does not join one part with the next', () => {
    expect(lets({ search: 'minimumat' }, { message: 'minimum', stack: 'at' })).toBe(false);
    expect(lets({ search: 'undefined' })).toBe(false);
  });

  it('takes every character for itself: there are no patterns', () => {
    expect(lets({ search: 'a.*b' }, { message: 'axxb' })).toBe(false);
    expect(lets({ search: 'a.*b' }, { message: 'xa.*bx' })).toBe(true);
    expect(lets({ search: '(' }, { message: ':-(' })).toBe(true);
  });

  it.each([
    ['a quote', 'say "hi"'],
    ['a backslash', String.raw`C:\temp\new`],
    ['a line end', 'one\ntwo'],
    ['a tab', 'one\ttwo'],
    ['a control character', 'one\u0001two'],
    ['an accent', 'Müller'],
    ['an emoji', '🦊'],
    ['half of an emoji', '\ud83e'],
  ])('finds %s in data, which is JSON', (_, text) => {
    const data = JSON.stringify({ value: `before ${text} behind` });
    expect(lets({ search: text }, { data })).toBe(true);
    expect(lets({ search: text }, { data: JSON.stringify({ value: 'before  behind' }) })).toBe(false);
  });

  it('finds a piece of JSON in data', () => {
    const data = JSON.stringify({ sku: 'AB-444', count: 3 });
    expect(lets({ search: '"sku":"ab-444"' }, { data })).toBe(true);
    expect(lets({ search: '"count":3' }, { data })).toBe(true);
  });
});
