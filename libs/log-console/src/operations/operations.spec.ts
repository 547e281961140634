import { jest } from '@jest/globals';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { type Cursor } from '../domain/cursor.js';
import { type LogRecord } from '../domain/log-entry.js';
import { type LogLevel } from '../domain/log-level.js';
import { type OperationSource } from '../domain/log-operations.js';
import { type SourceEvent } from '../domain/log-source.js';
import { createRedactor } from '../redaction/create-redactor.js';
import { MemoryStore } from '../stores/memory/memory.store.js';
import { describeLogSource } from '../testing/index.js';
import { contextStorage, runWithin } from './context-storage.js';
import { Operations } from './operations.js';

const FROM_OLDEST = '0' as Cursor;
const never = (): Promise<never> => new Promise(() => undefined);

interface Bounds {
  keep?: number;
  entries?: number;
  maxBytes?: number;
}

/** A registry, its application's log, and a log call as an application makes it. */
function create({ keep = 3, entries = 100, maxBytes = 1e6 }: Bounds = {}, instance = 'web-1') {
  const redactor = createRedactor({}, [], {});
  const log = new MemoryStore({ instance, redactor });
  const createStore = (): MemoryStore => new MemoryStore({ capacity: entries, maxBytes, instance });
  const onUnseen = (name: string, error: unknown): void => write(`${name}: ${String(error)}`, 'error');
  const operations = new Operations({
    bounds: { keep, maxBytes },
    instance,
    redactor,
    createStore,
    log,
    onUnseen,
  });
  const write = (message: string, level: LogLevel = 'log'): void => {
    operations.append({ level, message }, contextStorage.getStore()?.links);
  };
  const linesOf = (id: string): Promise<string[]> => messagesOf(operations.find(id));
  const names = (): string[] => operations.list().map(({ name }) => name);
  return { operations, log, write, linesOf, names };
}

async function messagesOf(source: OperationSource | MemoryStore | undefined): Promise<string[]> {
  const batch = await source?.read({ after: FROM_OLDEST, limit: 10_000 });
  return (batch?.entries ?? []).map(({ message }) => message);
}

