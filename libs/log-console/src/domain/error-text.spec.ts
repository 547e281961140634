import { runInNewContext } from 'node:vm';
import { errorStack, errorTitle, isError, ownProperties, safeText, threwText } from './error-text.js';

/** An error whose stack is one known line. */
function failure(message: string, more: object = {}): Error {
  const error = new Error(message);
  error.stack = `Error: ${message}\n    at ${message}.ts:1:1`;
  return Object.assign(error, more);
}

/** An error whose property throws when it is read. */
function throwing(property: string, error = failure('boom')): Error {
  return Object.defineProperty(error, property, {
    get() {
      throw new Error(`no ${property}`);
    },
  });
}

function revoked(target: object = {}): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const UNPRINTABLE = {
  toString(): string {
    throw new Error('no text');
  },
};

describe('an error', () => {
  class Special extends TypeError {}

  it.each([
    ['of this realm', new Error()],
    ['of a class of its own', new Special()],
    ['of another realm', runInNewContext('new RangeError("far")') as unknown],
    ['of many', new AggregateError([])],
    ['behind a proxy', new Proxy(new Error(), {})],
  ])('%s is one', (_, value) => {
    expect(isError(value)).toBe(true);
  });

  it.each([
    ['a text', 'Error: boom'],
    ['null', null],
    ['undefined', undefined],
    ['an object that looks like one', { name: 'Error', message: 'boom', stack: '' }],
    ['a class of errors', Error],
    ['a revoked proxy', revoked(new Error())],
  ])('is not the same as %s', (_, value) => {
    expect(isError(value)).toBe(false);
  });
});

describe('the title of an error', () => {
  it.each([
    ['name and message', new TypeError('boom'), 'TypeError: boom'],
    ['the name alone without a message', new TypeError(), 'TypeError'],
    ['the message alone without a name', Object.assign(new Error('boom'), { name: '' }), 'boom'],
    ['a message that is no text', Object.assign(new Error(), { message: 42 }), 'Error: 42'],
    ['a message that was changed', Object.assign(new Error('old'), { message: 'new' }), 'Error: new'],
    ['a symbol', Object.assign(new Error(), { message: Symbol('s') }), 'Error: Symbol(s)'],
    ['of another realm', runInNewContext('new RangeError("far")') as Error, 'RangeError: far'],
    ['a message that throws', throwing('message'), 'Error: [Threw: no message]'],
    ['a name that throws', throwing('name'), '[Threw: no name]: boom'],
    [
      'a message that has no text',
      Object.assign(new Error(), { message: UNPRINTABLE }),
      'Error: [Threw: no text]',
    ],
  ])('is: %s', (_, error, title) => {
    expect(errorTitle(error)).toBe(title);
  });
});

describe('the stack of an error', () => {
  it('is its stack', () => {
    const error = new Error('boom');
    expect(errorStack(error)).toBe(error.stack);
  });

  it('begins with the title when the message was changed after the stack was made', () => {
    const error = failure('old');
    error.message = 'new';
    expect(errorStack(error)).toBe('Error: new\nError: old\n    at old.ts:1:1');
  });

  it('is the title when there is none', () => {
    expect(errorStack(Object.assign(failure('boom'), { stack: undefined }))).toBe('Error: boom');
    expect(errorStack(Object.assign(failure('boom'), { stack: '' }))).toBe('Error: boom');
  });

  it('says so when reading it throws', () => {
    expect(errorStack(throwing('stack'))).toBe('Error: boom\n[Threw: no stack]');
  });

  it('is read in another realm, too', () => {
    const error = runInNewContext('new RangeError("far")') as Error;
    expect(errorStack(error)).toBe(error.stack);
  });
});

