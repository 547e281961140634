import { jest } from '@jest/globals';
import { type LogEntry, type LogRecord } from '../../domain/log-entry.js';
import { LOG_LEVELS, type LogLevel } from '../../domain/log-level.js';
import { formatCursor, parseCursor, type Cursor } from '../../domain/cursor.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { describeLogStore } from '../../testing/index.js';
import { MemoryStore, type MemoryStoreOptions } from './memory.store.js';

describeLogStore('MemoryStore', (options) => new MemoryStore(options));

const KIB = 1024;
const NO_SECRETS: TextRedactor = {
  text: (text) => text,
  key: () => undefined,
  isSecretKey: () => false,
  finds: () => false,
  preview: (text) => ({ text, matches: [] }),
  counts: {},
};
const FROM_OLDEST = '0' as Cursor;

function log(store: MemoryStore, ...messages: string[]): void {
  for (const message of messages) store.append({ level: 'log', message });
}

function held(store: MemoryStore): readonly LogEntry[] {
  return store.read({ after: FROM_OLDEST, limit: Infinity }).entries;
}

function messages(store: MemoryStore): string[] {
  return held(store).map(({ message }) => message);
}

/** A store, and what two observers are told: one subscribed before the test's own, one after it. */
function observed(observe: (entry: LogEntry, store: MemoryStore) => void, options?: MemoryStoreOptions) {
  const store = new MemoryStore(options);
  const [before, after]: string[][] = [[], []];
  store.entries$.subscribe(({ message }) => before.push(message));
  store.entries$.subscribe((entry) => observe(entry, store));
  store.entries$.subscribe(({ message }) => after.push(message));
  return { store, before, after };
}

/** Data that does something when it is read. */
function getter(read: () => unknown): LogRecord['data'] {
  return Object.defineProperty({}, 'value', { enumerable: true, get: read });
}