/** An operation that runs until it is told. */
function open(operations: Operations<MemoryStore>, name = 'Import') {
  let end: (value?: unknown) => void = () => undefined;
  let fail: (error?: unknown) => void = () => undefined;
  const work = new Promise((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const operation = operations.start(name, { cancellable: true }, () => work);
  const source = operations.find(operation.id)!;
  return { ...operation, operation, source, end, fail };
}

describeLogSource(
  'An operation',
  ({ capacity, instance }) => {
    const { operations } = create({ entries: capacity }, instance);
    const { id, source, end, done } = open(operations);
    const write = (records: readonly LogRecord[]): void => {
      for (const record of records) operations.append({ ...record, operation: id });
    };
    const finish = async (): Promise<void> => {
      end();
      await done;
    };
    return { source, write, finish };
  },
  {
    finishes: true,
    // The operation of its lines is itself.
    fields: [
      'time',
      'level',
      'context',
      'stack',
      'data',
      'requestId',
      'traceId',
      'spanId',
      'instance',
      'truncated',
      'continues',
    ],
  },
);

describe('Operations', () => {
  describe('the lines of an operation', () => {
    it('are those written in it, also after awaits, in timers and in promises it started', async () => {
      const { operations, write, linesOf, log } = create();
      write('before');
      const { id, done } = operations.start('Import', {}, async () => {
        write('at once');
        await setImmediate();
        write('after an await');
        await setTimeout(1);
        await new Promise<void>((resolve) => {
          globalThis.setTimeout(() => {
            write('in a timer');
            resolve();
          }, 1);
        });
        await Promise.resolve().then(() => write('in a promise'));
        await new Promise<void>((resolve) => {
          process.nextTick(() => {
            write('on the next tick');
            resolve();
          });
        });
      });
      write('beside it');
      await done;
      write('after it');
      const inside = ['at once', 'after an await', 'in a timer', 'in a promise', 'on the next tick'];
      expect(await linesOf(id)).toEqual(inside);
      const { entries } = log.read({ after: FROM_OLDEST, limit: 100, filter: { operation: id } });
      expect(entries.map(({ message }) => message)).toEqual(inside);
      expect((await messagesOf(log)).length).toBe(inside.length + 3);
    });

    it('belong to the innermost one, which knows its parent', async () => {
      const { operations, write, linesOf } = create();
      let inner = '';
      const { id, done } = operations.start('Outer', {}, async () => {
        write('outer 1');
        await operations.operation('Inner', {}, async (op) => {
          inner = op.id;
          write('inner 1');
          await setImmediate();
          write('inner 2');
        });
        write('outer 2');
      });
      await done;
      expect(await linesOf(id)).toEqual(['outer 1', 'outer 2']);
      expect(await linesOf(inner)).toEqual(['inner 1', 'inner 2']);
      expect(operations.find(inner)?.summary.parent).toBe(id);
      expect(operations.find(id)?.summary).not.toHaveProperty('parent');
    });

    it('are over with it: what comes later stands in the log, under its id, but not in it', async () => {
      const { operations, write, linesOf, log } = create();
      let late: Promise<void> | undefined;
      const { id, done } = operations.start('Import', {}, async () => {
        late = setTimeout(5).then(() => write('late'));
      });
      await done;
      await late;
      expect(await linesOf(id)).toEqual([]);
      expect(log.read({ limit: 1 }).entries).toMatchObject([{ message: 'late', operation: id }]);
    });

    it('keep what else is known of the place: the request', async () => {
      const { operations } = create();
      await runWithin({ requestId: 'r-1' }, () =>
        operations.operation('Import', {}, async (op) => {
          await setImmediate();
          expect(contextStorage.getStore()).toEqual({
            links: { requestId: 'r-1', operation: op.id },
            operation: { id: op.id },
          });
        }),
      );
      expect(contextStorage.getStore()).toBeUndefined();
    });

    it('of one of another application are in that one only, and keep its id here', async () => {
      const [ours, other] = [create(), create()];
      const { id } = open(other.operations);
      ours.operations.append({ level: 'log', message: 'one line', operation: id });
      expect(await other.linesOf(id)).toEqual([]);
      expect(ours.log.read({ limit: 1 }).entries).toMatchObject([{ operation: id }]);
    });
  });

  describe('its function', () => {
    it('is called at once, with an id and a signal', async () => {
      const { operations } = create();
      const fn = jest.fn((op: { id: string; signal: AbortSignal }) => [op.id, op.signal.aborted]);
      const { id, signal, done } = operations.start('Import', {}, fn);
      expect(fn).toHaveBeenCalledTimes(1);
      expect([await done, signal.aborted]).toEqual([[id, false], false]);
    });

    it.each([
      ['returns', () => 7, { value: 7 }, 'ok'],
      ['returns nothing', () => undefined, { value: undefined }, 'ok'],
      ['returns a promise', () => setImmediate(7), { value: 7 }, 'ok'],
      [
        'returns a thenable',
        () => ({ then: (done: (value: number) => void) => done(7) }),
        { value: 7 },
        'ok',
      ],
      ['throws', () => thrown(new TypeError('no')), { error: new TypeError('no') }, 'failed'],
      ['throws nothing', () => thrown(undefined), { error: undefined }, 'failed'],
      ['rejects', () => Promise.reject(new Error('no')), { error: new Error('no') }, 'failed'],
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      ['rejects with undefined', () => Promise.reject(undefined), { error: undefined }, 'failed'],
    ])('%s: so do operation() and start().done, and the state says it', async (_what, fn, outcome, state) => {
      const { operations } = create();
      const settled = (promise: Promise<unknown>): Promise<object> =>
        promise.then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        );
      expect(await settled(operations.operation<unknown>('One', {}, fn))).toEqual(outcome);
      const started = operations.start<unknown>('Two', {}, fn);
      expect(started.state).toBe('running');
      expect(await settled(started.done)).toEqual(outcome);
      expect(started.state).toBe(state);
      expect(operations.list().map((each) => each.state)).toEqual([state, state]);
    });

    it('that fails is no unhandled rejection when it was started and nobody looks', async () => {
      const unhandled = jest.fn();
      process.on('unhandledRejection', unhandled);
      const { operations } = create();
      operations.start('Import', {}, () => Promise.reject(new Error('no')));
      await setTimeout(5);
      process.off('unhandledRejection', unhandled);
      expect(unhandled).not.toHaveBeenCalled();
      expect(operations.list()).toMatchObject([{ state: 'failed' }]);
    });
  });

  describe('a summary', () => {
    it('says everything that is known of one that runs', () => {
      const { operations, write } = create();
      const { id } = operations.start(
        'Import',
        { by: 'Ada', data: { file: 'a.csv' }, cancellable: true },
        () => {
          write('one', 'warn');
          write('two');
          return never();
        },
      );
      const { startedAt, durationMs, ...rest } = operations.find(id)!.summary;
      expect(rest).toEqual({
        id,
        name: 'Import',
        state: 'running',
        by: 'Ada',
        data: { file: 'a.csv' },
        lines: { total: 2, byLevel: { verbose: 0, debug: 0, log: 1, warn: 1, error: 0, fatal: 0 } },
        cancellable: true,
        instance: 'web-1',
      });
      expect(Date.parse(startedAt)).toBeLessThanOrEqual(Date.now());
      expect(durationMs).toBeGreaterThanOrEqual(0);
    });

    it('leaves out what nobody said, and tells the end of one that is over', async () => {
      const { operations } = create();
      await operations.operation('Import', {}, () => setTimeout(20));
      const [{ finishedAt, startedAt, durationMs, ...rest }] = operations.list();
      expect(Object.keys(rest)).toEqual(['id', 'name', 'state', 'lines', 'cancellable', 'instance']);
      expect(Date.parse(finishedAt ?? '')).toBeGreaterThan(Date.parse(startedAt));
      expect(durationMs).toBeGreaterThanOrEqual(19);
      await setTimeout(5);
      expect(operations.list()[0].durationMs).toBe(durationMs);
    });

    it('counts lines that gave way to newer ones, too', async () => {
      const { operations, write, linesOf } = create({ entries: 10 });
      const { id } = operations.start('Import', {}, () => {
        for (let line = 1; line <= 25; line++) write(`line ${line}`);
      });
      expect((await linesOf(id)).length).toBe(10);
      expect(operations.find(id)?.summary.lines.total).toBe(25);
    });

    it.each([
      ['an error', new TypeError('broken'), 'TypeError: broken'],
      ['a text', 'broken', 'broken'],
      ['nothing', undefined, '[undefined]'],
      ['an object', { code: 7 }, '{"code":7}'],
      ['a secret', new Error('password=hunter2hunter2'), 'Error: password=[redacted:password]'],
      ['something long', new Error('x'.repeat(5000)), `Error: ${'x'.repeat(993)}`],
    ])('tells %s that was thrown as a text', async (_what, error, message) => {
      const { operations } = create();
      await operations.operation('Import', {}, () => thrown(error)).catch(() => undefined);
      expect(operations.list()[0].error).toEqual({ message });
    });

    it('holds no secret and no control character that was in what was said at the start', () => {
      const { operations } = create();
      operations.start(
        'Import\n\u001b[31m token=abcdefghijklmnop1234',
        { by: 'A\u0000da', data: { password: 'hunter2', list: ['x'.repeat(100_000)] } },
        never,
      );
      const [{ name, by, data }] = operations.list();
      expect(name).toMatch(/^Import\\x0a\\x1b\[31m token=\[redacted:token\]$/);
      expect(by).toBe('A\\x00da');
      expect(data).toMatchObject({ password: '[redacted:password]' });
      expect(JSON.stringify(data).length).toBeLessThan(17_000);
    });

    it('keeps what was given as data as it was at the start', () => {
      const { operations } = create();
      const data = { count: 1 };
      operations.start('Import', { data }, never);
      data.count = 2;
      expect(operations.list()[0].data).toEqual({ count: 1 });
    });

    it('says how far it is, of what is a number', () => {
      const { operations } = create();
      const { id } = operations.start('Import', {}, (op) => {
        const { progress } = op;
        const told = (): unknown => operations.find(op.id)?.summary.progress;
        expect(told()).toBeUndefined();
        progress(3);
        expect(told()).toEqual({ done: 3 });
        progress(4, 9);
        expect(told()).toEqual({ done: 4, total: 9 });
        for (const wrong of [NaN, -1, Infinity, '5', undefined]) progress(wrong as number, 9);
        expect(told()).toEqual({ done: 4, total: 9 });
        progress(5, NaN);
        expect(told()).toEqual({ done: 5 });
        progress(0, 0);
        return never();
      });
      expect(operations.find(id)?.summary.progress).toEqual({ done: 0, total: 0 });
    });

    it('says how far it was when it ended, whatever is told afterwards', async () => {
      const { operations } = create();
      const op = await operations.operation('Import', {}, (given) => {
        given.progress(1, 2);
        return given;
      });
      op.progress(2, 2);
      expect(operations.list()[0].progress).toEqual({ done: 1, total: 2 });
    });
  });

  it('finds the innermost one for whoever asks, while it runs', async () => {
    const { operations } = create();
    expect(operations.current).toBeUndefined();
    let late: Promise<unknown> | undefined;
    await operations.operation('Outer', {}, async (outer) => {
      expect(operations.current).toBe(outer);
      await operations.operation('Inner', {}, async (inner) => {
        await setImmediate();
        expect(operations.current).toBe(inner);
        late = setTimeout(10).then(() => operations.current);
      });
      expect(operations.current).toBe(outer);
    });
    expect(operations.current).toBeUndefined();
    expect(await late).toBeUndefined();
  });

  it('lists running ones first, the newest of them first, then those that ended last', () => {
    const { operations, names } = create();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => open(operations, name));
    expect(names()).toEqual(['c', 'b', 'a']);
    return (async () => {
      c.end();
      await c.done;
      a.end();
      await a.done;
      expect(names()).toEqual(['b', 'a', 'c']);
      b.end();
      await b.done;
      expect(names()).toEqual(['b', 'a', 'c']);
    })();
  });

  describe('who reads one', () => {
    it('is woken by its end, which is told to listeners before', async () => {
      const { operations } = create();
      const { source, end } = open(operations);
      const events: SourceEvent[] = [];
      source.onEvent?.((event) => events.push(event));
      const { next } = await source.read({ limit: 0 });
      const waiting = source.waitAfter(next, { timeoutMs: 600_000 });
      expect(source.isFinished()).toBe(false);
      end();
      await waiting;
      expect(source.isFinished()).toBe(true);
      expect(events.at(-1)).toMatchObject({ event: 'operation', data: { state: 'ok' } });
      await source.waitAfter(next, { timeoutMs: 600_000 });
    });

    it('goes on reading one that is no longer kept', async () => {
      const { operations, write } = create({ keep: 1 });
      const first = operations.start('First', {}, () => write('line'));
      const source = operations.find(first.id)!;
      await first.done;
      await operations.operation('Second', {}, () => undefined);
      expect(operations.find(first.id)).toBeUndefined();
      expect(await messagesOf(source)).toEqual(['line']);
      expect(source.summary.state).toBe('ok');
    });

    it('is not told of what a listener throws, which stands in the log; the operation goes on', async () => {
      const { operations, log } = create();
      const { source, end, done } = open(operations);
      const told = jest.fn();
      source.onEvent?.(() => thrown(new Error('a bad listener')));
      source.onEvent?.(told);
      end(7);
      expect(await done).toBe(7);
      expect(told).toHaveBeenCalledTimes(1);
      expect(await messagesOf(log)).toEqual(['A listener of an operation threw: [Threw: a bad listener]']);
    });
  });

  describe('cancelling', () => {
    it('aborts the signal in the context of the operation; when its function rejects then, it is cancelled', async () => {
      const { operations, write, linesOf } = create();
      const { id, signal, done } = operations.start('Import', { cancellable: true }, async (op) => {
        op.signal.addEventListener('abort', () => write('stopping'));
        await setTimeout(600_000, undefined, { signal: op.signal });
      });
      const source = operations.find(id)!;
      const cancelled = runWithin({ requestId: 'another' }, () => source.cancel('Ada'));
      expect([cancelled, signal.aborted, source.cancel('Bob')]).toEqual([true, true, true]);
      expect(signal.reason).toMatchObject({ name: 'AbortError', message: 'Ada cancelled the operation.' });
      await expect(done).rejects.toThrow();
      expect(source.summary).toMatchObject({ state: 'cancelled', cancellable: false });
      expect(await linesOf(id)).toEqual(['stopping']);
      expect(source.cancel('Ada')).toBe(false);
    });

    it('leaves one that returns all the same as it is: ok', async () => {
      const { operations } = create();
      const { source, end, operation } = open(operations);
      expect(source.cancel('Ada')).toBe(true);
      expect(operation.state).toBe('running');
      end();
      await operation.done;
      expect(operation.state).toBe('ok');
    });

    it('is refused by one that is not cancellable', async () => {
      const { operations } = create();
      const { id, signal } = operations.start('Import', {}, never);
      expect(operations.find(id)?.cancel('Ada')).toBe(false);
      expect(signal.aborted).toBe(false);
      expect(operations.find(id)?.summary.cancellable).toBe(false);
    });
  });

  describe('at shutdown', () => {
    it('what runs is told, may write its last lines, and is abandoned; what it does then changes nothing', async () => {
      const { operations, write, linesOf, log } = create();
      let end: () => void = () => undefined;
      const { id, signal, done, ...operation } = operations.start('Import', {}, async (op) => {
        op.signal.addEventListener('abort', () => write('last line'));
        await new Promise<void>((resolve) => (end = resolve));
        write('too late');
        return 7;
      });
      const source = operations.find(id)!;
      const events: SourceEvent[] = [];
      source.onEvent?.((event) => events.push(event));
      const waiting = source.waitAfter(FROM_OLDEST, { timeoutMs: 600_000 });
      operations.abandonAll();
      await waiting;
      expect(signal.reason).toMatchObject({
        name: 'AbortError',
        message: 'The application is shutting down.',
      });
      end();
      expect(await done).toBe(7);
      expect(operations.find(id)?.summary.state).toBe('abandoned');
      expect(operation).toBeDefined();
      expect(events).toMatchObject([{ data: { state: 'abandoned' } }]);
      expect(await linesOf(id)).toEqual(['last line']);
      expect((await messagesOf(log)).at(-1)).toBe('too late');
    });

    it('what was over stays as it was', async () => {
      const { operations } = create();
      await operations.operation('Import', {}, () => undefined);
      operations.abandonAll();
      expect(operations.list()).toMatchObject([{ state: 'ok' }]);
    });
  });

  describe('its memory', () => {
    it('keeps so many finished ones, the oldest go first; running ones always are', async () => {
      const { operations, names } = create({ keep: 2 });
      const running = ['r1', 'r2', 'r3'].map((name) => open(operations, name));
      for (const name of ['a', 'b', 'c']) await operations.operation(name, {}, () => undefined);
      expect(names()).toEqual(['r3', 'r2', 'r1', 'c', 'b']);
      for (const { end, done } of running) {
        end();
        await done;
      }
      expect(names()).toEqual(['r3', 'r2']);
    });

    it('lets the oldest finished ones go when all lines together are too many', async () => {
      const { operations, write, names, linesOf } = create({ keep: 10, maxBytes: 1000 });
      for (const name of ['a', 'b', 'c']) await operations.operation(name, {}, () => write('x'.repeat(300)));
      expect([names(), operations.bytes]).toEqual([['c', 'b', 'a'], 900]);
      const { id } = operations.start('d', {}, () => {
        write('y'.repeat(90));
        expect(names()).toEqual(['d', 'c', 'b', 'a']);
        write('y'.repeat(11));
        expect(names()).toEqual(['d', 'c', 'b']);
        write('y'.repeat(590));
        return never();
      });
      expect([names(), operations.bytes]).toEqual([['d', 'c'], 991]);
      expect((await linesOf(id)).length).toBe(3);
    });

    it('lets the running one that holds most give way when no other is left: not one that says little', async () => {
      const { operations, write, linesOf } = create({ entries: 10_000, maxBytes: 10_000 });
      const say = (text: string): Promise<never> => {
        write(text);
        return never();
      };
      const quiet = operations.start('quiet', {}, () => say('a quiet line'));
      const loud = operations.start('loud', {}, () => {
        for (let line = 0; line < 5000; line++) write(`line ${line}`);
        return never();
      });
      const late = operations.start('late', {}, () => say('a late line'));
      expect(operations.bytes).toBeLessThanOrEqual(10_000);
      expect(operations.bytes).toBeGreaterThan(9500);
      expect(await linesOf(quiet.id)).toEqual(['a quiet line']);
      expect(await linesOf(late.id)).toEqual(['a late line']);
      const lines = await linesOf(loud.id);
      expect(lines.at(-1)).toBe('line 4999');
      expect(lines.length).toBeGreaterThan(900);
      expect(operations.find(loud.id)?.summary.lines.total).toBe(5000);
    });

    it('leaves each the newest line, however long', async () => {
      const { operations, write, linesOf } = create({ maxBytes: 1000 });
      const ids = ['a', 'b'].map(
        (name) => operations.start(name, {}, () => (write('x'.repeat(2000)), never())).id,
      );
      for (const id of ids) {
        expect((await linesOf(id)).length).toBe(1);
        expect(operations.find(id)?.summary.state).toBe('running');
      }
    });

    it('counts what is held, whatever has gone', async () => {
      const { operations, write } = create({ keep: 3, entries: 5, maxBytes: 3000 });
      for (let round = 0; round < 50; round++) {
        await operations.operation(`round ${round}`, {}, async () => {
          for (let line = 0; line < round % 12; line++) write('x'.repeat((round * line) % 400));
        });
        const held = await Promise.all(operations.list().map(({ id }) => messagesOf(operations.find(id))));
        expect(operations.bytes).toBe(held.flat().join('').length);
      }
      expect(operations.bytes).toBeGreaterThan(0);
    });
  });

  it('takes a line outside of every operation as the log does', async () => {
    const { operations, log } = create();
    operations.append({ level: 'log', message: 'one' });
    operations.append({ level: 'log', message: 'two', operation: 'nobody' });
    expect(await messagesOf(log)).toEqual(['one', 'two']);
    expect(operations.bytes).toBe(0);
  });
});

function thrown(error: unknown): never {
  throw error;
}

describe('What an operation threw', () => {
  const fails = (): never => {
    throw new Error('no such file');
  };

  it('is its last line where nobody waits for it', async () => {
    const { operations, linesOf } = create();
    const { id } = operations.start('Import', {}, fails);
    await setImmediate();
    expect(await linesOf(id)).toEqual(['Import: Error: no such file']);
    expect(operations.find(id)?.summary).toMatchObject({ state: 'failed', lines: { byLevel: { error: 1 } } });
  });

  it('is for those who wait for it', async () => {
    const { operations, linesOf } = create();
    await expect(operations.operation('Import', {}, fails)).rejects.toThrow('no such file');
    const { id, done } = operations.start('Import', {}, fails);
    await expect(done).rejects.toThrow('no such file');
    expect(await linesOf(id)).toEqual([]);
    expect(await linesOf(operations.list().at(-1)!.id)).toEqual([]);
  });

  it('is no news where it was asked to stop, or was over', async () => {
    const { operations, linesOf } = create();
    for (const stop of [(id: string) => operations.find(id)?.cancel('Ada'), () => operations.abandonAll()]) {
      const { id } = operations.start('Import', { cancellable: true }, async ({ signal }) => {
        await setImmediate();
        signal.throwIfAborted();
      });
      stop(id);
      await setTimeout(5);
      expect(await linesOf(id)).toEqual([]);
    }
  });
});
