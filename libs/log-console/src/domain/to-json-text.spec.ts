import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { toJsonText } from './to-json-text.js';

const NO_LIMIT = 1_000_000;

/** What a reader of the JSON sees. */
function seen(value: unknown, maxBytes = NO_LIMIT): unknown {
  return JSON.parse(toJsonText(value, maxBytes).json);
}

function fail(message: string): never {
  throw new Error(message);
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function nested(depth: number): object {
  let value: object = { bottom: true };
  for (let level = 1; level < depth; level++) value = { in: value };
  return value;
}

function wide(keys: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: keys }, (_, index) => [`key${index}`, index]));
}

describe('values that JSON knows', () => {
  it('are written as JSON.stringify writes them', () => {
    // JSON.stringify makes 0 of -0; so does the copy.
    const plain = fc
      .jsonValue({ maxDepth: 3, stringUnit: 'binary' })
      .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(plain, (value) => {
        expect(toJsonText(value, NO_LIMIT)).toEqual({ json: JSON.stringify(value), dropped: 0 });
      }),
    );
  });

  it('may be each character of Latin-1, as text and as key', () => {
    for (let code = 0; code < 256; code++) {
      const text = String.fromCharCode(code);
      expect(toJsonText({ [text]: text }, NO_LIMIT).json).toBe(JSON.stringify({ [text]: text }));
    }
  });

  it('may be texts of any code units', () => {
    const texts = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(texts, (text) => {
        expect(toJsonText({ [text]: text }, NO_LIMIT).json).toBe(JSON.stringify({ [text]: text }));
      }),
    );
  });
});

