import { jest } from '@jest/globals';
import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import { type LogRecord } from '../domain/log-entry.js';
import { LOG_LEVELS, type LogLevel } from '../domain/log-level.js';
import { toJsonText } from '../domain/to-json-text.js';
import { LogConsoleLogger, type LogTarget } from './log-console.logger.js';

/** A ring that, as the real one does, serialises data at the call. */
class Ring implements LogTarget {
  readonly records: LogRecord[] = [];
  rejected = 0;

  append(record: LogRecord): void {
    const { json } = toJsonText(record.data, 10_000);
    this.records.push(record.data === undefined ? record : { ...record, data: JSON.parse(json) as unknown });
  }

  reject(): void {
    this.rejected++;
  }

  get messages(): string[] {
    return this.records.map(({ message }) => message);
  }
}

/** A host's logger that remembers the arguments it was called with, level first. */
class Host implements LoggerService {
  readonly calls: unknown[][] = [];
  readonly levels: unknown[] = [];

  log = (...args: unknown[]): void => this.print('log', args);
  error = (...args: unknown[]): void => this.print('error', args);
  warn = (...args: unknown[]): void => this.print('warn', args);
  debug = (...args: unknown[]): void => this.print('debug', args);
  verbose = (...args: unknown[]): void => this.print('verbose', args);
  fatal = (...args: unknown[]): void => this.print('fatal', args);
  setLogLevels = (levels: unknown): void => void this.levels.push(levels);

  protected print(level: LogLevel, args: unknown[]): void {
    this.calls.push([level, ...args]);
  }
}

/** A host's logger that does something while it prints. */
class BusyHost extends Host {
  constructor(readonly doing: (args: unknown[]) => void) {
    super();
  }

  protected override print(level: LogLevel, args: unknown[]): void {
    super.print(level, args);
    this.doing(args);
  }
}

function broken(): Host {
  return new BusyHost(() => {
    throw new Error('disk full');
  });
}

describe('a log call', () => {
  it.each(LOG_LEVELS)('%s() is captured once by every ring and forwarded once to every logger', (level) => {
    const rings = [new Ring(), new Ring()];
    const hosts = [new Host(), new Host()];
    new LogConsoleLogger(rings, hosts)[level]('text', 'Ctx');
    for (const ring of rings) expect(ring.records).toEqual([{ level, context: 'Ctx', message: 'text' }]);
    for (const host of hosts) expect(host.calls).toEqual([[level, 'text', 'Ctx']]);
  });

  it('is captured before it is forwarded', () => {
    const ring = new Ring();
    const seen: number[] = [];
    new LogConsoleLogger([ring], [new BusyHost(() => seen.push(ring.records.length))]).log('text');
    expect(seen).toEqual([1]);
  });

  it.each(LOG_LEVELS)('%s() is forwarded with its own arguments, not with copies', (level) => {
    const host = new Host();
    const args = [{ a: 1 }, [1], new Error('boom'), new Map(), undefined, 'Ctx'];
    new LogConsoleLogger([new Ring()], [host])[level](...(args as [unknown]));
    const [given] = host.calls.map((call) => call.slice(1));
    expect(given).toHaveLength(args.length);
    for (const [index, arg] of args.entries()) expect(given[index]).toBe(arg);
  });

  it('needs no one to capture, nor to forward to', () => {
    const ring = new Ring();
    new LogConsoleLogger([ring]).log('only captured');
    expect(ring.messages).toEqual(['only captured']);
    const host = new Host();
    new LogConsoleLogger([], [host]).log('only forwarded');
    expect(host.calls).toEqual([['log', 'only forwarded']]);
  });

  it('is captured at levels that a forwarded logger does not know', () => {
    const ring = new Ring();
    const lines: unknown[] = [];
    const print = (message: unknown): number => lines.push(message);
    const logger = new LogConsoleLogger([ring], [{ log: print, warn: print, error: print }]);
    for (const level of LOG_LEVELS) logger[level](level);
    expect(ring.messages).toEqual([...LOG_LEVELS]);
    expect(lines).toEqual(['log', 'warn', 'error']);
  });

  it('lets it be known while a line is forwarded, and only then', () => {
    const seen: boolean[] = [];
    const host = new BusyHost(() => {
      seen.push(logger.forwarding);
      throw new Error('disk full');
    });
    const watcher = { append: () => seen.push(logger.forwarding), reject: () => undefined };
    const logger = new LogConsoleLogger([watcher], [host]);
    logger.log('text');
    expect(seen).toEqual([false, true, true]); // the ring, the host, the notice that it threw
    expect(logger.forwarding).toBe(false);
  });
});

