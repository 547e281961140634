import { jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { type ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { ArrayOperation } from '../testing/array-operation.js';
import { MemoryStore, type MemoryStoreOptions } from '../stores/memory/memory.store.js';
import { LiveResponse, type LiveRequest } from './live-response.js';
import { sseFormat } from './sse-format.js';
import { textFormat } from './text-format.js';

/** As much of a ServerResponse as is written to; `full`: the client takes nothing, until `drain()`. */
class Client extends EventEmitter {
  readonly frames: string[] = [];
  readonly socket = { resetAndDestroy: jest.fn(() => this.leave()) };
  destroyed = false;
  writableEnded = false;
  full = false;
  writableNeedDrain = false;

  write(chunk: Uint8Array | string): boolean {
    // Node would emit an error that nobody handles.
    if (this.writableEnded) throw new Error('write after end');
    this.writableNeedDrain = this.full;
    this.frames.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return !this.full;
  }

  drain(): void {
    this.full = this.writableNeedDrain = false;
    this.emit('drain');
  }

  leave(): void {
    this.destroyed = true;
    this.emit('close');
  }

  destroy(): void {
    if (!this.destroyed) this.leave();
  }

  get batches(): LogBatch[] {
    const data = this.frames.filter((frame) => frame.startsWith('id: '));
    return data.map((frame) => JSON.parse(frame.slice(frame.indexOf('data: ') + 6)) as LogBatch);
  }

  get messages(): string[] {
    return this.batches.flatMap(({ entries }) => entries.map(({ message }) => message));
  }

  /** The names of the named events so far. */
  get events(): string[] {
    return [...this.frames.join('').matchAll(/^event: (\w+)/gm)].map(([, name]) => name);
  }

  /** The last frame, of several that were written at once too. */
  get last(): string {
    return this.frames.join('').split('\n\n').at(-2) ?? '';
  }
}

const settled = () => jest.advanceTimersByTimeAsync(0);

function logTo(store: MemoryStore, ...messages: string[]): void {
  for (const message of messages) store.append({ level: 'log', message });
}

const lines = (count: number, name = 'line'): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);

/** A live response of a new log, from its beginning on. */
function open({ request = {}, ...options }: MemoryStoreOptions & { request?: Partial<LiveRequest> } = {}) {
  const store = new MemoryStore(options);
  const client = new Client();
  const place = store.stats().newest;
  const live = new LiveResponse(client as unknown as ServerResponse, {
    source: store,
    format: sseFormat,
    place,
    after: place,
    keepsFollowing: true,
    newest: () => store.stats().newest,
    ...request,
  });
  const state = { ended: false };
  /** Starts it; `ended` becomes true when it is over. */
  const run = (hello?: string): void => void live.run(hello).then(() => (state.ended = true));
  return { store, client, live, place, state, run };
}

const idOf = (frame: string): string | undefined => /^id: (.*)$/m.exec(frame)?.[1];

describe('LiveResponse', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(async () => {
    // A common tick that was never reached would be waited for by the next test, whose clock it does not know.
    await jest.advanceTimersByTimeAsync(100);
    jest.useRealTimers();
  });

  describe('accounts for what it gave', () => {
    it('counts the entries it wrote, and what it told as missed', async () => {
      const { store, client, live, run } = open({ capacity: 10 });
      logTo(store, ...lines(25));
      run();
      await settled();
      expect(live.account).toEqual({ delivered: 10, missed: 15, reason: 'left' });
      await jest.advanceTimersByTimeAsync(100);
      logTo(store, 'live');
      await settled();
      live.end('shutdown');
      await settled();
      expect(client.messages).toHaveLength(11);
      expect(live.account).toEqual({ delivered: 11, missed: 15, reason: 'shutdown' });
    });

    it('does not count what nobody could be given any more', async () => {
      const { store, client, live, run } = open();
      run();
      logTo(store, 'one');
      await settled();
      client.writableEnded = true;
      await jest.advanceTimersByTimeAsync(100);
      logTo(store, 'two');
      await settled();
      expect(live.account).toMatchObject({ delivered: 1, missed: 0 });
      live.leave();
    });

    it('knows no number of what was missed where a gap had none', async () => {
      const { store, live, run } = open({ request: { after: 'earlier-1' as Cursor } });
      logTo(store, 'one');
      run();
      await settled();
      expect(live.account).toMatchObject({ delivered: 1, missed: null });
      live.leave();
    });
  });

  describe('while the client reads', () => {
    it('writes the hello, then what there is, then every line as it comes', async () => {
      const { store, client, live, run } = open();
      logTo(store, 'before');
      run('event: hello\n\n');
      await settled();
      expect(client.frames[0]).toBe('event: hello\n\n');
      expect(client.messages).toEqual(['before']);
      await jest.advanceTimersByTimeAsync(100);
      logTo(store, 'live');
      await settled();
      expect(client.messages).toEqual(['before', 'live']);
      live.leave();
    });

    it('gives every event the cursor after everything sent so far', async () => {
      const { store, client, live, run } = open();
      run();
      logTo(store, 'one', 'two');
      await settled();
      expect(idOf(client.frames[0])).toBe(store.stats().newest);
      live.leave();
    });

    it('writes the first line after a pause at once, what follows at the next tick, 16 to 50 ms later', async () => {
      const { store, client, live, run } = open();
      run();
      await jest.advanceTimersByTimeAsync(500);
      logTo(store, 'first');
      await settled();
      expect(client.messages).toEqual(['first']);
      logTo(store, 'second');
      await jest.advanceTimersByTimeAsync(15);
      logTo(store, 'third');
      expect(client.messages).toEqual(['first']);
      await jest.advanceTimersByTimeAsync(36);
      expect(client.batches.map(({ entries }) => entries.length)).toEqual([1, 2]);
      live.leave();
    });

    it('writes a burst without a pause, at most 1000 entries an event', async () => {
      const { store, client, live, run } = open();
      run();
      await settled();
      logTo(store, ...lines(2500));
      await settled();
      expect(client.batches.map(({ entries }) => entries.length)).toEqual([1000, 1000, 500]);
      expect(client.messages).toEqual(lines(2500));
      live.leave();
    });

    it('writes at most 256 KiB an event, but always one entry', async () => {
      const { store, client, live, run } = open();
      run();
      logTo(store, ...Array.from({ length: 10 }, () => 'x'.repeat(100 * 1024)), 'y'.repeat(300 * 1024));
      await settled();
      for (const { entries } of client.batches)
        expect(entries.length === 1 || JSON.stringify(entries).length <= 256 * 1024).toBe(true);
      expect(client.messages).toHaveLength(11);
      live.leave();
    });

    it('pings at 1, 2, 3, 5, 7 s, then every 10 s, with the place reached as id', async () => {
      const { store, client, live, place, run } = open({ request: { filter: { level: ['error'] } } });
      run();
      const seconds: number[] = [];
      // A ping may come a tick late.
      await jest.advanceTimersByTimeAsync(60);
      for (let second = 1; second <= 30; second++) {
        await jest.advanceTimersByTimeAsync(1000);
        if (client.frames.length > seconds.length) seconds.push(second);
      }
      expect(seconds).toEqual([1, 2, 3, 5, 7, 10, 20, 30]);
      expect(client.frames.map(idOf)).toEqual(Array<Cursor>(8).fill(place));
      logTo(store, 'filtered out');
      await settled();
      await jest.advanceTimersByTimeAsync(10_100);
      expect(client.events).toEqual(Array<string>(9).fill('ping'));
      expect(idOf(client.frames[8])).toBe(store.stats().newest);
      live.leave();
    });

    it('pings a busy stream too', async () => {
      const { store, client, live, run } = open();
      run();
      for (let turn = 0; turn < 80; turn++) {
        logTo(store, 'busy');
        await jest.advanceTimersByTimeAsync(100);
      }
      expect(client.events).toEqual(Array<string>(5).fill('ping'));
      live.leave();
    });

    it('tells of a clear at once, and of the gap in the next batch', async () => {
      const { store, client, live, run } = open();
      logTo(store, 'kept');
      run();
      await settled();
      await store.clear({ by: 'operator-1' });
      expect(client.events).toEqual(['cleared']);
      await jest.advanceTimersByTimeAsync(100);
      expect(client.messages).toEqual(['kept', 'operator-1 cleared 1 entry']);
      live.leave();
    });

    it('ends after the newest when it does not follow, without a farewell', async () => {
      const { store, client, state, run } = open({ request: { keepsFollowing: false } });
      logTo(store, ...lines(1500));
      run();
      await settled();
      expect(client.messages).toEqual(lines(1500));
      expect(client.events).toEqual([]);
      expect(state.ended).toBe(true);
    });

    it('ends after the newest also when nothing matches, or there is nothing', async () => {
      const { store, client, state, run } = open({
        request: { keepsFollowing: false, filter: { level: ['fatal'] } },
      });
      logTo(store, ...lines(10));
      run();
      await settled();
      expect(client.frames).toEqual([]);
      expect(state.ended).toBe(true);
    });
  });

  describe('while the client takes nothing', () => {
    it('has one batch in flight: the next is read when the socket has taken the last', async () => {
      const { store, client, live, run } = open();
      const read = jest.spyOn(store, 'read');
      client.full = true;
      run();
      logTo(store, ...lines(5000));
      await settled();
      expect(client.batches).toHaveLength(1);
      const reads = read.mock.calls.length;
      await jest.advanceTimersByTimeAsync(20_000);
      logTo(store, 'late');
      expect(client.frames).toHaveLength(1);
      expect(read).toHaveBeenCalledTimes(reads);
      client.drain();
      await settled();
      expect(client.messages).toEqual([...lines(5000), 'late']);
      live.leave();
    });

    it('does not make the log wait, and tells the exact gap when the reader was overtaken', async () => {
      const { store, client, live, run } = open({ capacity: 100 });
      client.full = true;
      run();
      logTo(store, ...lines(50));
      await settled();
      logTo(store, ...lines(500, 'more'));
      client.drain();
      await jest.advanceTimersByTimeAsync(100);
      const [first, second] = client.batches;
      expect(first.entries).toHaveLength(50);
      expect(second.gap).toMatchObject({ reason: 'evicted', missed: 400 });
      expect(client.messages).toHaveLength(150);
      expect(client.batches.filter(({ gap }) => gap)).toHaveLength(1);
      live.leave();
    });

    it('ends it after 30 s without progress: bye slow, then a reset of the socket', async () => {
      const { store, client, state, run } = open();
      client.full = true;
      run();
      logTo(store, 'never taken');
      await jest.advanceTimersByTimeAsync(29_900);
      expect(state.ended).toBe(false);
      expect(client.socket.resetAndDestroy).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(200);
      expect(client.socket.resetAndDestroy).toHaveBeenCalledTimes(1);
      expect(client.events).toEqual(['bye']);
      expect(client.frames.at(-1)).toContain('"reason":"slow"');
      expect(state.ended).toBe(true);
    });

    it('does not end a client that is slow, but takes something every 29 s', async () => {
      const { store, client, live, state, run } = open();
      run();
      for (let turn = 0; turn < 5; turn++) {
        client.full = true;
        logTo(store, `turn ${turn}`);
        await jest.advanceTimersByTimeAsync(29_000);
        client.drain();
        await jest.advanceTimersByTimeAsync(100);
      }
      expect(state.ended).toBe(false);
      expect(client.messages).toHaveLength(5);
      live.leave();
    });

    it('does not write events behind a batch that is not taken; of each kind the last is told then', async () => {
      const { store, client, live, run } = open();
      client.full = true;
      run();
      logTo(store, 'never taken');
      await settled();
      for (let turn = 0; turn < 5; turn++) await store.clear({ by: `operator-${turn}` });
      expect(client.frames).toHaveLength(1);
      client.drain();
      await settled();
      expect(client.events).toEqual(['cleared']);
      expect(client.frames[1]).toContain('operator-4');
      live.leave();
    });

    it('lets no storm of events pile up for a client that stopped reading between two batches', async () => {
      const { store, client, live, run } = open();
      run();
      await settled();
      client.full = true;
      for (let turn = 0; turn < 100; turn++) {
        logTo(store, 'x');
        await store.clear({ by: `operator-${turn}` });
      }
      expect(client.frames.length).toBeLessThanOrEqual(2);
      client.drain();
      await jest.advanceTimersByTimeAsync(100);
      expect(client.frames.at(-1)).toContain('operator-99');
      live.leave();
    });

    it('writes nothing more when the client leaves, and lets go of log and response', async () => {
      const { store, client, state, run } = open();
      client.full = true;
      run();
      logTo(store, 'never taken');
      await settled();
      client.leave();
      await settled();
      expect(state.ended).toBe(true);
      logTo(store, 'nobody is there');
      await store.clear();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(client.frames).toHaveLength(1);
      expect(client.eventNames()).toEqual([]);
      expect(jest.getTimerCount()).toBe(0);
    });

    it.each([
      ['a line', (store: MemoryStore) => logTo(store, 'too late')],
      ['an event', (store: MemoryStore) => void store.clear()],
      ['a ping', () => undefined],
      ['a farewell', (_store: MemoryStore, live: LiveResponse) => live.end('shutdown')],
    ])('writes nothing more when somebody else ended it: %s', async (_what, happens) => {
      const { store, client, live, state, run } = open();
      logTo(store, 'one');
      run();
      await settled();
      client.writableEnded = true;
      happens(store, live);
      await jest.advanceTimersByTimeAsync(60_000);
      expect(client.messages).toEqual(['one']);
      expect(client.socket.resetAndDestroy).toHaveBeenCalled();
      expect(state.ended).toBe(true);
      expect(client.eventNames()).toEqual([]);
    });

    it('writes nothing to one that somebody else ended before it ran', async () => {
      const { client, live, state, run } = open();
      client.writableEnded = true;
      run('hello');
      await settled();
      expect(client.frames).toEqual([]);
      expect(state.ended).toBe(true);
      live.leave();
    });

    it('is not called slow when the host took the response away', async () => {
      const { store, client, live, state, run } = open();
      client.full = true;
      run();
      logTo(store, 'never taken');
      await settled();
      live.leave();
      await settled();
      expect(state.ended).toBe(true);
      expect(client.events).toEqual([]);
      expect(client.socket.resetAndDestroy).not.toHaveBeenCalled();
    });
  });

  describe('when it is ended', () => {
    it('says bye at shutdown after what was logged so far', async () => {
      const { store, client, live, state, run } = open();
      run();
      await settled();
      logTo(store, ...lines(2500));
      live.end('shutdown');
      await settled();
      expect(client.messages).toEqual(lines(2500));
      expect(client.events).toEqual(['bye']);
      expect(client.frames.at(-1)).toContain('"reason":"shutdown"');
      expect(idOf(client.frames.at(-1)!)).toBe(store.stats().newest);
      expect(state.ended).toBe(true);
    });

    it("says bye with the reader's own place, past what the filter dropped", async () => {
      const { store, client, live, run } = open({ request: { filter: { level: ['error'] } } });
      run();
      await settled();
      logTo(store, ...lines(3));
      live.end('shutdown');
      await settled();
      expect(client.frames).toHaveLength(1);
      expect(idOf(client.frames[0])).toBe(store.stats().newest);
    });

    it.each(['signed-out', 'forbidden'] as const)(
      'shows nothing more to a reader who is %s',
      async (reason) => {
        const { store, client, live, state, run } = open();
        run();
        await settled();
        logTo(store, 'secret');
        live.end(reason);
        await settled();
        expect(client.messages).toEqual([]);
        expect(client.frames.at(-1)).toContain(`"reason":"${reason}"`);
        expect(state.ended).toBe(true);
      },
    );

    it('says only the first reason', async () => {
      const { client, live, run } = open();
      run();
      await settled();
      live.end('forbidden');
      live.end('shutdown');
      await settled();
      expect(client.events).toEqual(['bye']);
      expect(client.frames[0]).toContain('forbidden');
    });

    it('resets a client that does not take the farewell within half a second', async () => {
      const { store, client, live, state, run } = open();
      run();
      await settled();
      client.full = true;
      logTo(store, 'never taken');
      live.end('shutdown');
      await jest.advanceTimersByTimeAsync(450);
      expect(state.ended).toBe(false);
      await jest.advanceTimersByTimeAsync(100);
      expect(state.ended).toBe(true);
      expect(client.socket.resetAndDestroy).toHaveBeenCalledTimes(1);
    });

    it('gives a client that stood still the same half second, not thirty', async () => {
      const { store, client, live, state, run } = open();
      client.full = true;
      run();
      logTo(store, 'never taken');
      await jest.advanceTimersByTimeAsync(5000);
      live.end('shutdown');
      await jest.advanceTimersByTimeAsync(550);
      expect(state.ended).toBe(true);
      expect(client.socket.resetAndDestroy).toHaveBeenCalledTimes(1);
    });

    it('does not go on for ever when others go on logging', async () => {
      const { store, client, live, state, run } = open({ capacity: 1_000_000 });
      run();
      await settled();
      const write = client.write.bind(client);
      client.write = (chunk) => {
        logTo(store, ...lines(1001));
        return write(chunk);
      };
      logTo(store, ...lines(1001));
      live.end('shutdown');
      await settled();
      expect(state.ended).toBe(true);
      expect(client.events).toEqual(['bye']);
    });

    it('ends one that was ended before it ran', async () => {
      const { client, live, state, run } = open();
      live.end('shutdown');
      run('event: hello\n\n');
      await settled();
      expect(client.events).toEqual(['hello', 'bye']);
      expect(state.ended).toBe(true);
    });

    it('writes nothing to a response that was gone before it ran', async () => {
      const { client, state, run } = open();
      client.leave();
      run('event: hello\n\n');
      await settled();
      expect(client.frames).toEqual([]);
      expect(state.ended).toBe(true);
    });
  });

  describe('of an operation', () => {
    /** A live response of an operation, from its beginning on. */
    function openOperation(request: Partial<LiveRequest> = {}) {
      const source = new ArrayOperation();
      const place = source.cursor(source.newest);
      const opened = open({ request: { source, place, after: place, ...request } });
      return { ...opened, source };
    }
    const dataOf = (frame: string): unknown => JSON.parse(frame.slice(frame.indexOf('data: ') + 6));
    const states = ({ frames }: Client): unknown[] =>
      frames
        .join('')
        .split('\n\n')
        .filter((frame) => frame.startsWith('event: operation'))
        .map((frame) => (dataOf(frame) as { state: unknown }).state);
    const over = () => jest.advanceTimersByTimeAsync(100);

    it('ends with it: after its lines, its last state, and a farewell with the place of its end', async () => {
      const { source, client, state, run } = openOperation();
      run();
      source.log('one', 'two');
      await over();
      expect(state.ended).toBe(false);
      source.log('three');
      source.end({ state: 'failed' });
      await over();
      expect(client.messages).toEqual(['one', 'two', 'three']);
      expect(client.events).toEqual(['operation', 'bye']);
      expect(states(client)).toEqual(['failed']);
      expect([idOf(client.last), dataOf(client.last)]).toEqual([
        source.cursor(source.newest),
        { reason: 'finished', retryMs: 2000 },
      ]);
      expect(state.ended).toBe(true);
    });

    it('tells who comes afterwards the same, its state included', async () => {
      const { source, client, state, run } = openOperation();
      source.log('one');
      source.end();
      run();
      await over();
      expect([client.messages, states(client)]).toEqual([['one'], ['ok']]);
      expect(client.last).toContain('"reason":"finished"');
      expect(state.ended).toBe(true);
    });

    it('says bye with the end as its place, where the filter dropped all before it', async () => {
      const { source, client, run } = openOperation({ filter: { level: ['error'] } });
      run();
      source.log('dropped');
      source.end();
      // Where the filter drops all, the process gets its turn, by no clock of ours.
      await setImmediate();
      await over();
      expect(client.events).toEqual(['operation', 'bye']);
      expect(idOf(client.last)).toBe(source.cursor(source.newest));
      expect(client.messages).toEqual([]);
    });

    it('tells of its changes as they come, and of the last one once, after its last line', async () => {
      const { source, client, run } = openOperation();
      run();
      await settled();
      source.tell({ progress: { done: 1 } });
      source.log('last');
      source.end();
      await over();
      expect(states(client)).toEqual(['running', 'ok']);
      expect(client.frames.findIndex((frame) => frame.includes('"state":"ok"'))).toBeGreaterThan(
        client.frames.findIndex((frame) => frame.includes('"message":"last"')),
      );
    });

    it('has the last state come to a client that takes it late only', async () => {
      const { source, client, run } = openOperation();
      client.full = true;
      run();
      source.log('held up');
      await settled();
      source.tell({ progress: { done: 1 } });
      source.end();
      await over();
      expect(states(client)).toEqual([]);
      client.drain();
      await over();
      expect(states(client).at(-1)).toBe('ok');
      expect(client.last).toContain('"reason":"finished"');
    });

    it('is over at a shutdown that ended it, as any other', async () => {
      const { source, client, live, state, run } = openOperation();
      run();
      await settled();
      source.log('last words');
      source.end({ state: 'abandoned' });
      live.end('shutdown');
      await over();
      expect([client.messages, states(client)]).toEqual([['last words'], ['abandoned']]);
      expect(client.last).toContain('"reason":"finished"');
      expect(state.ended).toBe(true);
    });

    it('is not over for a reader whom the shutdown interrupts while it runs', async () => {
      const { source, client, live, run } = openOperation();
      run();
      await settled();
      source.log('more to come');
      live.end('shutdown');
      await over();
      expect(client.messages).toEqual(['more to come']);
      expect(client.last).toContain('"reason":"shutdown"');
    });

    it('gives a slow client its time to take the end, and at a shutdown half a second', async () => {
      const { source, client, live, run } = openOperation();
      client.full = true;
      run();
      source.end();
      await jest.advanceTimersByTimeAsync(20_000);
      expect(client.socket.resetAndDestroy).not.toHaveBeenCalled();
      live.end('shutdown');
      await jest.advanceTimersByTimeAsync(450);
      expect(client.socket.resetAndDestroy).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(100);
      expect(client.socket.resetAndDestroy).toHaveBeenCalled();
    });

    it.each([true, false])(
      'as text has its outcome as the last line (following: %s)',
      async (keepsFollowing) => {
        const { source, client, state, run } = openOperation({ format: textFormat(), keepsFollowing });
        source.log('one');
        source.end();
        run('');
        await over();
        expect(client.frames.join('')).toMatch(/^\S+ +LOG one\n=== ok in 12\.4 s, 1 line ===\n$/);
        expect(state.ended).toBe(true);
      },
    );

    it('as text has no outcome while it runs', async () => {
      const { source, client, state, run } = openOperation({ format: textFormat(), keepsFollowing: false });
      source.log('one');
      run();
      await over();
      expect(client.frames.join('')).toMatch(/^\S+ +LOG one\n$/);
      expect(state.ended).toBe(true);
    });

    it('as text has no outcome before what was written since', async () => {
      const { source, client, run } = openOperation({ format: textFormat(), keepsFollowing: false });
      const read = source.read.bind(source);
      source.read = async (request) => {
        const batch = await read(request);
        if (!source.finished) source.log('later');
        source.end();
        return batch;
      };
      run();
      await over();
      expect(client.frames.join('')).not.toContain('===');
    });

    it('writes nothing to a client that has left, and listens no longer', async () => {
      const { source, client, live, state, run } = openOperation();
      run();
      await settled();
      live.leave();
      source.log('unread');
      source.end();
      await over();
      expect([client.frames, state.ended, source.listeners.size]).toEqual([[], true, 0]);
    });
  });

  describe('as text', () => {
    it('has lines only: no pings, no events, no farewell', async () => {
      const { store, client, live, state, run } = open({ request: { format: textFormat() } });
      run();
      logTo(store, 'one');
      await jest.advanceTimersByTimeAsync(35_000);
      logTo(store, 'two');
      live.end('shutdown');
      await settled();
      expect(client.frames.map((frame) => frame.split(' ').at(-1))).toEqual(['one\n', 'two\n']);
      expect(state.ended).toBe(true);
    });

    it('is ended without a word when the client takes nothing', async () => {
      const { store, client, state, run } = open({ request: { format: textFormat() } });
      client.full = true;
      run();
      logTo(store, 'never taken');
      await jest.advanceTimersByTimeAsync(30_100);
      expect(client.frames.join('')).toMatch(/^\S+ +LOG never taken\n$/);
      expect(client.socket.resetAndDestroy).toHaveBeenCalledTimes(1);
      expect(state.ended).toBe(true);
    });
  });
});
