import { ConsoleLogger, Logger, type LogLevel } from '@nestjs/common';
import { inspect } from 'node:util';
import { type LogRecord } from '../domain/log-entry.js';
import { LOG_LEVELS } from '../domain/log-level.js';
import { toJsonText } from '../domain/to-json-text.js';
import { LogConsoleLogger } from './log-console.logger.js';
import { parseCall } from './parse-call.js';

/** What ConsoleLogger would print for one call. */
interface Printed {
  readonly level: LogLevel | undefined;
  readonly context: string | undefined;
  readonly stack: unknown;
  readonly messages: readonly unknown[];
  readonly params: Record<string, unknown> | undefined;
}

/** Nest's own parsing of arguments, with its printing taken out. */
class Oracle extends ConsoleLogger {
  readonly printed: Printed[] = [];

  constructor() {
    super({ logLevels: [...LOG_LEVELS] });
  }

  protected override printMessages(
    messages: unknown[],
    context?: string,
    level?: LogLevel,
    _stream?: 'stdout' | 'stderr',
    stack?: unknown,
    params?: Record<string, unknown>,
  ): void {
    this.printed.push({
      level,
      context,
      stack,
      messages: messages.map((message) => this.resolveMessage(message)),
      params,
    });
  }

  protected override printStackTrace(): void {
    /* it was given to printMessages */
  }
}

class Money {
  constructor(
    readonly amount: number,
    readonly currency = 'EUR',
  ) {}
}

class StockError extends Error {
  override readonly name = 'StockError';
  readonly sku = 'AB-444';
}

const TAG = Symbol('tag');
const STACK = 'Error: from elsewhere\n    at elsewhere (/app/elsewhere.ts:10:20)';
const boom = new Error('boom');
const withCode = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', port: 5432 });
const withCauses = new Error('top', { cause: new TypeError('middle', { cause: withCode }) });
const withObjectCause = new Error('top', { cause: { code: 'ENOSPC', free: 12 } });
const withErrors = new AggregateError([new Error('first part'), withCode, 'third part'], 'several');

const CALLS: readonly (() => unknown[])[] = [
  // texts
  () => ['text'],
  () => [''],
  () => ['text', 'Ctx'],
  () => ['text', ''],
  () => ['text', '', 'Ctx'],
  () => ['text', 'one', 'Ctx'],
  () => ['text', 'one', 'two', 'three'],
  () => ['two\nlines', 'Ctx'],
  // nothing
  () => [undefined],
  () => [undefined, 'Ctx'],
  () => [undefined, undefined],
  () => ['text', undefined],
  () => ['text', undefined, 'Ctx'],
  () => ['text', undefined, undefined],
  () => ['text', undefined, undefined, 'Ctx'],
  () => ['text', 'one', undefined, 'Ctx'],
  () => [null],
  () => [null, 'Ctx'],
  () => ['text', null],
  () => ['text', null, 'Ctx'],
  // other values without parts
  () => [42],
  () => [0, 'Ctx'],
  () => ['text', 42],
  () => ['text', 42, 'Ctx'],
  () => [NaN, 12n, true, 'Ctx'],
  () => [TAG, 'Ctx'],
  // plain objects, which are params where they are not the first
  () => [{ a: 1 }],
  () => [{}],
  () => [{ a: 1 }, 'Ctx'],
  () => ['text', { a: 1 }],
  () => ['text', { a: 1 }, 'Ctx'],
  () => ['text', { a: 1 }, { b: 'two' }, 'Ctx'],
  () => ['text', { a: 1 }, 'more', { b: 'two' }, 'Ctx'],
  () => ['text', { deep: { list: [1, { key: 'value' }] } }, 'Ctx'],
  () => [{ a: 1 }, { b: 'two' }],
  () => [{ a: 1 }, { b: 'two' }, 'Ctx'],
  () => ['text', Object.assign(Object.create(null) as object, { bare: 1 }), 'Ctx'],
  () => ['text', 'one', Object.create(Object.create(null) as object) as object, 'Ctx'],
  // arrays and instances, which are messages
  () => [[1, 'two']],
  () => [[], 'Ctx'],
  () => ['text', [1, { a: 'two' }], 'Ctx'],
  () => [new Money(3)],
  () => ['text', new Money(3)],
  () => ['text', new Money(3), 'Ctx'],
  () => ['text', 'one', new Money(3), 'Ctx'],
  () => [new Map([['key', new Set(['value'])]]), 'Ctx'],
  () => [new Date(0)],
  () => ['text', /a+b/, 'Ctx'],
  // stacks
  () => [STACK],
  () => [STACK, 'Ctx'],
  () => ['text', STACK],
  () => ['text', STACK, 'Ctx'],
  () => ['text', 'Ctx', STACK],
  () => ['text', 'one', 'Ctx', STACK],
  () => ['text', 'not quite a stack', 'Ctx'],
  () => ['text', 'stack', 'Other', 'Ctx'],
  () => ['text', { a: 1 }, STACK],
  () => ['text', { a: 1 }, STACK, 'Ctx'],
  () => ['text', STACK, { a: 1 }, 'Ctx'],
  () => ['text', { a: 1 }, undefined, 'Ctx'],
  () => [{ a: 1 }, STACK],
  () => [{ a: 1 }, STACK, 'Ctx'],
  () => [{ a: 1 }, undefined, 'Ctx'],
  // errors
  () => [boom],
  () => [boom, 'Ctx'],
  () => [boom, undefined, 'ExceptionsHandler'],
  () => [boom, boom.stack],
  () => [boom, boom.stack, 'Ctx'],
  () => [boom, STACK, 'Ctx'],
  () => [boom, { a: 1 }, 'Ctx'],
  () => ['text', boom],
  () => ['text', boom, 'Ctx'],
  () => ['text', boom, STACK, 'Ctx'],
  () => ['text', boom.message, boom.stack, 'Ctx'],
  () => [boom, new StockError('low'), 'Ctx'],
  () => [withCode],
  () => ['text', withCode, { a: 1 }, 'Ctx'],
  () => [withCauses, 'Ctx'],
  () => [withObjectCause, 'Ctx'],
  () => [withErrors, 'Ctx'],
  () => [new StockError(), 'Ctx'],
  () => ['text', { inner: boom }, 'Ctx'],
  // functions: lazy messages and classes
  () => [() => 'lazy'],
  () => [() => 'lazy', 'Ctx'],
  () => [() => () => 'twice lazy', 'Ctx'],
  () => [() => ({ lazy: 1 }), 'Ctx'],
  () => [() => boom, 'Ctx'],
  () => [() => undefined, 'Ctx'],
  () => ['text', () => 'lazy'],
  () => ['text', () => 'lazy', 'Ctx'],
  () => ['text', () => undefined],
  () => ['text', () => undefined, 'Ctx'],
  () => ['text', () => STACK, 'Ctx'],
  () => ['text', () => ({ lazy: 1 }), 'Ctx'],
  () => ['text', 'one', () => 'lazy', 'Ctx'],
  () => [Money],
  () => ['text', Money],
  () => ['text', Money, 'Ctx'],
  () => ['text', { callback: Money, list: [shown] }, 'Ctx'],
];