describe('a record from elsewhere', () => {
  it('goes to every ring, and to nobody else', () => {
    const rings = [new Ring(), new Ring()];
    const host = new Host();
    const record: LogRecord = { level: 'warn', context: 'process', message: 'careful' };
    new LogConsoleLogger(rings, [host]).capture(record);
    for (const ring of rings) expect(ring.records).toEqual([record]);
    expect(host.calls).toEqual([]);
  });
});

describe('a lazy message', () => {
  /** A logger as Nest's, that shows what it would print. */
  class Printing extends ConsoleLogger {
    readonly printed: unknown[] = [];
    constructor() {
      super({ logLevels: [...LOG_LEVELS] });
    }
    protected override printMessages(messages: unknown[], context?: string): void {
      this.printed.push([...messages.map((message) => this.resolveMessage(message)), { context }]);
    }
  }

  it('is called once, for all rings and all loggers', () => {
    let calls = 0;
    const rings = [new Ring(), new Ring()];
    const host = new Host();
    const nest = new Printing();
    new LogConsoleLogger(rings, [host, nest]).log(() => `call ${++calls}`, 'Ctx');
    for (const ring of rings)
      expect(ring.records).toEqual([{ level: 'log', context: 'Ctx', message: 'call 1' }]);
    expect(host.calls).toEqual([['log', 'call 1', 'Ctx']]);
    expect(nest.printed).toEqual([['call 1', { context: 'Ctx' }]]);
    expect(calls).toBe(1);
  });

  it('among the parameters is called once, too, and is no context', () => {
    let calls = 0;
    const ring = new Ring();
    const nest = new Printing();
    new LogConsoleLogger([ring], [nest]).log('text', () => `call ${++calls}`);
    expect(ring.records).toEqual([{ level: 'log', message: 'text\ncall 1' }]);
    expect(nest.printed).toEqual([['text', 'call 1', { context: undefined }]]);
    expect(calls).toBe(1);
  });

  it('that throws is marked, in the ring and for the loggers, and the rest of the line is kept', () => {
    const ring = new Ring();
    const nest = new Printing();
    const fails = (): never => {
      throw new Error('no');
    };
    const logger = new LogConsoleLogger([ring], [nest]);
    logger.log(fails, { a: 1 }, 'Ctx');
    logger.log('text', fails, 'Ctx');
    expect(ring.records).toEqual([
      { level: 'log', context: 'Ctx', message: '[Threw: no]', data: { a: 1 } },
      { level: 'log', context: 'Ctx', message: 'text\n[Threw: no]' },
    ]);
    expect(nest.printed).toEqual([
      ['[Threw: no]', { context: 'Ctx' }],
      ['text', '[Threw: no]', { context: 'Ctx' }],
    ]);
  });

  it('is not what a class is: its name is shown', () => {
    class Warehouse {
      static built = 0;
      constructor() {
        Warehouse.built++;
      }
    }
    const ring = new Ring();
    const nest = new Printing();
    const logger = new LogConsoleLogger([ring], [nest]);
    logger.log(Warehouse, 'Ctx');
    logger.log('text', Warehouse);
    expect(ring.records).toEqual([
      { level: 'log', context: 'Ctx', message: 'Warehouse' },
      { level: 'log', message: 'text\nWarehouse' },
    ]);
    expect(nest.printed).toEqual([
      ['Warehouse', { context: 'Ctx' }],
      ['text', 'Warehouse', { context: undefined }],
    ]);
    expect(Warehouse.built).toBe(0);
  });
});

describe('a forwarded logger that throws', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const notice = {
    level: 'error',
    context: 'LogConsole',
    message: 'A forwarded logger threw: [Threw: disk full]',
  };

  it('is not noticed by the caller, nor by the other loggers, and gives one notice', () => {
    const ring = new Ring();
    const others = [new Host(), new Host()];
    const logger = new LogConsoleLogger([ring], [others[0], broken(), others[1]]);
    for (const level of LOG_LEVELS) expect(() => logger[level](level)).not.toThrow();
    for (const { calls } of others) expect(calls).toEqual(LOG_LEVELS.map((level) => [level, level]));
    expect(ring.records.filter(({ context }) => context === 'LogConsole')).toEqual([notice]);
    expect(ring.records).toHaveLength(LOG_LEVELS.length + 1);
  });

  it('gives another notice after ten seconds, not before', () => {
    const ring = new Ring();
    const logger = new LogConsoleLogger([ring], [broken()]);
    const notices = (): number => ring.records.filter(({ context }) => context === 'LogConsole').length;
    logger.log('one');
    jest.advanceTimersByTime(9_999);
    logger.log('two');
    expect(notices()).toBe(1);
    jest.advanceTimersByTime(1);
    logger.log('three');
    expect(notices()).toBe(2);
  });

  it('may throw anything', () => {
    for (const thrown of [undefined, 'text', { toString: null }, Object.create(null)]) {
      const ring = new Ring();
      const throws = new BusyHost(() => {
        throw thrown;
      });
      new LogConsoleLogger([ring], [throws]).log('text');
      expect(ring.records).toHaveLength(2);
      expect(ring.messages[1]).toMatch(/^A forwarded logger threw: \[Threw: .+\]$/);
    }
  });
});

