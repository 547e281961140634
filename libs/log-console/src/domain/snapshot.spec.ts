import { jsonOfSnapshot, takeSnapshot } from './snapshot.js';

const taken = (value: unknown): unknown => {
  const result = takeSnapshot(value);
  return result && JSON.parse(jsonOfSnapshot(result.snapshot));
};

class Money {
  amount = 3;
}

describe('a snapshot', () => {
  it.each([
    ['texts, numbers, booleans and null', { sku: 'AB', count: 3, low: true, note: null }],
    ['nothing', {}],
    ['32 keys', Object.fromEntries(Array.from({ length: 32 }, (_, index) => [`k${index}`, index]))],
  ])('is taken of a plain object of %s', (_, value) => {
    expect(taken(value)).toEqual(value);
  });

  it('says about how long its JSON is, never less', () => {
    const value = { sku: 'AB-444', count: 3, id: 12345678901234567890n, kind: Symbol('a long description') };
    const { snapshot, size } = takeSnapshot(value)!;
    expect(size).toBeGreaterThanOrEqual(jsonOfSnapshot(snapshot).length);
    expect(size).toBeLessThan(2 * jsonOfSnapshot(snapshot).length);
  });

  it('has the text forms of values JSON does not know', () => {
    expect(taken({ big: 10n, symbol: Symbol('s'), nan: NaN, nothing: undefined })).toEqual({
      big: '10',
      symbol: 'Symbol(s)',
      nan: 'NaN',
      nothing: '[undefined]',
    });
  });

  it.each([
    ['null', null],
    ['undefined', undefined],
    ['a text', 'text'],
    ['a number', 3],
    ['a function', () => 3],
    ['an array', [1]],
    ['a date', new Date()],
    ['an error', new Error('boom')],
    ['a class instance', new Money()],
    ['an object without a prototype', Object.create(null) as unknown],
    ['an object in an object', { inner: {} }],
    ['an array in an object', { inner: [] }],
    ['a function in an object', { inner: () => 3 }],
    ['an object with a toJSON', { secret: 'x', toJSON: () => 'hidden' }],
    [
      'an object with a toJSON that cannot be seen',
      Object.defineProperty({ secret: 'x' }, 'toJSON', { value: () => 'hidden' }),
    ],
    ['33 keys', Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`k${index}`, index]))],
    ['a long text', { text: 'x'.repeat(5000) }],
    ['a long key', { ['x'.repeat(5000)]: 1 }],
    ['a long number', { big: 10n ** 5000n }],
    ['a long symbol', { symbol: Symbol('x'.repeat(5000)) }],
  ])('is not kept of %s', (_, value) => {
    expect(takeSnapshot(value)?.size ?? Infinity).toBe(Infinity);
  });

  it('does not change with the object it was taken of', () => {
    const value: Record<string, unknown> = { state: 'before', count: 1 };
    const { snapshot } = takeSnapshot(value)!;
    value.state = 'after';
    value.more = {};
    delete value.count;
    expect(JSON.parse(jsonOfSnapshot(snapshot))).toEqual({ state: 'before', count: 1 });
  });

  it('reads a getter once, and keeps what it said', () => {
    let calls = 0;
    const value = {
      get count() {
        return ++calls;
      },
    };
    const { snapshot } = takeSnapshot(value)!;
    expect(jsonOfSnapshot(snapshot)).toBe('{"count":1}');
    expect(jsonOfSnapshot(snapshot)).toBe('{"count":1}');
    expect(calls).toBe(1);
  });

  it('is not kept when a getter returns an object', () => {
    const value = {
      get inner() {
        return { changes: 'later' };
      },
    };
    expect(takeSnapshot(value)?.size).toBe(Infinity);
  });

  it('keeps a key named __proto__', () => {
    const value = JSON.parse('{"__proto__":"text","a":1}') as unknown;
    expect(jsonOfSnapshot(takeSnapshot(value)!.snapshot)).toBe('{"__proto__":"text","a":1}');
  });
});