describe('values that JSON does not know have a text', () => {
  function named(): void {
    /* only its name is wanted */
  }
  class Money {
    constructor(readonly amount: number) {}
  }
  const cases: [string, unknown, unknown][] = [
    ['BigInt', 123456789012345678901234567890n, '123456789012345678901234567890'],
    ['Symbol', Symbol('tag'), 'Symbol(tag)'],
    ['undefined', undefined, '[undefined]'],
    ['function', named, '[Function: named]'],
    ['class', Money, '[Function: Money]'],
    [
      'function without a name',
      (
        () => () =>
          0
      )(),
      '[Function: (anonymous)]',
    ],
    ['NaN', NaN, 'NaN'],
    ['Infinity', Infinity, 'Infinity'],
    ['-Infinity', -Infinity, '-Infinity'],
    ['-0', -0, -0],
    ['Date', new Date('2026-11-20T08:15:42.113Z'), '2026-11-20T08:15:42.113Z'],
    ['invalid Date', new Date(NaN), 'Invalid Date'],
    ['Date of another realm', runInNewContext('new Date(0)'), '1970-01-01T00:00:00.000Z'],
    ['RegExp', /a"b\n/gi, '/a"b\\n/gi'],
    [
      'Map',
      new Map<unknown, unknown>([
        ['a', 1],
        [{ k: 2 }, new Map([[3, 4]])],
      ]),
      [
        ['a', 1],
        [{ k: 2 }, [[3, 4]]],
      ],
    ],
    ['Map of another realm', runInNewContext('new Map([["a", 1]])'), [['a', 1]]],
    ['Set', new Set(['a', 1, undefined]), ['a', 1, '[undefined]']],
    ['empty Map', new Map(), []],
    ['typed array', new Uint16Array([1, 65535]), [1, 65535]],
    ['Float64Array', new Float64Array([0.5, NaN]), [0.5, 'NaN']],
    ['BigInt64Array', new BigInt64Array([-1n]), ['-1']],
    ['ArrayBuffer', new Uint8Array([1, 2]).buffer, [1, 2]],
    ['DataView', new DataView(new Uint8Array([1, 255]).buffer), '<DataView 01 ff>'],
    ['Buffer', Buffer.from('hi'), '<Buffer 68 69>'],
    ['empty Buffer', Buffer.alloc(0), '<Buffer >'],
    ['long Buffer', Buffer.alloc(60, 1), `<Buffer ${Array(50).fill('01').join(' ')} … 10 more bytes>`],
    ['boxed Number', Object(3), 3],
    ['boxed String', Object('three'), 'three'],
    ['boxed Boolean', Object(false), false],
    ['boxed BigInt', Object(3n), '3'],
    ['boxed Symbol', Object(Symbol('s')), 'Symbol(s)'],
    ['boxed NaN', Object(NaN), 'NaN'],
    ['Promise', Promise.resolve(1), '[object Promise]'],
    ['WeakMap', new WeakMap(), '[object WeakMap]'],
    ['WeakRef', new WeakRef({}), '[object WeakRef]'],
    ['class instance', new Money(3), { amount: 3 }],
    ['URL', new URL('http://localhost/a?b'), 'http://localhost/a?b'],
    ['object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ['array with a hole', Array(2), ['[undefined]', '[undefined]']],
    ['key named __proto__', JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
  ];

  it.each(cases)('%s', (_, value, expected) => {
    expect(seen(value)).toEqual(expected);
  });

  it.each(cases)('%s in an object, and in an array', (_, value, expected) => {
    expect(seen({ value })).toEqual({ value: expected });
    expect(seen([value])).toEqual([expected]);
  });

  it('leaves out what is not enumerable, and symbols', () => {
    const value = Object.defineProperty({ a: 1, [Symbol('hidden')]: 2 }, 'b', { value: 3 });
    expect(seen(value)).toEqual({ a: 1 });
  });
});

describe('an error in data', () => {
  it('is its name, message, stack and own properties', () => {
    const error = Object.assign(new TypeError('boom'), { code: 'E1' });
    expect(seen({ error })).toEqual({
      error: { name: 'TypeError', message: 'boom', stack: error.stack, code: 'E1' },
    });
  });

  it('brings its cause and its errors', () => {
    const cause = new RangeError('why');
    expect(seen(new Error('boom', { cause }))).toMatchObject({
      cause: { name: 'RangeError', message: 'why' },
    });
    const error = new AggregateError([cause, 'text'], 'several');
    expect(seen(error)).toMatchObject({ message: 'several', errors: [{ message: 'why' }, 'text'] });
  });

  it('says where its causes turn in a circle', () => {
    const error = new Error('boom');
    error.cause = error;
    expect(seen(error)).toMatchObject({ message: 'boom', cause: '[Circular]' });
  });

  it('is read in another realm, too', () => {
    expect(seen(runInNewContext('new RangeError("far")'))).toMatchObject({
      name: 'RangeError',
      message: 'far',
    });
  });

  it.each(['name', 'message', 'stack', 'cause'])('says so when reading its %s throws', (property) => {
    const error = Object.defineProperty(new Error('boom'), property, { get: () => fail('no') });
    expect(seen(error)).toMatchObject({ [property]: '[Threw: no]' });
  });
});

describe('depth', () => {
  it('of 8 levels is shown, the value itself being the first', () => {
    expect(seen(nested(8))).toEqual(nested(8));
    expect(seen(nested(9))).toEqual({
      in: { in: { in: { in: { in: { in: { in: { in: '[Depth]' } } } } } } },
    });
  });

  it('of 20,000 objects, arrays, maps or errors ends', () => {
    let list: unknown[] = [];
    let map = new Map<string, unknown>();
    let error = new Error('bottom');
    for (let level = 0; level < 20_000; level++) {
      list = [list];
      map = new Map([['in', map]]);
      error = new Error('level', { cause: error });
    }
    for (const value of [nested(20_000), list, map, error]) {
      const { json } = toJsonText(value, NO_LIMIT);
      expect(json).toContain('"[Depth]"');
      expect(json.length).toBeLessThan(20_000);
      expect(() => JSON.parse(json) as unknown).not.toThrow();
    }
  });

  it('counts what a toJSON returns as the value itself', () => {
    let value: object = { bottom: true };
    for (let level = 1; level < 8; level++) {
      const inner = value;
      value = { toJSON: () => ({ in: inner }) };
    }
    expect(seen(value)).toEqual(nested(8));
  });

  it('ends where a toJSON returns something with a toJSON for ever', () => {
    class Endless {
      toJSON(): Endless {
        return new Endless();
      }
    }
    expect(seen(new Endless())).toBe('[Depth]');
    class Boxed extends Number {
      override valueOf(): number {
        return new Boxed(1) as unknown as number;
      }
    }
    expect(seen(new Boxed(1))).toBe('[Depth]');
  });
});

describe('a cycle', () => {
  it('is named where it closes', () => {
    const value: Record<string, unknown> = { name: 'a' };
    value.self = value;
    value.list = [value, { deep: value }];
    value.map = new Map([['me', value]]);
    expect(seen(value)).toEqual({
      name: 'a',
      self: '[Circular]',
      list: ['[Circular]', { deep: '[Circular]' }],
      map: [['me', '[Circular]']],
    });
  });

  it('is not what a value is that occurs twice', () => {
    const shared = { a: 1 };
    expect(seen([shared, shared, { shared }])).toEqual([{ a: 1 }, { a: 1 }, { shared: { a: 1 } }]);
  });

  it('through a toJSON is found, too', () => {
    const value = { toJSON: () => ({ value }) };
    expect(seen(value)).toEqual({ value: '[Circular]' });
  });

  it('is not what a toJSON is that returns the object itself', () => {
    const value = {
      a: 1,
      toJSON() {
        return this;
      },
    };
    expect(seen(value)).toEqual({ a: 1, toJSON: '[Function: toJSON]' });
  });
});

describe('width', () => {
  it('of 200 keys or items is shown in full', () => {
    expect(seen(wide(200))).toEqual(wide(200));
    const items = Array.from({ length: 200 }, (_, index) => index);
    expect(seen(items)).toEqual(items);
  });

  it('beyond 200 keys is a number', () => {
    expect(seen(wide(201))).toEqual({ ...wide(200), '…': '+1 keys' });
    expect(seen({ in: wide(1234) })).toEqual({ in: { ...wide(200), '…': '+1034 keys' } });
  });

  it.each([
    ['array', Array(1234).fill(7)],
    ['set', new Set(Array.from({ length: 1234 }, (_, index) => index))],
    ['map', new Map(Array.from({ length: 1234 }, (_, index) => [index, index]))],
    ['typed array', new Uint8Array(1234)],
    ['error list', new AggregateError(Array(1234).fill('e')).errors],
    ['array of holes', Array(1234)],
  ])('beyond 200 items of an %s is a number', (_, value) => {
    const items = seen(value) as unknown[];
    expect(items).toHaveLength(201);
    expect(items[200]).toBe('+1034 items');
  });

  it('of a million keys is a number, too', () => {
    expect(seen(wide(1_000_000))).toEqual({ ...wide(200), '…': '+999800 keys' });
  });

  it('costs one look at the keys, and 200 values', () => {
    let looks = 0;
    let reads = 0;
    const value = new Proxy(wide(5000), {
      ownKeys: (target) => (looks++, Reflect.ownKeys(target)),
      get: (target, key): unknown => (reads++, Reflect.get(target, key)),
    });
    expect(seen(value)).toMatchObject({ key199: 199, '…': '+4800 keys' });
    expect(looks).toBe(1);
    expect(reads).toBe(201); // and toJSON
  });

  it('may be asked for less', () => {
    const { json } = toJsonText({ in: wide(5) }, NO_LIMIT, 2);
    expect(JSON.parse(json)).toEqual({ in: { key0: 0, key1: 1, '…': '+3 keys' } });
  });

  it('is told right by a collection that holds less than it says', () => {
    class Liar extends Map<string, number> {
      override get size(): number {
        return 5;
      }
    }
    expect(seen(new Liar())).toEqual(['+5 items']);
    expect(seen(new Liar([['a', 1]]))).toEqual([['a', 1], '+4 items']);
  });

  it('of a key is 1000 bytes', () => {
    expect(seen({ ['k'.repeat(5000)]: 1 })).toEqual({ [`${'k'.repeat(1000)}…`]: 1 });
    expect(seen({ [`x${'🦊'.repeat(1000)}`]: 1 })).toEqual({ [`x${'🦊'.repeat(249)}…`]: 1 });
  });
});

describe('references that multiply', () => {
  function multiplied(items: number): object {
    let value: object = { leaf: 'text' };
    for (let level = 0; level < 7; level++) value = Array<object>(items).fill(value);
    return value;
  }

  it('end after 20,000 values', () => {
    let reads = 0;
    const leaf = {
      get text() {
        reads++;
        return '';
      },
    };
    let value: object = leaf;
    for (let level = 0; level < 7; level++) value = Array<object>(100).fill(value);
    const { json } = toJsonText(value, Infinity);
    expect(reads).toBeGreaterThan(5000);
    expect(reads).toBeLessThanOrEqual(20_000);
    expect(json).toContain('items"');
    expect(() => JSON.parse(json) as unknown).not.toThrow();
  });

  it('end after 20,000 numbers, too', () => {
    const row = Array<number>(200).fill(1);
    const { json } = toJsonText(Array(200).fill(row), Infinity);
    expect(json.match(/\b1\b/g)!.length).toBeLessThanOrEqual(20_000);
    expect(seen(Array(200).fill(row), Infinity)).toHaveLength(101);
  });

  it.each([800, 16 * 1024, 256 * 1024])('make no more JSON than was asked for: %d bytes', (maxBytes) => {
    const rows = Array(200).fill({ ['k'.repeat(900)]: 1, ...wide(50) });
    for (const value of [multiplied(200), rows, { rows }]) {
      const { json } = toJsonText(value, maxBytes);
      expect(() => JSON.parse(json) as unknown).not.toThrow();
      expect(json.length).toBeLessThan(2 * maxBytes + 64 * 1024);
    }
  });
});

describe('what throws', () => {
  const thrown = (message = 'no'): string => `[Threw: ${message}]`;
  const allTraps = (target: object): object =>
    new Proxy(target, new Proxy({}, { get: (_, trap) => fail(`no ${String(trap)}`) }));
  class BadText {
    toString(): string {
      return fail('no text');
    }
  }

  it.each<[string, unknown, unknown]>([
    ['a getter', { a: 1, get b() { return fail('no'); }, c: 3 }, { a: 1, b: thrown(), c: 3 }], // prettier-ignore
    ['a toJSON', { a: { toJSON: () => fail('no') }, b: 2 }, { a: thrown(), b: 2 }],
    ['a getter of toJSON', { a: { get toJSON() { return fail('no'); } } }, { a: thrown() }], // prettier-ignore
    ['a getter of a class', new (class { own = 1; get b() { return fail('no'); } })(), { own: 1 }], // prettier-ignore
    ['a text', { a: new BadText(), b: 2 }, { a: {}, b: 2 }],
    ['a thing that is not an error', { get a() { throw 'text'; } }, { a: thrown('text') }], // prettier-ignore
    [
      'something that throws',
      { get a() { throw new BadText(); }, b: 1 }, // prettier-ignore
      { a: '[Threw: an error that cannot be read]', b: 1 },
    ],
    [
      'an iterator',
      [Object.defineProperty(new Set([1]), Symbol.iterator, { value: () => fail('no') }), 2],
      [thrown(), 2],
    ],
    ['a size', [Object.defineProperty(new Map(), 'size', { get: () => fail('no') }), 2], [thrown(), 2]],
    [
      'a tag',
      [Object.defineProperty(new BadText(), Symbol.toStringTag, { get: () => fail('no') })],
      [thrown()],
    ],
    ['the text of a RegExp', [Object.assign(/x/, { toString: () => fail('no') })], [thrown()]],
    [
      'the value of a boxed number',
      [Object.assign(new (class extends Number {})(1), { valueOf: () => fail('no') })],
      [thrown()],
    ],
    ['a proxy', { a: allTraps({}), b: 2 }, { a: thrown('no getPrototypeOf'), b: 2 }],
    ['a proxy of a function', { a: allTraps(() => 0), b: 2 }, { a: thrown('no get'), b: 2 }],
    ['a proxy of an array', [allTraps([]), 2], [thrown('no getPrototypeOf'), 2]],
    [
      'a proxy whose properties throw',
      new Proxy({ a: 1, b: 2 }, { get: (_, key) => (key === 'a' ? fail('no') : undefined) }),
      { a: thrown(), b: '[undefined]' },
    ],
  ])('is marked: %s', (_, value, expected) => {
    expect(seen(value)).toEqual(expected);
  });

  it.each([{}, [], new Map(), new Error('x'), () => 0, new Date()])(
    'is marked: a revoked proxy (%#)',
    (target) => {
      const mark = expect.stringMatching(/^\[Threw: .*revoked.*\]$/) as unknown;
      expect(seen(revoked(target))).toEqual(mark);
      expect(seen([1, revoked(target), 3])).toEqual([1, mark, 3]);
    },
  );

  it('does not end the JSON early, whatever lies about its type', () => {
    // Looks like a harmless text, and is none.
    const quote = {
      length: 1,
      charCodeAt: () => 65,
      toString: () => '"',
      toISOString: () => quote,
      valueOf: () => quote,
    };
    const liars = [
      Object.assign(/x/, { toString: () => quote }),
      Object.assign(/x/, { toString: () => '"' }),
      Object.assign(new Date(0), { toISOString: () => quote }),
      Object.assign(new Date(0), { getTime: () => '"' }),
      ...['Date', 'Map', 'Set', 'RegExp', 'Error', 'Promise', '"', '\n'].map((tag) =>
        Object.assign(Object.create({ inherited: 1 }) as object, { [Symbol.toStringTag]: tag, own: '"' }),
      ),
      Object.defineProperty(() => 0, 'name', { value: '"' }),
      Object.defineProperty(() => 0, 'name', { value: quote }),
      Object.defineProperty(Buffer.from('hi'), 'constructor', { value: { name: '"' } }),
      Object.defineProperty(new DataView(new ArrayBuffer(1)), 'constructor', { value: { name: '"' } }),
      new Proxy([1], {
        get: (target, key) => (key === 'length' ? '"' : (Reflect.get(target, key) as unknown)),
      }),
    ];
    for (const liar of liars) {
      const { json } = toJsonText([liar, liar, { liar }, 'end'], NO_LIMIT);
      expect(JSON.parse(json)).toHaveLength(4);
      expect((JSON.parse(json) as unknown[])[3]).toBe('end');
    }
  });

  it('changes nothing of what was said before: the value is left alone', () => {
    const value = Object.freeze({ list: Object.freeze([1]), get bad() { return fail('no'); } }); // prettier-ignore
    expect(seen(value)).toEqual({ list: [1], bad: '[Threw: no]' });
  });
});

describe('every property', () => {
  it('is read once, in order', () => {
    const reads: string[] = [];
    const watched = (target: object): object =>
      new Proxy(target, {
        get: (of, key): unknown => {
          if (key !== 'toJSON') reads.push(String(key));
          return Reflect.get(of, key);
        },
      });
    expect(seen(watched({ b: 1, a: watched({ c: 2 }) }))).toEqual({ b: 1, a: { c: 2 } });
    expect(reads).toEqual(['b', 'a', 'c']);
  });

  it('of any value makes JSON that can be read', () => {
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
      stringUnit: 'binary',
    });
    fc.assert(
      fc.property(anything, fc.nat(100), (value, maxBytes) => {
        expect(() => seen(value, maxBytes)).not.toThrow();
      }),
    );
  });
});

describe('the limit', () => {
  it('cuts a text and says how many bytes it dropped', () => {
    expect(toJsonText('x'.repeat(100), 30)).toEqual({ json: JSON.stringify('x'.repeat(30)), dropped: 70 });
    expect(toJsonText('x'.repeat(30), 30)).toEqual({ json: JSON.stringify('x'.repeat(30)), dropped: 0 });
  });

  it('counts what it dropped exactly, also where a character did not fit', () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 60 }));
    fc.assert(
      fc.property(texts, fc.nat(200), (values, maxBytes) => {
        const { json, dropped } = toJsonText(values, maxBytes);
        const bytes = (list: string[]): number =>
          list.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
        const kept = bytes(JSON.parse(json) as string[]);
        expect(kept + dropped).toBe(bytes(values));
        expect(kept).toBeLessThanOrEqual(maxBytes);
        for (const [index, text] of (JSON.parse(json) as string[]).entries())
          expect(values[index].startsWith(text)).toBe(true);
      }),
    );
  });

  it('counts bytes, not characters', () => {
    const { json, dropped } = toJsonText(Array(100).fill('€'.repeat(100)), 3000);
    expect(Buffer.byteLength((JSON.parse(json) as string[]).join(''))).toBe(3000);
    expect(dropped).toBe(27_000);
  });

  it('of 256 KiB keeps the beginning of 10 MB, and counts the texts behind it', () => {
    const limit = 256 * 1024;
    const { json, dropped } = toJsonText({ a: 'x'.repeat(10_000_000), b: 'y'.repeat(1000), c: 3 }, limit);
    const { a, b, c } = JSON.parse(json) as { a: string; b: string; c: number };
    expect(a.length + b.length + dropped).toBe(10_001_000);
    expect(a.length).toBeGreaterThan(limit - 10);
    expect(json.length).toBeLessThan(limit + 100);
    expect([b, c]).toEqual(['', 3]);
  });

  it('may be nothing at all', () => {
    expect(toJsonText({ a: 'text' }, 0)).toEqual({ json: '{"a":""}', dropped: 4 });
    expect(toJsonText({ a: 'text' }, -5)).toEqual({ json: '{"a":""}', dropped: 4 });
  });

  it('cuts what was thrown, too', () => {
    const value = { get bad() { return fail('x'.repeat(1000)); } }; // prettier-ignore
    const { json, dropped } = toJsonText(value, 103);
    expect(JSON.parse(json)).toEqual({ bad: `[Threw: ${'x'.repeat(92)}` });
    expect(dropped).toBe(909);
  });
});