describe('the causes of an error', () => {
  it('follow with their stacks', () => {
    const error = failure('top', { cause: failure('middle', { cause: failure('bottom') }) });
    expect(errorStack(error)).toBe(
      [
        'Error: top\n    at top.ts:1:1',
        'Caused by: Error: middle\n    at middle.ts:1:1',
        'Caused by: Error: bottom\n    at bottom.ts:1:1',
      ].join('\n'),
    );
  });

  it('follow 5 deep', () => {
    let error = failure('level 9');
    for (let level = 8; level >= 0; level--) error = failure(`level ${level}`, { cause: error });
    const titles = errorStack(error).match(/Error: level \d/g);
    expect(titles).toEqual([0, 1, 2, 3, 4, 5].map((level) => `Error: level ${level}`));
  });

  it('end where they turn in a circle', () => {
    const error = failure('a');
    Object.assign(error, { cause: failure('b', { cause: error }) });
    expect(errorStack(error)).toBe(
      'Error: a\n    at a.ts:1:1\nCaused by: Error: b\n    at b.ts:1:1\nCaused by: [Circular]',
    );
    const own = failure('self');
    expect(errorStack(Object.assign(own, { cause: own }))).toMatch(/Caused by: \[Circular\]$/);
  });

  it.each([
    ['a text', 'no disk', 'Caused by: no disk'],
    ['a number', 0, 'Caused by: 0'],
    ['false', false, 'Caused by: false'],
    ['an object', { code: 'ENOSPC', free: 0 }, 'Caused by: {"code":"ENOSPC","free":0}'],
    ['a symbol', Symbol('s'), 'Caused by: Symbol(s)'],
    ['a revoked proxy', revoked(), 'Caused by: "[Threw: '],
    ['an object without a text', UNPRINTABLE, 'Caused by: {"toString":"[Function: toString]"}'],
  ])('may be %s', (_, cause, text) => {
    expect(errorStack(failure('boom', { cause }))).toContain(`\n${text}`);
  });

  it.each([null, undefined])('are none when the cause is %s', (cause) => {
    expect(errorStack(failure('boom', { cause }))).toBe('Error: boom\n    at boom.ts:1:1');
  });

  it('bring their own properties, which nothing else tells', () => {
    const error = failure('fetch failed', {
      cause: failure('connect', { code: 'ECONNREFUSED', port: 5432 }),
    });
    expect(errorStack(error)).toContain(
      'Caused by: Error: connect\n    at connect.ts:1:1\n{"code":"ECONNREFUSED","port":5432}',
    );
  });

  it('say so when reading them throws', () => {
    expect(errorStack(throwing('cause'))).toBe(
      'Error: boom\n    at boom.ts:1:1\nCaused by: [Threw: no cause]',
    );
  });

  it('survive a cause whose every property throws', () => {
    const cause = throwing('name', throwing('message', throwing('stack')));
    expect(errorStack(failure('top', { cause }))).toContain(
      'Caused by: [Threw: no name]: [Threw: no message]',
    );
  });
});