describe('the levels set on it', () => {
  it('reach the loggers that know levels, and change nothing of what is captured', () => {
    const ring = new Ring();
    const [first, second] = [new Host(), new Host()];
    const plain = { log: () => undefined, warn: () => undefined, error: () => undefined };
    const logger = new LogConsoleLogger([ring], [first, plain, second]);
    logger.setLogLevels(['error']);
    for (const { levels } of [first, second]) expect(levels).toEqual([['error']]);
    for (const level of LOG_LEVELS) logger[level](level);
    expect(ring.messages).toEqual([...LOG_LEVELS]);
  });
});

describe('a line logged while a line is written', () => {
  it('by a getter is captured and forwarded, what that one logs is refused, and counted', () => {
    const rings = [new Ring()];
    const host = new Host();
    const logger = new LogConsoleLogger(rings, [host]);
    const value = {
      get stock() {
        logger.log('again', value, 'Ctx');
        return 3;
      },
      inner: {}, // or it would be copied, not serialised
    };
    logger.log('first', value, 'Ctx');
    expect(rings[0].messages).toEqual(['again', 'first']);
    expect(rings[0].records.map(({ data }) => data)).toEqual([
      { stock: 3, inner: {} },
      { stock: 3, inner: {} },
    ]);
    expect(host.calls.map(([, message]) => message)).toEqual(['again', 'first']);
    expect(rings[0].rejected).toBe(1);
  });

  it('by a lazy message that logs itself for ever ends, and is counted', () => {
    const ring = new Ring();
    const host = new Host();
    const logger = new LogConsoleLogger([ring], [host]);
    let calls = 0;
    const lazy = (): string => {
      calls++;
      logger.log(lazy);
      return 'lazy';
    };
    logger.log(lazy);
    expect(ring.messages).toEqual(['lazy', 'lazy']);
    expect(host.calls).toHaveLength(2);
    expect(ring.rejected).toBe(1);
    expect(calls).toBe(2);
  });

  it('by a forwarded logger that logs for ever ends, and is counted', () => {
    const rings = [new Ring(), new Ring()];
    const host = new BusyHost(() => logger.error('cannot print'));
    const logger = new LogConsoleLogger(rings, [host]);
    logger.log('text');
    for (const ring of rings) {
      expect(ring.messages).toEqual(['text', 'cannot print']);
      expect(ring.rejected).toBe(1);
    }
    expect(host.calls).toEqual([
      ['log', 'text'],
      ['error', 'cannot print'],
    ]);
  });

  it('by a forwarded logger that hands on to this one again ends, too', () => {
    const ring = new Ring();
    const logger = new LogConsoleLogger([ring]);
    logger.forwards = [logger];
    logger.log('text');
    expect(ring.messages).toEqual(['text', 'text']);
    expect(ring.rejected).toBe(1);
  });

  it('by a getter that a forwarded logger reads ends, and is counted', () => {
    const ring = new Ring();
    const host = new BusyHost((args) => JSON.stringify(args));
    const logger = new LogConsoleLogger([ring], [host]);
    const value = {
      inner: {},
      get stock() {
        logger.log('again', value);
        return 3;
      },
    };
    logger.log('first', value);
    expect(new Set(ring.messages)).toEqual(new Set(['first', 'again']));
    expect(ring.records.length).toBeLessThan(10);
    expect(host.calls).toHaveLength(ring.records.length);
    expect(ring.rejected).toBeGreaterThan(0);
  });

  it('leaves nothing behind: the next line is written as any other', () => {
    const ring = new Ring();
    const host = broken();
    const logger = new LogConsoleLogger([ring], [host]);
    const lazy = (): string => {
      logger.log(lazy);
      throw new Error('no');
    };
    for (let times = 0; times < 5; times++) logger.log(lazy);
    const [captured, rejected, forwarded] = [ring.records.length, ring.rejected, host.calls.length];
    logger.log('next');
    expect(ring.records).toHaveLength(captured + 1);
    expect(ring.messages.at(-1)).toBe('next');
    expect(host.calls).toHaveLength(forwarded + 1);
    expect(ring.rejected).toBe(rejected);
  });
});

