import { jest } from '@jest/globals';
import { Logger, type LoggerService } from '@nestjs/common';
import { type LogRecord } from '../domain/log-entry.js';
import { toJsonText } from '../domain/to-json-text.js';
import { type LogTarget } from './log-console.logger.js';
import { LoggerTap, type TapClient } from './logger-tap.js';

/** Reads what Nest keeps for itself. */
class CurrentLogger extends Logger {
  static get(): LoggerService | undefined {
    return this.staticInstanceRef;
  }
}

class Ring implements LogTarget {
  readonly records: LogRecord[] = [];
  rejected = 0;

  append(record: LogRecord): void {
    this.records.push(record);
  }

  reject(): void {
    this.rejected++;
  }

  get messages(): string[] {
    return this.records.map(({ message }) => message);
  }
}

/** A host's logger that remembers its lines. */
class Host implements LoggerService {
  readonly lines: unknown[] = [];
  readonly levels: unknown[] = [];

  log = (message: unknown): void => void this.lines.push(message);
  error = this.log;
  warn = this.log;
  setLogLevels = (levels: unknown): void => void this.levels.push(levels);
}

interface Client extends TapClient {
  readonly target: Ring;
}

function client(wishes: Partial<TapClient> = {}): Client {
  return { forward: undefined, attach: true, console: false, process: false, ...wishes, target: new Ring() };
}

const before = CurrentLogger.get();
const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
const consoleBefore = METHODS.map((method) => console[method]);
const EVENTS = ['warning', 'uncaughtExceptionMonitor', 'unhandledRejection', 'uncaughtException'] as const;
const listeners = (): number[] => EVENTS.map((event) => process.listenerCount(event));
const listenersBefore = listeners();

let tap: LoggerTap;
let host: Host;
let added: TapClient[];

/** Adds an application that is removed again after the test, whatever happens in it. */
function add<T extends TapClient>(newcomer: T): T {
  added.push(newcomer);
  tap.add(newcomer);
  return newcomer;
}

beforeEach(() => {
  tap = new LoggerTap();
  host = new Host();
  added = [];
  Logger.overrideLogger(host);
});

afterEach(() => {
  for (const one of added) tap.remove(one);
  Logger.overrideLogger(before ?? false);
  for (const [index, method] of METHODS.entries()) console[method] = consoleBefore[index];
});

describe('attaching', () => {
  it('swaps our logger in, which captures each line once and hands it on once', () => {
    const { target } = add(client());
    expect(CurrentLogger.get()).toBe(tap.logger);
    new Logger('Ctx').log('text');
    Logger.warn('static');
    expect(target.records).toEqual([
      { level: 'log', context: 'Ctx', message: 'text' },
      { level: 'warn', message: 'static' },
    ]);
    expect(host.lines).toEqual(['text', 'static']);
  });

  it('again and again changes nothing', () => {
    tap.attach();
    tap.attach();
    const { target } = add(client());
    tap.attach();
    Logger.log('text');
    expect(tap.logger.forwards).toEqual([host]);
    expect(target.messages).toEqual(['text']);
    expect(host.lines).toEqual(['text']);
  });

  it('after somebody else has put in a logger hands on to that one, and gives that one back', () => {
    const one = add(client());
    const theirs = new Host();
    Logger.overrideLogger(theirs);
    Logger.log('unseen');
    tap.attach();
    Logger.log('seen');
    expect(one.target.messages).toEqual(['seen']);
    expect(theirs.lines).toEqual(['unseen', 'seen']);
    expect(host.lines).toEqual([]);
    tap.remove(one);
    expect(CurrentLogger.get()).toBe(theirs);
  });

  it('where logging is off captures, prints nothing, and leaves it off', () => {
    Logger.overrideLogger(false);
    const one = add(client());
    Logger.log('text');
    expect(one.target.messages).toEqual(['text']);
    expect(tap.logger.forwards).toEqual([]);
    tap.remove(one);
    expect(CurrentLogger.get()).toBeUndefined();
  });

  it('around a logger that hands back to ours does not go round for ever', () => {
    Logger.overrideLogger({ log: tap.logger.log.bind(tap.logger), warn: host.warn, error: host.error });
    const { target } = add(client());
    Logger.log('text');
    expect(new Set(target.messages)).toEqual(new Set(['text']));
    expect(target.rejected).toBe(1);
  });

  it('leaves the levels to the logger that was there', () => {
    const { target } = add(client());
    CurrentLogger.get()?.setLogLevels?.(['error']);
    expect(host.levels).toEqual([['error']]);
    Logger.debug('still captured');
    expect(target.messages).toEqual(['still captured']);
  });
});

