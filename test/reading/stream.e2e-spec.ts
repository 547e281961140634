import { Logger } from '@nestjs/common';
import { once } from 'node:events';
import { bearer, OPERATOR, VIEWER } from '../access/people.js';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { EventReader } from './event-reader.js';
import { createLogHost, epochOf, eventually, idOf, logLines, type LogHost } from './log-host.js';

const FOR_ALL_KIB = 256 * 1024;

describe.each(ADAPTERS)('GET stream, on %s', (adapter) => {
  let host: LogHost;
  const readers: EventReader[] = [];
  beforeEach(async () => (host = await createLogHost(adapter)));
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await host.close();
  });

  const open = async (query = 'limit=0', headers?: Record<string, string>): Promise<EventReader> => {
    const reader = await EventReader.open(host.at(`stream?${query}`), headers);
    readers.push(reader);
    return reader;
  };
  /** A stream that is open and has said hello. */
  const follow = async (query?: string, headers?: Record<string, string>): Promise<EventReader> => {
    const reader = await open(query, headers);
    await reader.first('hello');
    return reader;
  };
  const resuming = (id: string): Record<string, string> => ({ ...bearer(OPERATOR), 'last-event-id': id });

  it('opens with headers that keep proxies and caches out of the way', async () => {
    const { response } = await open();
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'x-accel-buffering': 'no',
    });
    expect(response.headers['cache-control']).toContain('no-store');
    expect(response.headers['cache-control']).toContain('no-transform');
    expect(response.headers['content-length']).toBeUndefined();
  });

  it('says hello first, with what the contract promises and the place where the stream starts as id', async () => {
    logLines(3);
    const [reader] = [await follow('limit=2')];
    const { epoch, oldest, newest, store } = await host.service.stats();
    const [hello] = reader.events;
    expect(hello).toMatchObject({ event: 'hello', retry: '2000', id: `${epoch}-${idOf(newest) - 2}` });
    expect(hello.data).toEqual({
      epoch,
      instance: 'web-1',
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      oldest,
      newest,
      pingSeconds: 10,
      uiVersion: expect.any(String) as string,
      store,
    });
  });

  it('sends the backlog, then every line as it is logged', async () => {
    const before = logLines(3);
    const reader = await follow('limit=3');
    await reader.until(() => reader.entries.length === 3);
    expect(reader.messages).toEqual(before);
    new Logger('Live').warn('while it is open', { sku: 'AB-444' });
    await reader.until(() => reader.entries.length === 4);
    expect(reader.entries[3]).toMatchObject({ level: 'warn', context: 'Live', data: { sku: 'AB-444' } });
  });

  it('sends only what is new with limit=0, and a backlog of 500 by itself', async () => {
    logLines(600);
    const [fresh, usual] = [await follow(), await follow('')];
    await usual.until(() => usual.entries.length === 500);
    logLines(1);
    await fresh.until(() => fresh.entries.length > 0);
    expect(fresh.messages).toEqual(['line 0']);
  });

  it("gives every event the reader's own place as id, and batches that are those of the poll", async () => {
    const reader = await follow();
    logLines(2);
    const { id, data } = await reader.first('message');
    expect(Object.keys(data)).toEqual(['epoch', 'instance', 'entries', 'next', 'prev', 'more']);
    expect(data).toEqual(await host.entries(`after=${reader.events[0].id}`));
    expect(id).toBe(data.next);
  });

  it('sends what matches a filter only, backlog and live', async () => {
    const logger = new Logger('A');
    logger.log('drop');
    logger.error('keep 1');
    logger.log('drop');
    const reader = await follow('level=error&context=A&limit=5');
    await reader.until(() => reader.entries.length === 1);
    logger.log('drop');
    logger.error('keep 2');
    await reader.until(() => reader.entries.length === 2);
    expect(reader.messages).toEqual(['keep 1', 'keep 2']);
    expect(reader.events.at(-1)?.id).toBe(await host.now());
  });

  it('pings after 1 and 2 s with the place reached, past what the filter dropped', async () => {
    const reader = await follow('limit=0&level=fatal');
    const start = reader.events[0].at;
    logLines(3);
    await reader.until(() => reader.named('ping').length === 2);
    const newest = await host.now();
    const [first, second] = reader.named('ping');
    for (const { id, data } of [first, second]) {
      expect(id).toBe(newest);
      expect(data).toEqual({ time: expect.stringMatching(/^\d{4}-.*Z$/) as string, newest });
    }
    expect(first.at - start).toBeGreaterThan(900);
    expect(second.at - first.at).toBeGreaterThan(900);
    expect(reader.named('message')).toEqual([]);
  });

  describe('resuming', () => {
    it('delivers everything once after a cut', async () => {
      const first = await follow();
      const lines = [...logLines(10)];
      await first.until(() => first.entries.length === 10);
      const { id } = first.events.at(-1)!;
      first.close();
      lines.push(...logLines(10));
      const second = await follow('limit=0', resuming(id!));
      lines.push(...logLines(10));
      await second.until(() => second.entries.length === 20);
      expect([...first.messages, ...second.messages]).toEqual(lines);
      expect(second.gaps).toEqual([]);
      expect(second.events[0].id).toBe(id);
    });

    it('lets Last-Event-ID win over after', async () => {
      const after = await host.now();
      logLines(5);
      const id = await host.now();
      const lines = logLines(2);
      const reader = await follow(`after=${after}`, resuming(id));
      await reader.until(() => reader.entries.length === 2);
      expect(reader.messages).toEqual(lines);
    });

    it.each(['1', '501', '', 'x', 'e-', 'e-1-x', `e-${2 ** 53}`, 'é', 'null', 'a b-1'])(
      'ignores a Last-Event-ID of another form: %j',
      async (id) => {
        const after = await host.now();
        const lines = logLines(2);
        const reader = await follow(`after=${after}`, resuming(Buffer.from(id).toString('latin1')));
        await reader.until(() => reader.entries.length === 2);
        expect(reader.messages).toEqual(lines);
        expect(reader.gaps).toEqual([]);
      },
    );

    it('starts with the newest where a malformed Last-Event-ID is all there is', async () => {
      logLines(2);
      const reader = await follow('limit=1', resuming('42'));
      await reader.until(() => reader.entries.length === 1);
      expect(reader.gaps).toEqual([]);
    });

    it('tells a reader of another epoch of a gap "restarted", then sends from the oldest held', async () => {
      const { oldest, held } = await host.service.stats();
      const reader = await follow('limit=0', resuming('earlier-5'));
      await reader.until(() => reader.entries.length >= held.entries);
      expect(reader.events[0].id).toBe(oldest);
      expect(reader.gaps).toEqual([{ reason: 'restarted', missed: null }]);
      expect(reader.batches[0].gap).toBeDefined();
      expect(reader.entries[0].id).toBe(idOf(oldest) + 1);
    });

    it('reads after=0 as from the oldest held, without a gap', async () => {
      const { oldest, held } = await host.service.stats();
      const reader = await follow('after=0');
      await reader.until(() => reader.entries.length === held.entries);
      expect(reader.events[0].id).toBe(oldest);
      expect(reader.gaps).toEqual([]);
    });

    it('loses sight of nothing between hello and the first batch, however fast the log turns over', async () => {
      await host.close();
      host = await createLogHost(adapter, { capacity: 50 });
      let isBusy = true;
      const busy = (): void => {
        logLines(100);
        if (isBusy) setImmediate(busy);
      };
      busy();
      for (const query of ['after=0', 'limit=10', 'limit=0']) {
        const reader = await follow(query);
        await reader.first('message');
        const start = idOf(reader.events[0].id!);
        const [{ gap, entries }] = reader.batches;
        if (gap) expect(gap).toMatchObject({ reason: 'evicted', from: start + 1, to: entries[0].id - 1 });
        else expect(entries[0].id).toBe(start + 1);
      }
      isBusy = false;
    });

    it('tells a reader who was away too long exactly what is missing', async () => {
      await host.close();
      host = await createLogHost(adapter, { capacity: 100 });
      const id = await host.now();
      const lines = logLines(250);
      const reader = await follow('limit=0', resuming(id));
      await reader.until(() => reader.entries.length === 100);
      expect(reader.gaps).toEqual([
        { reason: 'evicted', from: idOf(id) + 1, to: idOf(id) + 150, missed: 150 },
      ]);
      expect(reader.messages).toEqual(lines.slice(150));
      // Until the gap was told the reader is where it was: a cut right after hello loses nothing.
      expect(reader.events[0].id).toBe(id);
    });
  });

  describe('a burst of 10,000 lines in one tick', () => {
    it('is delivered whole to a client that reads, in order and without a gap', async () => {
      const reader = await follow();
      const lines = logLines(10_000);
      await reader.until(() => reader.entries.length === 10_000);
      expect(reader.gaps).toEqual([]);
      expect(reader.messages).toEqual(lines);
      const ids = reader.entries.map(({ id }) => id);
      expect(ids).toEqual(Array.from(ids, (_, index) => ids[0] + index));
    });

    it('comes in events of at most 1000 entries and 256 KiB', async () => {
      const reader = await follow();
      const logger = new Logger('Burst');
      for (let index = 0; index < 10_000; index++) logger.log(`${index} ${'x'.repeat(index % 700)}`);
      await reader.until(() => reader.entries.length === 10_000);
      const batches = reader.named('message');
      expect(Math.max(...reader.batches.map(({ entries }) => entries.length))).toBeLessThanOrEqual(1000);
      for (const { data } of batches)
        expect(Buffer.byteLength(JSON.stringify(data.entries)) - 2).toBeLessThanOrEqual(FOR_ALL_KIB);
      expect(batches.length).toBeGreaterThanOrEqual(10);
    });
  });

  it('sends at most one event in 16 ms while no more waits', async () => {
    const reader = await follow();
    const logger = new Logger('Steady');
    const end = performance.now() + 300;
    while (performance.now() < end) {
      logger.log('x');
      await new Promise((resolve) => setImmediate(resolve));
    }
    const last = idOf(await host.now());
    await reader.until(() => idOf(reader.events.at(-1)?.id ?? '-0') === last);
    const batches = reader.named('message').filter(({ data }) => data.more === false);
    // 300 ms hold 18 events 16 ms apart, and the first at once.
    expect(batches.length).toBeLessThanOrEqual(21);
    expect(batches.length).toBeGreaterThan(3);
  });

  describe('to a client that stops reading', () => {
    it('tells one exact gap when it was overtaken: delivered + missed = logged', async () => {
      await host.close();
      host = await createLogHost(adapter, { capacity: 60, maxBytes: 64 * 1024 ** 2 });
      const reader = await follow();
      const { sockets } = host;
      reader.pause();
      const logger = new Logger('Stalled');
      let logged = 0;
      // Fifty lines of 250 kB are more than a loopback connection takes.
      for (; logged < 50; logged++) logger.log(`${logged} ${'x'.repeat(250_000)}`);
      await eventually(() => sockets.some((socket) => socket.writableNeedDrain));
      for (; logged < 1000; logged++) logger.log(`${logged}`);
      reader.resume();
      await reader.until(() => reader.messages.at(-1) === '999');
      expect(reader.gaps).toHaveLength(1);
      const [{ reason, missed, from, to }] = reader.gaps;
      expect(reason).toBe('evicted');
      expect(reader.entries.length + missed!).toBe(1000);
      expect(to! - from! + 1).toBe(missed);
      // In order: the gap stands where the entries are missing.
      const ids = reader.entries.map(({ id }) => id);
      const at = ids.findIndex((id) => id > to!);
      expect(ids.slice(0, at).every((id) => id < from!)).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('does not hold up the log, nor another reader: that one misses nothing', async () => {
      const [stalled, healthy] = [await follow(), await follow()];
      stalled.pause();
      const logger = new Logger('Beside');
      for (let turn = 0; turn < 40; turn++) {
        for (let index = 0; index < 10; index++) logger.log(`${turn * 10 + index} ${'x'.repeat(30_000)}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await healthy.until(() => healthy.entries.length === 400);
      expect(healthy.gaps).toEqual([]);
    });
  });

  it('tells of a clear, then of what was missed by it', async () => {
    const reader = await follow();
    const id = await host.now();
    logLines(5);
    await host.ask('entries', 'DELETE');
    const cleared = await reader.first('cleared');
    expect(cleared.data).toMatchObject({ by: 'operator-1' });
    await reader.until(() => reader.messages.at(-1)?.startsWith('operator-1 cleared') === true);
    expect(reader.entries.length - 1 + (reader.gaps[0]?.missed ?? 0)).toBe(5);
    expect(idOf(cleared.id!)).toBeLessThanOrEqual(idOf(id) + 5);
  });

  it('answers HEAD at once, with the same headers, and takes no slot', async () => {
    const head = await host.ask('stream', 'HEAD');
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-type']).toBe('text/event-stream');
    expect((await host.service.stats()).readers.streams).toBe(0);
  });

  describe('limits', () => {
    const streams = async (count: number): Promise<void> =>
      eventually(async () => (await host.service.stats()).readers.streams === count);

    it('holds 10 streams of one user and address open, and refuses the next with 503', async () => {
      const all = await Promise.all(Array.from({ length: 14 }, () => open()));
      const refused = all.filter(({ status }) => status === 503);
      expect(refused).toHaveLength(4);
      for (const { response } of refused) expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
      expect(await host.ask('stream')).toMatchObject({
        status: 503,
        json: {
          statusCode: 503,
          error: 'Service Unavailable',
          message: 'You have 10 streams open already; close one.',
        },
      });
      expect(await host.ask('tail')).toMatchObject({ status: 503 });
      expect(await host.ask('tail?follow=false')).toMatchObject({ status: 503 });
      expect(await host.ask('stream', 'HEAD')).toMatchObject({ status: 200 });
      // Somebody else has slots of their own.
      expect((await open('limit=0', bearer(VIEWER))).status).toBe(200);
    });

    it('holds as many per process as the host allows, whoever they are of', async () => {
      await host.close();
      host = await createLogHost(adapter, { limits: { streamsPerUser: 2, streamsPerProcess: 3 } });
      for (const person of [OPERATOR, OPERATOR, VIEWER]) await follow('limit=0', bearer(person));
      const refused = await request(host.at('stream'), { headers: bearer(VIEWER) });
      expect(refused).toMatchObject({
        status: 503,
        json: { message: 'All 3 streams of this server are taken.' },
      });
      expect(refused.headers['retry-after']).toBe('10');
    });

    it('gives the slot of a client that left to the next', async () => {
      const all = await Promise.all(Array.from({ length: 10 }, () => follow()));
      all[3].close();
      await streams(9);
      expect((await open()).status).toBe(200);
    });

    it('takes no slot for a client that left while its request was looked at', async () => {
      await host.close();
      let asked = 0;
      let decide = (): void => undefined;
      const decision = new Promise<void>((resolve) => (decide = resolve));
      const slow = {
        canActivate: async () => {
          asked++;
          await decision;
          return true;
        },
      };
      host = await createLogHost(adapter, { access: { guards: [slow], role: () => 'admin' } });
      const paths = [
        'stream',
        'tail',
        `entries?after=${epochOf(await host.now())}-${idOf(await host.now())}&wait=25`,
      ];
      const leaving = paths.map((path) => request(host.at(path)).catch(() => 'left'));
      await eventually(() => asked === 3);
      const gone = host.sockets.map((socket) => once(socket.destroy(), 'close'));
      await Promise.all(gone);
      expect(await Promise.all(leaving)).toEqual(['left', 'left', 'left']);
      decide();
      // A request that is answered after them says that they were dealt with.
      await request(host.at('stats'));
      expect((await host.service.stats()).readers).toEqual({ streams: 0, polls: 0 });
    });
  });
});