describe('hostile values', () => {
  const fails = (): never => {
    throw new Error('no');
  };
  const everyTrap = (target: object): object => new Proxy(target, new Proxy({}, { get: () => fails }));
  const revoked = (target: object): object => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  const throwing = (target: object, ...keys: PropertyKey[]): object =>
    Object.defineProperties(
      target,
      Object.fromEntries(keys.map((key) => [key, { get: fails, enumerable: true }])),
    );
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const circle = new Error('circle');
  circle.cause = circle;

  const VALUES: Record<string, unknown> = {
    'a revoked proxy': revoked({}),
    'a revoked proxy of an error': revoked(new Error('x')),
    'a revoked proxy of a function': revoked(() => 0),
    'a revoked proxy of a class': revoked(class {}),
    'a proxy whose every trap throws': everyTrap({}),
    'a function whose every trap throws': everyTrap(() => 0),
    'an error whose every trap throws': everyTrap(new Error('x')),
    // The stack first: V8 makes it, of name and message, when it is replaced.
    'an error whose every property throws': throwing(
      new Error('x'),
      'stack',
      'name',
      'message',
      'cause',
      'x',
    ),
    'an error whose errors throw': throwing(new Error('x'), 'errors'),
    'an error whose errors are a revoked proxy': Object.assign(new Error('x'), { errors: revoked([]) }),
    'an error whose cause is a revoked proxy': new Error('x', { cause: revoked({}) }),
    'an error that is its own cause': circle,
    'an error with a symbol for a message': Object.assign(new Error(), { message: Symbol('s') }),
    'an error with an object for a stack': Object.assign(new Error('x'), {
      stack: Object.create(null) as unknown,
    }),
    'a getter that throws': throwing({}, 'a'),
    'a toJSON that throws': { toJSON: fails },
    'a toString that throws': { toString: fails, valueOf: fails, [Symbol.toPrimitive]: fails },
    'a tag that throws': throwing({}, Symbol.toStringTag),
    'a constructor that throws': throwing(Object.create({}) as object, 'constructor'),
    'a function whose name throws': throwing(() => fails, 'name'),
    'a function whose text throws': throwing(() => 0, 'toString'),
    'a class whose name throws': throwing(class {}, 'name'),
    'a lazy message that throws': fails,
    'a lazy message that throws nothing': () => {
      throw undefined;
    },
    'a cycle': cyclic,
    'an object without a prototype': Object.create(null) as unknown,
    'a symbol': Symbol('s'),
    'a BigInt': 10n,
    'half of a pair': '\ud800',
    'a NUL': '\0',
    'an invalid date': new Date(NaN),
    'an array that claims to be long': { length: 2 ** 53, [Symbol.iterator]: fails },
    'a sparse array': Object.assign([], { length: 2 ** 32 - 1 }),
    'a promise that rejects': Promise.reject(new Error('x'))
      .catch(fails)
      .catch(() => 0),
    'a global': globalThis,
  };

  describe.each(LOG_LEVELS)('%s()', (level) => {
    it.each(Object.entries(VALUES))('takes %s, alone and among others, without losing them', (_, value) => {
      const ring = new Ring();
      const host = new Host();
      const logger = new LogConsoleLogger([ring], [host]);
      const calls = [
        [value],
        [value, 'Ctx'],
        ['text', value],
        ['text', value, 'Ctx'],
        ['text', { value }, [value], 'Ctx'],
        [value, undefined, 'Ctx'],
        [value, value, value, 'Ctx'],
      ];
      for (const call of calls) expect(() => logger[level](...(call as [unknown]))).not.toThrow();
      expect(ring.records).toHaveLength(calls.length);
      expect(host.calls).toHaveLength(calls.length);
      for (const [index, call] of calls.entries()) {
        const record = ring.records[index];
        expect(record.level).toBe(level);
        expect(typeof record.message).toBe('string');
        if (call[0] === 'text') expect(record.message).toMatch(/^text/);
        if (call.at(-1) === 'Ctx') expect(record.context).toBe('Ctx');
      }
    });
  });

  it('may be everything at once', () => {
    const ring = new Ring();
    expect(() => new LogConsoleLogger([ring]).log(...(Object.values(VALUES) as [unknown]))).not.toThrow();
    expect(ring.records).toHaveLength(1);
  });
});