/** Every text in a value, keys too, as a reader would look for it. */
function* textsIn(value: unknown): Generator<string> {
  if (value instanceof Error) {
    const { name, message, cause, errors } = value as Partial<AggregateError>;
    yield* textsIn([name, message, cause ?? '', errors ?? []]);
    yield* textsIn({ ...(value as object), name: undefined, cause: undefined });
  } else if (value instanceof Date) yield value.toISOString();
  else if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
    for (const item of value as Iterable<unknown>) yield* textsIn(item);
  } else if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
    for (const [key, inner] of Object.entries(value)) {
      if (inner === undefined) continue;
      yield key;
      yield* textsIn(inner);
    }
  } else yield typeof value === 'function' ? value.name : String(value);
}

function shown(arg: unknown): string {
  if (arg === STACK || arg === boom.stack) return '<stack>';
  if (arg instanceof Error) return `<${arg}>`;
  const text = typeof arg === 'function' ? String(arg) : inspect(arg, { breakLength: Infinity });
  return text.replace(/\s+/g, ' ').slice(0, 60);
}

function expectSame(record: LogRecord, printed: Printed): void {
  expect(record.level).toBe(printed.level);
  expect(record.context).toBe(printed.context);
  const { messages, params } = printed;
  const errors = messages.filter((message) => message instanceof Error);
  if (errors.length === 0) expect(record.stack).toBe(printed.stack);
  for (const { stack } of errors) expect(record.stack).toContain(stack);
  if (typeof printed.stack === 'string') expect(record.stack).toContain(printed.stack);

  // And nothing more: texts are the message, and data is there for other things only.
  if (messages.every((message) => typeof message === 'string')) {
    expect(record.message).toBe(messages.join('\n'));
    if (!params) expect(record).not.toHaveProperty('data');
  }

  const data = JSON.parse(toJsonText(record.data, 100_000).json) as unknown;
  const places = [record.message, record.stack ?? '', ...(record.data === undefined ? [] : textsIn(data))];
  for (const text of textsIn([messages, params ?? []]))
    expect(places).toContainEqual(expect.stringContaining(text));
}