describe('the errors of an AggregateError', () => {
  const many = (count: number): Error[] =>
    Array.from({ length: count }, (_, index) => failure(`part ${index + 1}`));
  const aggregate = (errors: unknown): Error => Object.assign(failure('several'), { errors });

  it('follow with their numbers', () => {
    expect(errorStack(new AggregateError(many(2), 'several'))).toContain(
      [
        'Error 1 of 2: Error: part 1\n    at part 1.ts:1:1',
        'Error 2 of 2: Error: part 2\n    at part 2.ts:1:1',
      ].join('\n'),
    );
  });

  it('follow up to 20, with the number of all', () => {
    const text = errorStack(aggregate(many(1000)));
    expect(text.match(/Error \d+ of 1000/g)).toHaveLength(20);
    expect(text).toContain('Error 20 of 1000: Error: part 20');
    expect(text).not.toContain('part 21');
  });

  it('may have causes, and be anything', () => {
    const text = errorStack(aggregate([failure('a', { cause: failure('b') }), 'text', { code: 7 }, null]));
    expect(text).toContain('Error 1 of 4: Error: a\n    at a.ts:1:1\nCaused by: Error: b');
    expect(text).toContain('Error 2 of 4: text\nError 3 of 4: {"code":7}\nError 4 of 4: null');
  });

  it('end where they turn in a circle', () => {
    const error = aggregate([]);
    Object.assign(error, { errors: [error] });
    expect(errorStack(error)).toMatch(/Error 1 of 1: \[Circular\]$/);
  });

  it('do not multiply: 20 of 20 of 20 end after 200 stacks', () => {
    const nested = (depth: number): Error =>
      aggregate(depth === 0 ? [] : Array.from({ length: 20 }, () => nested(depth - 1)));
    const text = errorStack(nested(3));
    expect(text.match(/Error: several/g)).toHaveLength(200);
    expect(text.endsWith('\n…')).toBe(true);
  });

  it('end, also when a getter makes new ones for ever', () => {
    class Endless extends Error {
      get errors(): Error[] {
        return Array.from({ length: 20 }, () => new Endless('more'));
      }
      override get cause(): Error {
        return new Endless('deeper');
      }
    }
    expect(errorStack(new Endless('top')).match(/Endless|Error: (more|deeper|top)/g)!.length).toBeLessThan(
      500,
    );
  });

  it.each([
    ['throws', throwing('errors'), '[Threw: no errors]'],
    ['is a revoked proxy', aggregate(revoked([])), '[Threw: '],
    [
      'is a list that throws',
      aggregate(
        new Proxy([1, 2], {
          get() {
            throw new Error('no items');
          },
        }),
      ),
      '[Threw: no items]',
    ],
  ])('say so when the list %s', (_, error, text) => {
    expect(errorStack(error)).toContain(`Error 1 of 1: ${text}`);
  });

  it.each([
    ['a text', 'text'],
    ['an object', { length: 3 }],
  ])('are none when the list is %s', (_, errors) => {
    expect(errorStack(aggregate(errors))).toBe('Error: several\n    at several.ts:1:1');
  });
});

describe('the own properties of an error', () => {
  it('are those that title and stack do not tell', () => {
    const error = failure('boom', { code: 'E1', name: 'Named', cause: 'x', errors: [] });
    expect(ownProperties(error)).toEqual({ code: 'E1' });
    expect(ownProperties(failure('boom'))).toBeUndefined();
  });

  it('are read by who wants them, not here', () => {
    let reads = 0;
    const error = Object.defineProperty(failure('boom'), 'code', { enumerable: true, get: () => ++reads });
    const properties = ownProperties(error);
    expect(reads).toBe(0);
    expect(JSON.stringify(properties)).toBe('{"code":1}');
  });

  it('say so when they cannot be listed', () => {
    const error = new Proxy(failure('boom'), {
      ownKeys() {
        throw new Error('no keys');
      },
    });
    expect(ownProperties(error)).toEqual({ properties: '[Threw: no keys]' });
  });
});

describe('what stands where something threw', () => {
  it.each([
    ['an error', new Error('boom'), '[Threw: boom]'],
    ['a text', 'boom', '[Threw: boom]'],
    ['nothing', undefined, '[Threw: undefined]'],
    ['an error whose message throws', throwing('message'), '[Threw: an error that cannot be read]'],
    ['an object without a text', UNPRINTABLE, '[Threw: an error that cannot be read]'],
    [
      'an object without a prototype',
      Object.create(null) as unknown,
      '[Threw: an error that cannot be read]',
    ],
    ['a revoked proxy', revoked(), '[Threw: an error that cannot be read]'],
  ])('after %s', (_, thrown, text) => {
    expect(threwText(thrown)).toBe(text);
  });

  it('is the text of a value without one', () => {
    expect(safeText(UNPRINTABLE)).toBe('[Threw: no text]');
    expect(safeText(Symbol('s'))).toBe('Symbol(s)');
    expect(safeText(12n)).toBe('12');
  });
});