describe('MemoryStore', () => {
  describe('when it is re-entered', () => {
    it('tells every observer of every entry in id order, when an observer logs', () => {
      const { store, before, after } = observed(({ message }, log) => {
        if (message.startsWith('call')) log.append({ level: 'log', message: `answer to ${message}` });
      });
      log(store, 'call 1', 'call 2');
      const all = ['call 1', 'answer to call 1', 'call 2', 'answer to call 2'];
      expect([before, after, messages(store)]).toEqual([all, all, all]);
      expect(store.stats().rejected).toBe(0);
    });

    it('ends a chain of observers that log, and counts what it refused', () => {
      const { store, before, after } = observed((_, log) => log.append({ level: 'log', message: 'again' }));
      log(store, 'first');
      expect([before, after, messages(store)]).toEqual([
        ['first', 'again'],
        ['first', 'again'],
        ['first', 'again'],
      ]);
      expect(store.stats()).toMatchObject({ accepted: { total: 2 }, rejected: 1 });
      log(store, 'second');
      expect(before).toEqual(['first', 'again', 'second', 'again']);
    });

    it('keeps 100 entries that an observer logs at once, and counts the others', () => {
      const { store, after } = observed(({ message }) => {
        if (message !== 'first') return;
        for (let count = 0; count < 150; count++) log(store, `burst ${count}`);
      });
      log(store, 'first');
      expect(after).toHaveLength(101);
      expect(store.stats()).toMatchObject({ accepted: { total: 101 }, rejected: 50 });
    });

    it('lets an observer read the entry it is told of, and all before it', () => {
      const seen: string[][] = [];
      const { store } = observed((_, log) => seen.push(messages(log)), { capacity: 2 });
      log(store, 'one', 'two', 'three');
      expect(seen).toEqual([['one'], ['one', 'two'], ['two', 'three']]);
    });

    it('clears for an observer after everyone was told of the entry', async () => {
      const clears: Promise<{ cleared: number }>[] = [];
      const { store, before, after } = observed(({ message }, log) => {
        if (message === 'two') clears.push(Promise.resolve(log.clear({ by: 'observer' })));
      });
      log(store, 'one', 'two', 'three');
      const all = ['one', 'two', 'observer cleared 2 entries', 'three'];
      expect([before, after]).toEqual([all, all]);
      expect(messages(store)).toEqual(all.slice(2));
      await expect(clears[0]).resolves.toMatchObject({ cleared: 2 });
    });

    it('ends a chain of observers that clear: who looks is told, who does not look does no harm', async () => {
      const clears: unknown[] = [];
      const { store, before } = observed((_, log) => clears.push(log.clear()));
      log(store, 'one');
      // Nobody looks for a turn: an unhandled rejection would end the process, and fails this test.
      await new Promise((resolve) => setImmediate(resolve));
      expect(before).toEqual(['one', 'The application cleared 1 entry']);
      await expect(clears[0]).resolves.toMatchObject({ cleared: 1 });
      await expect(clears[1]).rejects.toThrow('cannot be cleared from within');
    });

    it('rejects for an observer that clears up to an unknown place, and clears nothing', async () => {
      let clearing: unknown;
      const { store } = observed((_, log) => (clearing ??= log.clear({ upTo: 'x' as Cursor })));
      log(store, 'one');
      await expect(clearing).rejects.toMatchObject({ name: 'UnknownCursorError' });
      expect(messages(store)).toEqual(['one']);
    });

    it('puts what a getter logs before the entry whose data it is', () => {
      const { store, after } = observed(() => undefined);
      const data = getter(() => {
        log(store, 'from the getter');
        return messages(store).join();
      });
      store.append({ level: 'log', message: 'with data', data });
      expect(after).toEqual(['from the getter', 'with data']);
      expect(held(store)[1]?.data).toEqual({ value: 'from the getter' });
    });

    it('ends a chain of getters that log, and counts what it refused', () => {
      const store = new MemoryStore();
      const data = getter(() => store.append({ level: 'log', message: 'nested', data }));
      store.append({ level: 'log', message: 'outer', data });
      expect(messages(store)).toEqual(['nested', 'outer']);
      expect(store.stats()).toMatchObject({ accepted: { total: 2 }, rejected: 1 });
      log(store, 'afterwards');
      expect(messages(store)).toEqual(['nested', 'outer', 'afterwards']);
    });

    it('lets a getter clear: the entry whose data it is comes after', () => {
      const store = new MemoryStore();
      log(store, 'one');
      store.append({ level: 'log', message: 'two', data: getter(() => void store.clear({ by: 'getter' })) });
      expect(messages(store)).toEqual(['getter cleared 1 entry', 'two']);
    });

    it('lets an observer log an entry whose data logs and is read by observers', () => {
      const { store, before } = observed(({ message }, log) => {
        if (message !== 'first') return;
        const data = getter(() => log.append({ level: 'log', message: 'third' }));
        log.append({ level: 'log', message: 'second', data });
      });
      log(store, 'first');
      expect([...before].sort()).toEqual(['first', 'second', 'third']);
      expect(messages(store)).toEqual(before);
    });

    it('lets who is told of a clear log and clear', async () => {
      const store = new MemoryStore();
      const again: unknown[] = [];
      const stop = store.onEvent(() => {
        log(store, 'told');
        again.push(store.clear({ by: 'listener' }));
        stop();
      });
      log(store, 'one');
      await store.clear({ by: 'operator-1' });
      await expect(again[0]).resolves.toMatchObject({ cleared: 2 });
      expect(messages(store)).toEqual(['listener cleared 2 entries']);
    });

    it('takes the next entry as any other after the stack has overflown in a log call, time and again', () => {
      const store = new MemoryStore({ capacity: 5 });
      // Ten calls deeper for each entry: it overflows in ever other places, and without a million entries.
      const recurse = (depth: number): void => {
        if (depth % 10 === 0)
          store.append({ level: 'log', message: 'deep', data: { depth, nested: { at: [depth] } } });
        recurse(depth + 1);
      };
      for (let calls = 0; calls < 15; calls++) expect(() => recurse(calls)).toThrow(RangeError);
      store.append({ level: 'log', message: 'after', data: { one: { two: 3 } } });
      expect(messages(store).at(-1)).toBe('after');
      expect(store.stats().rejected).toBe(0);
    });

    it('keeps its ids dense and its counts right through all of it', async () => {
      let turn = 0;
      const ids: number[] = [];
      const store = new MemoryStore({ capacity: 5 });
      store.entries$.subscribe((entry) => {
        if (++turn % 3 === 0) log(store, 'answer');
        if (turn % 7 === 0) void store.clear();
        if (turn % 11 === 0) log(store, 'a', 'b', 'c');
        ids.push(entry.id);
      });
      for (let count = 0; count < 200; count++)
        store.append({ level: 'log', message: 'x', data: getter(() => (count % 4 ? 1 : log(store, 'g'))) });
      const { accepted, held, evicted, cleared } = store.stats();
      expect(ids).toEqual(ids.map((_, index) => ids[0] + index));
      expect(accepted.total).toBe(ids.length);
      expect(held.entries + evicted + cleared).toBe(ids.length);
    });
  });

  describe('with observers that throw', () => {
    it('unsubscribes them and says so in an entry; the others are told of everything in order', () => {
      const store = new MemoryStore();
      const seen: string[] = [];
      const throwing = store.entries$.subscribe(() => {
        throw new Error('observer');
      });
      store.entries$.subscribe(({ message }) => seen.push(message));
      log(store, 'one', 'two');
      expect(throwing.closed).toBe(true);
      expect(seen).toEqual([
        'one',
        'An observer of entries$ threw and was unsubscribed: [Threw: observer]',
        'two',
      ]);
      expect(held(store)[1]).toMatchObject({ level: 'error', context: 'LogConsole' });
    });

    it('survives an error that cannot be read', () => {
      const store = new MemoryStore();
      store.entries$.subscribe(() => {
        throw getter(() => {
          throw new Error('hostile');
        });
      });
      store.entries$.subscribe(() => {
        throw Object.create(null);
      });
      log(store, 'one');
      expect(messages(store)).toHaveLength(2);
    });

    it('says so at most once in 10 s, however many there are', () => {
      const store = new MemoryStore();
      const now = jest.spyOn(performance, 'now').mockReturnValue(1000);
      const throwOnce = (): void => {
        for (let count = 0; count < 3; count++)
          store.entries$.subscribe(() => {
            throw new Error('observer');
          });
        log(store, 'one');
      };
      throwOnce();
      now.mockReturnValue(10_999);
      throwOnce();
      expect(messages(store).filter((message) => message !== 'one')).toHaveLength(1);
      now.mockReturnValue(11_000);
      throwOnce();
      expect(messages(store).filter((message) => message !== 'one')).toHaveLength(2);
      now.mockRestore();
    });

    it('says so also where the chain of entries from within entries ends', async () => {
      const { store } = observed(({ message }, log) => {
        if (message === 'one') log.append({ level: 'log', message: 'answer' });
        else throw new Error('at the answer');
      });
      log(store, 'one');
      await Promise.resolve();
      expect(messages(store)).toEqual([
        'one',
        'answer',
        'An observer of entries$ threw and was unsubscribed: [Threw: at the answer]',
      ]);
    });

    it('tells every listener of a clear, when one throws, and clears', async () => {
      const store = new MemoryStore();
      const told: string[] = [];
      store.onEvent(() => {
        throw new Error('listener');
      });
      store.onEvent(({ event }) => told.push(event));
      log(store, 'one');
      await expect(Promise.resolve(store.clear())).resolves.toMatchObject({ cleared: 1 });
      expect(told).toEqual(['cleared']);
      expect(messages(store)[1]).toContain('A listener of the event cleared threw');
    });
  });

  describe('taking a record for another store, too', () => {
    it('makes it ready once, and gives it to both under their own ids', () => {
      let reads = 0;
      const asked: string[] = [];
      const text = (given: string): string => {
        asked.push(given);
        return given.replace('1234', '…');
      };
      const store = new MemoryStore({ redactor: { ...NO_SECRETS, text } });
      const also = new MemoryStore();
      log(store, 'before');
      const data = getter(() => ++reads);
      store.append({ level: 'warn', message: 'pin 1234', operation: 'o-1', data }, undefined, also);
      expect([reads, asked]).toEqual([1, ['before', 'pin 1234']]);
      expect(held(also)).toEqual([{ ...held(store)[1], id: held(also)[0].id }]);
      expect(held(also)[0]).toMatchObject({ message: 'pin …', operation: 'o-1', data: { value: 1 } });
      expect(also.accepted).toMatchObject({ total: 1, byLevel: { warn: 1, log: 0 } });
      expect(also.bytes).toBe(also.stats().held.bytes);
    });

    it('keeps the order where an observer logs, and gives what is refused to neither', () => {
      const also = new MemoryStore();
      const { store } = observed(({ message }, log) => {
        if (message.length < 5) log.append({ level: 'log', message: `${message}+` }, undefined, also);
      });
      store.append({ level: 'log', message: 'a' }, undefined, also);
      expect(messages(store)).toEqual(['a', 'a+']);
      expect(messages(also)).toEqual(['a', 'a+']);
      expect(store.stats().rejected).toBe(1);
    });

    it('has it in both before an observer is told', () => {
      const also = new MemoryStore();
      const seen: string[][] = [];
      const { store } = observed(() => seen.push(messages(also)));
      store.append({ level: 'log', message: 'a' }, undefined, also);
      expect(seen).toEqual([['a']]);
    });

    it('wakes who waits for that one', async () => {
      const [store, also] = [new MemoryStore(), new MemoryStore()];
      log(also, 'first');
      const { next } = also.read({ limit: 0 });
      const waiting = also.waitAfter(next, { timeoutMs: 600_000 });
      store.append({ level: 'log', message: 'second' }, undefined, also);
      await waiting;
      expect(also.read({ after: next, limit: 1 }).size).toBe(1);
    });
  });

  it('keeps apart what few entries have, whatever the entry before had', () => {
    const store = new MemoryStore();
    const given: Partial<LogRecord>[] = [
      { requestId: 'r-1' },
      { requestId: 'r-1' },
      { requestId: 'r-2' },
      {},
      { requestId: 'r-2' },
      { requestId: 'r-2', spanId: 's' },
      { requestId: 'r-2', traceId: 't' },
      { requestId: 'r-2', operation: 'o' },
      { requestId: 'r-2', continues: true },
      { requestId: 'r-2', truncated: { bytes: 2, kept: 1 } },
      { requestId: 'r-2', instance: 'web-2' },
      { requestId: 'r-2' },
    ];
    for (const fields of given) store.append({ level: 'log', message: 'x', ...fields });
    const { instance } = store;
    expect(held(store).map(({ id: _, time: __, level: ___, message: ____, ...rest }) => rest)).toEqual(
      given.map((fields) => ({ instance, ...fields })),
    );
  });

  describe('as a ring', () => {
    it('takes its first id from the clock, so that ids go up across restarts', () => {
      const now = jest.spyOn(Date, 'now').mockReturnValue(1_795_162_542_113);
      const { epoch, newest } = new MemoryStore().stats();
      now.mockReturnValue(1_795_162_542_114);
      const later = new MemoryStore().stats();
      now.mockRestore();
      const first = (parseCursor(newest)?.id ?? 0) + 1;
      expect(Math.floor(first / 1000)).toBe(1_795_162_542_113);
      expect(epoch).toBe(first.toString(36));
      expect(parseCursor(later.newest)?.id).toBeGreaterThanOrEqual(first);
      expect(Number.isSafeInteger(Date.parse('2255-01-01') * 1000 + 1e7)).toBe(true);
    });

    it.each([1, 2, 3])('holds the newest %i, and tells a slow reader of the others exactly', (capacity) => {
      const store = new MemoryStore({ capacity });
      let place = store.stats().newest;
      log(store, ...Array.from({ length: 10 }, (_, index) => `entry ${index}`));
      const batch = store.read({ after: place, limit: 100 });
      expect(batch.gap).toMatchObject({ reason: 'evicted', missed: 10 - capacity });
      expect(batch.size).toBe(capacity);
      place = batch.next;
      log(store, 'one more');
      expect(store.read({ after: place, limit: 100 })).toMatchObject({ size: 1, more: false });
      expect(store.stats()).toMatchObject({ held: { entries: capacity }, evicted: 11 - capacity });
    });

    it('is bounded by bytes, too, and says what it holds', () => {
      const store = new MemoryStore({ capacity: 1000, maxBytes: 10 * KIB });
      for (let count = 0; count < 100; count++) log(store, 'x'.repeat(KIB));
      expect(store.stats()).toMatchObject({
        held: { entries: 10, bytes: 10 * KIB },
        capacity: { entries: 1000, bytes: 10 * KIB },
        evicted: 90,
      });
      store.append({
        level: 'log',
        message: '',
        context: 'c',
        stack: 's'.repeat(KIB),
        data: ['d'.repeat(KIB)],
      });
      expect(store.stats().held.bytes).toBeLessThanOrEqual(10 * KIB);
      expect(store.stats().held.entries).toBe(8);
    });

    it('takes 10,000 lines in one tick without losing one of them to a reader', () => {
      const store = new MemoryStore();
      const place = store.stats().newest;
      for (let count = 0; count < 10_000; count++) log(store, `line ${count}`);
      const batch = store.read({ after: place, limit: 10_000 });
      expect([batch.size, batch.gap, batch.entries[9999]?.message]).toEqual([10_000, undefined, 'line 9999']);
      for (let count = 0; count < 15_000; count++) log(store, `line ${count}`);
      const late = store.read({ after: batch.next, limit: 10_000 });
      expect([late.size, late.gap?.missed]).toEqual([10_000, 5000]);
    });

    it('reads a getter once, also beside objects, and still sees a cycle', () => {
      const store = new MemoryStore();
      let reads = 0;
      const data: Record<string, unknown> = { inner: { deep: true } };
      Object.defineProperty(data, 'count', { enumerable: true, get: () => ++reads });
      data.self = data;
      store.append({ level: 'log', message: 'a line', data });
      expect(held(store)[0].data).toEqual({ inner: { deep: true }, count: 1, self: '[Circular]' });
      expect(reads).toBe(1);
    });

    it('keeps 1 KiB of a context: it is a name', () => {
      const store = new MemoryStore();
      store.append({ level: 'log', context: 'x'.repeat(10_000_000), message: 'a line' });
      store.append({ level: 'log', context: 'OrdersService', message: 'a line' });
      expect(held(store).map(({ context }) => context)).toEqual(['x'.repeat(KIB), 'OrdersService']);
    });

    it('keeps 256 KiB of each of many messages of 10 MB, and says exactly how much it was', () => {
      const store = new MemoryStore({ maxBytes: 1024 * KIB });
      const message = 'é'.repeat(5_000_000);
      for (let count = 0; count < 20; count++) log(store, message);
      const entries = held(store);
      expect(entries).toHaveLength(8);
      for (const { message: kept, truncated } of entries) {
        expect(Buffer.byteLength(kept)).toBe(256 * KIB);
        expect(truncated).toEqual({ bytes: 10_000_000, kept: 256 * KIB });
      }
    });

    it('says nothing of truncation where nothing was cut', () => {
      const store = new MemoryStore({ entryBytes: KIB });
      log(store, 'x'.repeat(KIB), 'é'.repeat(KIB / 2));
      store.append({ level: 'error', message: 'x'.repeat(KIB / 2), stack: 'y'.repeat(KIB / 2) });
      expect(held(store).map(({ truncated }) => truncated)).toEqual([undefined, undefined, undefined]);
    });

    it('counts by level what it accepted and what it holds', () => {
      const store = new MemoryStore({ capacity: 3 });
      const levels: LogLevel[] = ['error', 'log', 'warn', 'warn', 'fatal'];
      for (const level of levels) store.append({ level, message: level });
      const none = Object.fromEntries(LOG_LEVELS.map((level) => [level, 0]));
      const { accepted, held } = store.stats();
      expect(accepted).toEqual({ total: 5, byLevel: { ...none, error: 1, log: 1, warn: 2, fatal: 1 } });
      expect(held.byLevel).toEqual({ ...none, warn: 2, fatal: 1 });
      const newest = Number(store.stats().newest.split('-')[1]);
      expect(store.levelsBetween(newest - 2, newest - 1)).toEqual([0, 0, 0, 2, 0, 0]);
      expect(store.levelsBetween(newest, newest)).toEqual([0, 0, 0, 0, 0, 1]);
    });

    it('keeps batches as they were, when the ring has turned over many times', () => {
      const store = new MemoryStore({ capacity: 100 });
      const handedOut = Array.from({ length: 50 }, (_, round) => {
        const before = store.stats().newest;
        log(store, ...Array.from({ length: 7 }, (_, index) => `round ${round}, ${index}`));
        return store.read({ after: before, limit: 100 });
      });
      for (const [round, { entries, epoch, next }] of handedOut.entries()) {
        expect(entries.map(({ message }) => message)).toEqual(
          Array.from({ length: 7 }, (_, index) => `round ${round}, ${index}`),
        );
        expect(next).toBe(formatCursor(epoch, entries[6].id));
      }
    });

    it('takes a level nobody knows for log, and a time nobody can read for now', () => {
      const store = new MemoryStore();
      store.entries$.subscribe();
      const before = Date.now();
      store.append({ level: 'info' as LogLevel, message: 'one', time: 'yesterday' });
      const [entry] = held(store);
      expect(entry.level).toBe('log');
      expect(Date.parse(entry.time ?? '')).toBeGreaterThanOrEqual(before);
      expect(store.stats().held.byLevel.log).toBe(1);
    });

    it('says the name of its process in valid JSON, whatever it is', () => {
      const store = new MemoryStore({ instance: 'a "b" \\' });
      const told: LogEntry[] = [];
      store.entries$.subscribe((entry) => told.push(entry));
      log(store, 'one');
      expect([told[0]?.instance, held(store)[0]?.instance]).toEqual(['a "b" \\', 'a "b" \\']);
    });

    it('tells an observer the same as a reader', () => {
      const store = new MemoryStore();
      const told: LogEntry[] = [];
      store.entries$.subscribe((entry) => told.push(entry));
      store.append({
        level: 'log',
        message: '\u009b',
        data: { a: 1 },
        requestId: 'r',
        context: 'C',
        stack: 'S',
      });
      expect(told).toEqual(held(store));
    });

    it('gives each line what its context has, and what it says itself comes first', () => {
      const store = new MemoryStore();
      const shared = { requestId: 'r', traceId: 't' };
      store.append({ level: 'log', message: 'a' }, shared);
      store.append({ level: 'log', message: 'b', traceId: 'own', spanId: 's' }, shared);
      store.append({ level: 'log', message: 'x'.repeat(300_000) }, shared);
      store.append({ level: 'log', message: 'c' });
      const [a, b, cut, c] = held(store);
      expect(a).toMatchObject({ requestId: 'r', traceId: 't' });
      expect(b).toMatchObject({ requestId: 'r', traceId: 'own', spanId: 's' });
      expect(cut).toMatchObject({ requestId: 'r', traceId: 't', truncated: { bytes: 300_000 } });
      expect(c).not.toHaveProperty('requestId');
      expect(shared).toEqual({ requestId: 'r', traceId: 't' });
    });

    it('wakes who waits, and tells observers that it was the end, when it is closed', async () => {
      const store = new MemoryStore();
      let completed = false;
      store.entries$.subscribe({ complete: () => (completed = true) });
      const waiting = store.waitAfter(store.stats().newest, { timeoutMs: 600_000 });
      store.close();
      await waiting;
      expect(completed).toBe(true);
      log(store, 'after the end');
      expect(messages(store)).toEqual(['after the end']);
    });
  });
});
