import fc from 'fast-check';
import type { LogEntry } from '../../../src/domain/log-entry.js';
import { entryLine } from './entry-line.js';
import {
  DEFAULT_LEVELS,
  filtersFromAddress,
  filtersToAddress,
  filtersToQuery,
  LEVELS,
  matcher,
  type Filters,
} from './filters.js';
import { sampleEntry } from './sample-lines.js';

const ALL: Filters = { levels: LEVELS, search: '', contexts: [] };
const entry = sampleEntry(1, {
  level: 'warn',
  context: 'InventoryService',
  message: 'Stock of \x1b[33mAB-444\x1b[39m is low',
  stack: 'Error: low\n    at Stock.check',
  data: { sku: 'ÄB-7', note: 'says "no"\n' },
  requestId: 'req-2c',
  operation: 'op-1',
  instance: 'web-1',
});
const lets = (filters: Partial<Filters>, other: Partial<LogEntry> = {}): boolean =>
  matcher({ ...ALL, ...filters })(entryLine({ ...entry, ...other }, 'e1', 0));

describe('filters', () => {
  it('let through what all their parts let through', () => {
    const links = { requestId: 'req-2c', operation: 'op-1', instance: 'web-1' };
    const filters: Filters = { levels: ['warn'], search: 'low', contexts: ['InventoryService'], ...links };
    expect(lets(filters)).toBe(true);
    const others: Partial<LogEntry>[] = [
      { level: 'error' },
      { context: 'OrdersService' },
      { context: undefined },
      { message: 'other', stack: undefined },
      { requestId: 'req-2' },
      { operation: undefined },
      { instance: 'web-2' },
    ];
    for (const other of others) expect([other, lets(filters, other)]).toEqual([other, false]);
  });

  it.each([
    ['the message, over its colours', 'of ab-444 is'],
    ['the part', 'inventoryS'],
    ['the stack', 'STOCK.CHECK'],
    ['the request', 'REQ-2C'],
    ['data, whatever its letters', 'äb-7'],
    ['data with quotes', 'says "no"'],
    ['data as JSON', '"sku":'],
  ])('search %s', (_, search) => {
    expect(lets({ search })).toBe(true);
    expect(lets({ search: `${search}?` })).toBe(false);
  });

  it.each([
    ['several names', ['Orders', 'InventoryService'], true],
    ['a beginning', ['Inv*'], true],
    ['another beginning', ['Orders*'], false],
    ['a part of a name', ['Inventory'], false],
  ])('take %s for the part', (_, contexts, expected) => {
    expect(lets({ contexts })).toBe(expected);
  });
});

describe('filters in the address', () => {
  it('are those of the first visit when it says nothing', () => {
    expect(filtersFromAddress('')).toEqual({ levels: DEFAULT_LEVELS, search: '', contexts: [] });
  });

  it.each([
    ['?level=error,fatal', ['fatal', 'error']],
    ['?level=warn', ['warn']],
    ['?level=%3E%3Dwarn', ['fatal', 'error', 'warn']],
    ['?level=>=warn', ['fatal', 'error', 'warn']],
    ['?level=>warn', ['fatal', 'error']],
    ['?level=>=verbose', LEVELS],
    ['?level=>fatal', []],
    ['?level=none', []],
    ['?level=', DEFAULT_LEVELS],
    ['?level=loud', DEFAULT_LEVELS],
    ['?level=warn,loud', DEFAULT_LEVELS],
    ['?level=>loud', DEFAULT_LEVELS],
    ['?level=constructor', DEFAULT_LEVELS],
  ])('%s: the levels %j', (search, levels) => {
    expect(filtersFromAddress(search).levels).toEqual(levels);
  });

  it('are read and written in the words of the server', () => {
    const address =
      '?level=error,warn&context=Orders*,Stock&search=a+b%26c&requestId=r-1&operation=o&instance=web';
    const filters = filtersFromAddress(address);
    expect(filters).toEqual({
      levels: ['error', 'warn'],
      search: 'a b&c',
      contexts: ['Orders*', 'Stock'],
      requestId: 'r-1',
      operation: 'o',
      instance: 'web',
    });
    expect(filtersToAddress(filters, '')).toBe(address);
    expect(String(filtersToQuery(filters)).replaceAll('%2C', ',')).toBe(address.slice(1));
  });

  it('keep what else the address says, and forget what they no longer say', () => {
    const first = filtersFromAddress('');
    expect(filtersToAddress(first, '?a=1&level=warn&search=x&requestId=r&b=2')).toBe('?a=1&b=2');
    expect(filtersToAddress(first, '?search=x')).toBe('');
  });

  it('ignore values that no server would take', () => {
    const long = 'x'.repeat(257);
    const junk = `?search=${long}&context=,,&requestId=${long}&operation=`;
    expect(filtersFromAddress(junk)).toEqual(filtersFromAddress(''));
    expect(filtersToQuery({ ...ALL, search: long }).get('search')).toHaveLength(256);
  });

  it('name no level to the server when all are on', () => {
    expect(String(filtersToQuery(ALL))).toBe('');
    expect(String(filtersToQuery(filtersFromAddress('')))).toBe('level=fatal%2Cerror%2Cwarn%2Clog');
  });

  it('come back from the address as they were, whatever else it says', () => {
    const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
    const filters = fc.record(
      {
        levels: fc.subarray([...LEVELS]),
        search: fc.string({ maxLength: 20, unit: 'grapheme' }),
        contexts: fc.uniqueArray(
          name.filter((text) => !text.includes(',')),
          { maxLength: 4 },
        ),
        requestId: name,
        operation: name,
        instance: name,
      },
      { requiredKeys: ['levels', 'search', 'contexts'] },
    );
    fc.assert(
      fc.property(filters, fc.webQueryParameters(), (wanted, other) => {
        const address = filtersToAddress(wanted, other);
        expect(filtersFromAddress(address)).toEqual(wanted);
        expect(filtersToAddress(wanted, address)).toBe(address);
      }),
    );
  });
});