describe.each(LOG_LEVELS)('%s() says what ConsoleLogger would print', (level) => {
  it.each(CALLS.map((call) => [call().map(shown).join(', '), call] as const))('of (%s)', (_, call) => {
    const oracle = new Oracle();
    const [message, ...params] = call();
    oracle[level](message, ...params);
    expectSame(parseCall(level, message, params), oracle.printed[0]);
  });
});

describe.each([
  ['new Logger()', () => new Logger()],
  ["new Logger('Ctx')", () => new Logger('Ctx')],
])('%s says, through the logger that is swapped in, what ConsoleLogger would print', (_, make) => {
  class CurrentLogger extends Logger {
    static readonly original = this.staticInstanceRef;
  }
  afterEach(() => void Logger.overrideLogger(CurrentLogger.original ?? false));

  it.each(LOG_LEVELS)('with %s()', (level) => {
    for (const call of CALLS) {
      const records: LogRecord[] = [];
      const told = new Oracle();
      const target = { append: (record: LogRecord) => records.push(record), reject: () => undefined };
      Logger.overrideLogger(new LogConsoleLogger([target], [told]));
      make()[level](...(call() as [unknown]));
      expect(records).toHaveLength(1);
      expectSame(records[0], told.printed[0]);

      const alone = new Oracle();
      Logger.overrideLogger(alone);
      make()[level](...(call() as [unknown]));
      expect(told.printed).toEqual(alone.printed);
    }
  });
});

describe('a record', () => {
  const parse = (...[message, ...params]: unknown[]): LogRecord => parseCall('log', message, params);

  it('has the texts as its message, one per line', () => {
    expect(parse('one', 'two', 'three', 'Ctx')).toEqual({
      level: 'log',
      context: 'Ctx',
      message: 'one\ntwo\nthree',
    });
  });

  it('has one other argument as its data, several as an array, with their identity', () => {
    const [a, b] = [{ a: 1 }, { b: 2 }];
    expect(parse('text', a, 'Ctx').data).toBe(a);
    const { data } = parse('text', a, b, 'Ctx') as { data: unknown[] };
    expect(data).toHaveLength(2);
    expect(data[0]).toBe(a);
    expect(data[1]).toBe(b);
  });

  it.each([
    ['an object', { sku: 'AB-444', count: 3 }],
    ['an array', [1, 'two']],
    ['a date', new Date(0)],
    ['a class instance', new Money(3)],
  ])('of %s alone has itself as data, and leaves its message to the store', (_, value) => {
    expect(parse(value, 'Ctx')).toEqual({ level: 'log', context: 'Ctx', message: '', data: value });
    expect(parse(value)).toEqual({ level: 'log', message: '', data: value });
  });

  it.each([
    ['a number', 42, '42'],
    ['-0', -0, '-0'],
    ['null', null, 'null'],
    ['undefined', undefined, '[undefined]'],
    ['a BigInt', 12n, '12'],
    ['a symbol', Symbol('tag'), 'Symbol(tag)'],
    ['false', false, 'false'],
  ])('of %s alone has only its text', (_, value, message) => {
    expect(parse(value)).toStrictEqual({ level: 'log', message });
  });

  it('of an error has its title, its stack with causes, and its own properties', () => {
    const record = parse(withCauses, 'Ctx');
    expect(record).toMatchObject({ context: 'Ctx', message: 'Error: top' });
    expect(record).not.toHaveProperty('data');
    expect(record.stack).toContain('Caused by: TypeError: middle');
    expect(record.stack).toContain('{"code":"ECONNREFUSED","port":5432}');
    expect(parse('text', withCode)).toMatchObject({
      message: 'text\nError: refused',
      stack: withCode.stack,
      data: { code: 'ECONNREFUSED', port: 5432 },
    });
  });

  it('has a stack once that is given twice', () => {
    expect(parseCall('error', boom, [boom.stack, 'Ctx']).stack).toBe(boom.stack);
    expect(parseCall('error', boom, [STACK, 'Ctx']).stack).toBe(`${STACK}\n${boom.stack}`);
  });

  it('has no fields for what is not there', () => {
    expect(Object.keys(parse('text'))).toEqual(['level', 'message']);
    expect(Object.keys(parseCall('error', 'text', [undefined, 'Ctx'])).sort()).toEqual([
      'context',
      'level',
      'message',
    ]);
  });

  it('calls a lazy argument once', () => {
    let calls = 0;
    const lazy = (): string => `call ${++calls}`;
    expect(parse('text', lazy, 'Ctx').message).toBe('text\ncall 1');
    expect(calls).toBe(1);
  });

  it('keeps the other arguments when one of them cannot be looked at', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const level of LOG_LEVELS)
      expect(parseCall(level, 'text', [proxy, 'Ctx'])).toMatchObject({ message: 'text', context: 'Ctx' });
  });
});