describe('early lines, from before the first application,', () => {
  it('reach it first, in order, and only it', () => {
    tap.attach();
    new Logger('Boot').log('one');
    new Logger('Boot').warn('two');
    const first = add(client());
    const second = add(client());
    Logger.log('three');
    expect(first.target.records).toMatchObject([
      { level: 'log', context: 'Boot', message: 'one' },
      { level: 'warn', context: 'Boot', message: 'two' },
      { level: 'log', message: 'three' },
    ]);
    expect(second.target.messages).toEqual(['three']);
    expect(host.lines).toEqual(['one', 'two', 'three']);
  });

  it('have the times of their calls', () => {
    jest.useFakeTimers({ now: Date.parse('2026-11-20T08:15:42.113Z') });
    try {
      tap.attach();
      Logger.log('one');
      jest.setSystemTime(Date.parse('2026-11-20T08:15:43.000Z'));
      Logger.log('two');
      jest.setSystemTime(Date.parse('2026-11-20T09:00:00.000Z'));
      const { target } = add(client());
      Logger.log('three');
      expect(target.records.map(({ time }) => time)).toEqual([
        '2026-11-20T08:15:42.113Z',
        '2026-11-20T08:15:43.000Z',
        undefined, // now: the store's clock
      ]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('have their data as it was at the call', () => {
    tap.attach();
    const order = { state: 'new', lines: [{ sku: 'AB-444' }], note: undefined as unknown };
    Logger.log('order', order);
    order.state = 'sent';
    order.lines[0].sku = 'changed';
    const { target } = add(client());
    expect(target.records[0].data).toEqual({
      state: 'new',
      lines: [{ sku: 'AB-444' }],
      note: '[undefined]',
    });
  });

  it('say how many keys and items were left out, also when their data is serialised again', () => {
    tap.attach();
    const keys = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, index]));
    Logger.log('wide', { keys, items: Object.values(keys), fits: Array(199).fill(0) });
    const { target } = add(client());
    const { data, truncated } = target.records[0] as { data: Record<string, object>; truncated?: unknown };
    const again = JSON.parse(toJsonText(data, 100_000).json) as unknown;
    expect(again).toEqual(data);
    expect(data).toMatchObject({ keys: { k198: 198, '…': '+801 keys' } });
    expect(Object.values(data.items).at(-1)).toBe('+801 items');
    expect(data.fits).toEqual(Array(199).fill(0));
    expect(truncated).toBeUndefined();
  });

  it('say how many bytes of long data were cut', () => {
    tap.attach();
    Logger.log('läng', { text: '€'.repeat(10_000) }, 'Ctx');
    const { target } = add(client());
    const [{ message, data, truncated }] = target.records;
    const { text } = data as { text: string };
    expect(text.length).toBeGreaterThan(5000);
    expect(text.length).toBeLessThan(6000);
    const kept = Buffer.byteLength(message + JSON.stringify(data));
    expect(truncated).toEqual({ bytes: kept + 30_000 - Buffer.byteLength(text), kept });
  });

  it('are 1000; more are counted, and it is said', () => {
    tap.attach();
    for (let line = 0; line < 1234; line++) Logger.log(`line ${line}`);
    const { target } = add(client());
    expect(target.records).toHaveLength(1001);
    expect(target.messages.slice(998, 1000)).toEqual(['line 998', 'line 999']);
    expect(target.records[1000]).toMatchObject({ level: 'warn', context: 'LogConsole' });
    expect(target.messages[1000]).toContain('234 early lines');
    expect(target.rejected).toBe(234);
    expect(host.lines).toHaveLength(1234);
  });

  it('that were refused are counted, too', () => {
    tap.attach();
    const lazy = (): string => {
      Logger.log(lazy);
      return 'lazy';
    };
    Logger.log(lazy);
    const { target } = add(client());
    expect(target.messages.slice(0, 2)).toEqual(['lazy', 'lazy']);
    expect(target.rejected).toBe(1);
  });

  it('are none for an application that is not the first, nor are those of an earlier one', () => {
    const first = add(client());
    Logger.log('for the first');
    tap.remove(first);
    const second = add(client());
    expect(second.target.messages).toEqual([]);
    Logger.log('for the second');
    expect(second.target.messages).toEqual(['for the second']);
    expect(first.target.messages).toEqual(['for the first']);
  });

  it('are kept between two applications, too', () => {
    tap.remove(add(client()));
    tap.attach();
    Logger.log('between');
    expect(add(client()).target.messages).toEqual(['between']);
  });
});

describe('several applications', () => {
  it('each get each line once, and it is handed on once', () => {
    const all = [add(client()), add(client()), add(client())];
    Logger.log('text');
    for (const { target } of all) expect(target.messages).toEqual(['text']);
    expect(host.lines).toEqual(['text']);
  });

  it('have each line handed on once to each logger they name', () => {
    const [own, shared] = [new Host(), new Host()];
    add(client({ forward: own }));
    add(client({ forward: shared }));
    add(client({ forward: shared }));
    add(client({ forward: false }));
    add(client({ forward: tap.logger }));
    Logger.log('text');
    expect(own.lines).toEqual(['text']);
    expect(shared.lines).toEqual(['text']);
    expect(host.lines).toEqual([]); // nobody wanted the logger that was there
    add(client());
    Logger.log('more');
    expect(host.lines).toEqual(['more']);
    expect(shared.lines).toEqual(['text', 'more']);
  });

  it('that all want no printing get none', () => {
    const { target } = add(client({ forward: false }));
    Logger.log('text');
    expect(target.messages).toEqual(['text']);
    expect(host.lines).toEqual([]);
  });

  it('leave one by one: the others go on, and after the last the logger that was there is back', () => {
    const [first, second] = [add(client()), add(client({ forward: false }))];
    Logger.log('both');
    tap.remove(first);
    expect(CurrentLogger.get()).toBe(tap.logger);
    Logger.log('second');
    expect(first.target.messages).toEqual(['both']);
    expect(second.target.messages).toEqual(['both', 'second']);
    expect(host.lines).toEqual(['both']);
    tap.remove(second);
    expect(CurrentLogger.get()).toBe(host);
    Logger.log('nobody');
    expect(second.target.messages).toEqual(['both', 'second']);
    expect(host.lines).toEqual(['both', 'nobody']);
  });

  it('may leave twice, or without having come', () => {
    const [first, second] = [add(client()), add(client())];
    tap.remove(first);
    tap.remove(first);
    tap.remove(client());
    expect(CurrentLogger.get()).toBe(tap.logger);
    Logger.log('text');
    expect(second.target.messages).toEqual(['text']);
  });

  it('leave a logger alone that somebody else has put in since', () => {
    const one = add(client());
    const theirs = new Host();
    Logger.overrideLogger(theirs);
    tap.remove(one);
    expect(CurrentLogger.get()).toBe(theirs);
    Logger.log('text');
    expect(theirs.lines).toEqual(['text']);
    expect(one.target.messages).toEqual([]);
  });
});

describe('an application that does not want our logger swapped in', () => {
  const shy = (wishes: Partial<TapClient> = {}): Client => client({ attach: false, ...wishes });

  it('keeps the logger that is there', () => {
    const one = add(shy());
    expect(CurrentLogger.get()).toBe(host);
    Logger.log('text');
    expect(one.target.messages).toEqual([]);
    tap.remove(one);
    expect(CurrentLogger.get()).toBe(host);
  });

  it('may put it in itself: lines are captured and printed as before, and at the end all is as it was', () => {
    const one = add(shy());
    Logger.overrideLogger(tap.logger);
    Logger.log('text');
    expect(one.target.messages).toEqual(['text']);
    expect(host.lines).toEqual(['text']);
    tap.remove(one);
    expect(CurrentLogger.get()).toBe(host);
  });

  it('has the logger back that was swapped in ahead of it, and gets the lines of that time', () => {
    tap.attach();
    Logger.log('early');
    const one = add(shy());
    tap.release();
    expect(CurrentLogger.get()).toBe(host);
    expect(one.target.messages).toEqual(['early']);
    Logger.overrideLogger(tap.logger);
    Logger.log('text');
    expect(one.target.messages).toEqual(['early', 'text']);
    expect(host.lines).toEqual(['early', 'text']);
  });

  it('takes our logger from no other application', () => {
    const other = add(client());
    add(shy());
    tap.release();
    expect(CurrentLogger.get()).toBe(tap.logger);
    Logger.log('text');
    expect(other.target.messages).toEqual(['text']);
  });

  it('takes it from no other application that has put it in itself', () => {
    tap.attach();
    const other = add(shy());
    tap.release();
    Logger.overrideLogger(tap.logger);
    tap.attach();
    add(shy());
    tap.release();
    expect(CurrentLogger.get()).toBe(tap.logger);
    Logger.log('text');
    expect(other.target.messages).toEqual(['text']);
    expect(host.lines).toEqual(['text']);
  });
});

describe('calls of console', () => {
  let printed: unknown[][];

  beforeEach(() => {
    printed = [];
    for (const method of METHODS) console[method] = (...args: unknown[]) => void printed.push(args);
  });

  it('reach the applications that want them, and no other', () => {
    const [wants, not] = [add(client({ console: true })), add(client())];
    console.warn('low: %d', 3);
    expect(wants.target.records).toEqual([{ level: 'warn', context: 'console', message: 'low: 3' }]);
    expect(not.target.records).toEqual([]);
    expect(printed).toEqual([['low: %d', 3]]);
  });

  it('are captured once per application, also when several want them', () => {
    const all = [add(client({ console: true })), add(client({ console: true }))];
    console.log('text');
    for (const { target } of all) expect(target.messages).toEqual(['text']);
    expect(printed).toEqual([['text']]);
  });

  it('are left alone before the first application wants them, and after the last has left', () => {
    const untouched = METHODS.map((method) => console[method]);
    const [not, one, two] = [client(), client({ console: true }), client({ console: true })];
    add(not);
    expect(METHODS.map((method) => console[method])).toEqual(untouched);
    add(one);
    add(two);
    expect(console.log).not.toBe(untouched[0]);
    tap.remove(one);
    console.log('text');
    expect(one.target.messages).toEqual([]);
    expect(two.target.messages).toEqual(['text']);
    tap.remove(two);
    for (const [index, method] of METHODS.entries()) expect(console[method]).toBe(untouched[index]);
  });

  it('by a logger that prints our lines are those lines, not others', () => {
    const print = (text: unknown): void => console.log(text);
    const printer = { log: print, warn: print, error: print };
    const { target } = add(client({ console: true, forward: printer }));
    Logger.log('text');
    console.log('another');
    expect(target.messages).toEqual(['text', 'another']);
    expect(printed).toEqual([['text'], ['another']]);
  });

  it('by a logger that prints what is no line of ours are captured nowhere', () => {
    const print = (text: unknown): void => console.log(text);
    const printer = { log: print, warn: print, error: print };
    const { target } = add(client({ console: true, forward: printer }));
    tap.print(printer, 'warn', 'text');
    expect(printed).toEqual([['text']]);
    expect(target.messages).toEqual([]);
  });

  it('by Node for a warning are that warning, where warnings are captured', () => {
    const both = add(client({ console: true, process: true }));
    console.error(`(node:${process.pid}) StockWarning: careful`);
    expect(both.target.messages).toEqual([]);
    tap.remove(both);
    const one = add(client({ console: true }));
    console.error(`(node:${process.pid}) StockWarning: careful`);
    expect(one.target.messages).toEqual([`(node:${process.pid}) StockWarning: careful`]);
  });
});

describe('what is printed for one application', () => {
  it('goes to whom it names, else to the logger that was there, and to nobody where it wants nobody', () => {
    const own = new Host();
    const { target } = add(client({ forward: own }));
    tap.print(own, 'log', 'to its own');
    tap.print(undefined, 'warn', 'to the one that was there');
    tap.print(false, 'error', 'to nobody');
    tap.print(tap.logger, 'log', 'to nobody either');
    expect([own.lines, host.lines]).toEqual([['to its own'], ['to the one that was there']]);
    expect(target.messages).toEqual([]);
  });

  it('goes to the logger of an application that did not take ours', () => {
    add(client({ attach: false }));
    const theirs = new Host();
    Logger.overrideLogger(theirs);
    tap.print(undefined, 'log', 'text');
    expect([theirs.lines, host.lines]).toEqual([['text'], []]);
  });

  it('does no harm where the logger throws', () => {
    const broken = new Host();
    broken.warn = () => {
      throw new Error('broken');
    };
    const { target } = add(client({ forward: broken }));
    expect(() => tap.print(broken, 'warn', 'text')).not.toThrow();
    expect(target.messages).toEqual(['A forwarded logger threw: [Threw: broken]']);
  });
});

describe('warnings and crashes', () => {
  it('reach the applications that want them, once, and no other', () => {
    const all = [add(client({ process: true })), add(client({ process: true }))];
    const not = add(client());
    process.emit('warning', new Error('careful'));
    for (const { target } of all) expect(target.messages).toEqual(['Error: careful']);
    expect(not.target.records).toEqual([]);
  });

  it('are listened to while somebody wants them: one listener each, none that would stop a crash', () => {
    add(client());
    expect(listeners()).toEqual(listenersBefore);
    const [one, two] = [add(client({ process: true })), add(client({ process: true }))];
    const [warning, monitor, ...deciding] = listenersBefore;
    expect(listeners()).toEqual([warning + 1, monitor + 1, ...deciding]);
    tap.remove(one);
    expect(listeners()).toEqual([warning + 1, monitor + 1, ...deciding]);
    tap.remove(two);
    expect(listeners()).toEqual(listenersBefore);
  });
});

describe('the tap of this process', () => {
  const HUB = Symbol.for('nestjs-log-console');
  const global = globalThis as { [HUB]?: LoggerTap };
  const hub = global[HUB];

  afterEach(() => {
    if (hub) global[HUB] = hub;
    else Reflect.deleteProperty(global, HUB);
  });

  it('is one, for all copies of this package', () => {
    Reflect.deleteProperty(global, HUB);
    const first = LoggerTap.get();
    expect(LoggerTap.get()).toBe(first);
    expect(global[HUB]).toBe(first);
    global[HUB] = tap;
    expect(LoggerTap.get()).toBe(tap);
  });
});
