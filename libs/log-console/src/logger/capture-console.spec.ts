import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { type LogRecord } from '../domain/log-entry.js';
import { captureConsole } from './capture-console.js';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

let printed = '';
let records: LogRecord[] = [];
let stops: (() => void)[] = [];
const jestConsole = globalThis.console;

/** Node's own console, that prints into a text. */
beforeEach(() => {
  printed = '';
  records = [];
  stops = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done): void {
      printed += chunk;
      done();
    },
  });
  globalThis.console = new Console(stream, stream);
});

afterEach(() => {
  for (const stop of stops) stop();
  globalThis.console = jestConsole;
});

function capture(ignores: (text: string) => boolean = () => false, also?: () => void): () => void {
  const stop = captureConsole((record) => {
    records.push(record);
    also?.();
  }, ignores);
  stops.push(stop);
  return stop;
}

const messages = (): string[] => records.map(({ message }) => message);

describe('a call of console', () => {
  it.each([
    ['log', 'log'],
    ['info', 'log'],
    ['warn', 'warn'],
    ['error', 'error'],
    ['debug', 'debug'],
  ] as const)('.%s is captured once, with level %s, and printed once', (method, level) => {
    capture();
    console[method]('stock of %s: %d', 'AB-444', 3, { low: true });
    expect(records).toEqual([{ level, context: 'console', message: 'stock of AB-444: 3 { low: true }' }]);
    expect(printed).toBe('stock of AB-444: 3 { low: true }\n');
  });

  it('.trace is captured once, with its stack, although it prints through .error', () => {
    capture();
    console.trace('here');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ level: 'debug', context: 'console', message: 'here' });
    expect(records[0].stack).toContain('capture-console.spec');
    expect(printed).toMatch(/^Trace: here\n {4}at /);
  });

  it('that prints through another is captured once', () => {
    capture();
    console.assert(false, 'wrong');
    console.table([{ a: 1 }]);
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({ level: 'warn', message: 'Assertion failed: wrong' });
  });

  it('prints what it would print without us', () => {
    const say = (): string => {
      printed = '';
      console.log('one', 2, [3], new Error('four').message);
      console.error();
      console.warn('%o', { five: 5 });
      return printed;
    };
    const before = say();
    capture();
    expect(say()).toBe(before);
    expect(records).toHaveLength(3);
  });

  it('is captured without colours', () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
    globalThis.console = new Console({ stdout: stream, colorMode: true });
    capture();
    console.log({ a: 1 });
    expect(messages()).toEqual(['{ a: 1 }']);
  });

  it('is not captured when its text is to be ignored, but printed', () => {
    capture((text) => text.startsWith('secret'));
    console.log('secret %s', 'word');
    console.log('public');
    expect(messages()).toEqual(['public']);
    expect(printed).toBe('secret word\npublic\n');
  });
});

describe('a call of console from within', () => {
  it('the capture is printed, not captured: it would never end', () => {
    capture(undefined, () => console.log('captured'));
    console.log('text');
    expect(messages()).toEqual(['text']);
    expect(printed).toBe('captured\ntext\n');
  });

  it('an argument that is shown is printed, not captured', () => {
    const value = {
      [inspect.custom]: () => {
        console.log('I am shown');
        return 'shown';
      },
    };
    capture();
    console.log(value);
    expect(messages()).toEqual(['shown']);
  });
});

describe('capture goes on', () => {
  const unprintable = {
    [inspect.custom]: () => {
      throw new Error('no text');
    },
  };

  it('after an argument that cannot be shown, for which console throws with and without us', () => {
    expect(() => console.log(unprintable)).toThrow('no text');
    capture();
    expect(() => console.log(unprintable)).toThrow('no text');
    console.log('next');
    expect(messages()).toEqual(['[Threw: an argument of console that cannot be shown]', 'next']);
  });

  it('after the capture itself has thrown', () => {
    let fails = true;
    capture(undefined, () => {
      if (fails) throw new RangeError('Maximum call stack size exceeded');
    });
    expect(() => console.log('deep')).toThrow(RangeError);
    fails = false;
    console.log('next');
    expect(messages()).toEqual(['deep', 'next']);
  });
});

describe('stopping', () => {
  it('gives back the very functions that were there', () => {
    const before = METHODS.map((method) => console[method]);
    const stop = capture();
    expect(METHODS.map((method) => console[method])).not.toEqual(before);
    stop();
    for (const [index, method] of METHODS.entries()) expect(console[method]).toBe(before[index]);
    console.log('text');
    expect(records).toEqual([]);
    expect(printed).toBe('text\n');
  });

  it('leaves alone what somebody else has put in since, and only passes on', () => {
    const stop = capture();
    const ours = console.log;
    const theirs = (...args: unknown[]): void => ours('theirs:', ...args);
    console.log = theirs;
    console.log('one');
    expect(messages()).toEqual(['theirs: one']);
    stop();
    expect(console.log).toBe(theirs);
    console.log('two');
    expect(messages()).toEqual(['theirs: one']);
    expect(printed).toBe('theirs: one\ntheirs: two\n');
  });

  it('from within a captured call stops for good', () => {
    const stop = capture(undefined, () => stop());
    const ours = console.log;
    console.log = (...args: unknown[]): void => ours(...args);
    console.log('one');
    console.log('two');
    expect(messages()).toEqual(['one']);
  });

  it('and starting again captures each call once, also where somebody else came between', () => {
    const stop = capture();
    const ours = console.log;
    console.log = (...args: unknown[]): void => ours(...args);
    stop();
    capture();
    console.log('text');
    expect(messages()).toEqual(['text']);
    expect(printed).toBe('text\n');
  });

  it('twice does no harm', () => {
    const before = console.log;
    const stop = capture();
    stop();
    const theirs = (): void => undefined;
    console.log = theirs;
    stop();
    expect(console.log).toBe(theirs);
    console.log = before;
  });
});
