import { Logger } from '@nestjs/common';
import { type LogBatch } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { createLogHost, epochOf, idOf, logLines, messagesOf, type LogHost } from './log-host.js';

describe.each(ADAPTERS)('GET entries, on %s', (adapter) => {
  let host: LogHost;
  beforeAll(async () => (host = await createLogHost(adapter)));
  afterAll(() => host.close());

  describe('without a cursor', () => {
    it('answers the newest entries, oldest first, as one batch of the contract', async () => {
      const lines = logLines(3);
      const reply = await host.ask('entries?limit=3');
      expect(reply.status).toBe(200);
      expect(reply.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(reply.text)),
        'cache-control': 'no-store',
      });
      const batch = reply.json as LogBatch;
      expect(messagesOf(batch)).toEqual(lines);
      expect(Object.keys(batch)).toEqual(['epoch', 'instance', 'entries', 'next', 'prev', 'more']);
      const { epoch, newest } = await host.service.stats();
      expect(batch).toMatchObject({ epoch, instance: 'web-1', next: newest, more: false });
      expect(idOf(batch.prev)).toBe(batch.entries[0].id);
    });

    it('answers 500 unless another limit is asked for, and none for limit=0', async () => {
      logLines(600);
      expect((await host.entries()).entries).toHaveLength(500);
      expect((await host.entries('limit=5000')).entries.length).toBeGreaterThan(600);
      expect((await host.entries('limit=1')).entries).toHaveLength(1);
      expect(await host.entries('limit=0')).toMatchObject({ entries: [], next: await host.now() });
    });

    it('shows an entry with its id, time, level, context, message, data and the process that wrote it', async () => {
      new Logger('InventoryService').warn('Stock is low', { sku: 'AB-444' });
      const { entries } = await host.entries('limit=1');
      expect(entries).toEqual([
        {
          id: idOf(await host.now()),
          time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
          level: 'warn',
          context: 'InventoryService',
          message: 'Stock is low',
          data: { sku: 'AB-444' },
          instance: 'web-1',
        },
      ]);
    });
  });

  describe('after a cursor', () => {
    it('answers what comes after it, page by page, nothing twice and nothing left out', async () => {
      let after = await host.now();
      const lines = logLines(25);
      const pages: string[][] = [];
      for (let more = true; more;) {
        const batch = await host.entries(`after=${after}&limit=10`);
        expect(batch.gap).toBeUndefined();
        pages.push(messagesOf(batch));
        ({ next: after, more } = batch);
      }
      expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
      expect(pages.flat()).toEqual(lines);
    });

    it('hands the same cursor back to a reader who is up to date', async () => {
      const after = await host.now();
      expect(await host.entries(`after=${after}`)).toMatchObject({ entries: [], next: after, more: false });
    });

    it('reads a bare integer as the last id seen', async () => {
      const after = await host.now();
      const lines = logLines(3);
      const batch = await host.entries(`after=${idOf(after)}`);
      expect(messagesOf(batch)).toEqual(lines);
      expect(batch.gap).toBeUndefined();
    });

    it('reads 0 as "from the oldest held", without a gap', async () => {
      const { oldest, held } = await host.service.stats();
      const batch = await host.entries('after=0&limit=5000');
      expect(batch.entries).toHaveLength(held.entries);
      expect(batch.entries[0].id).toBe(idOf(oldest) + 1);
      expect(batch.gap).toBeUndefined();
    });

    it('reads stats.oldest as everything held, and stats.newest as what comes', async () => {
      const { oldest, newest, held } = await host.service.stats();
      const all = await host.entries(`after=${oldest}&limit=5000`);
      expect(all.entries).toHaveLength(held.entries);
      expect(all.gap).toBeUndefined();
      expect((await host.entries(`after=${newest}`)).entries).toEqual([]);
    });

    it.each<[string, (newest: string) => string]>([
      ['of another epoch', (newest) => `earlier.run-${idOf(newest)}`],
      ['below the first id of this run', () => '5'],
      ['of this epoch, but below its first id', (newest) => `${epochOf(newest)}-5`],
      ['from the future', (newest) => `${epochOf(newest)}-${idOf(newest) + 1}`],
      ['of a far future', () => String(Number.MAX_SAFE_INTEGER)],
    ])('answers a cursor %s with a gap "restarted", then from the oldest held', async (_what, cursor) => {
      const { oldest, newest } = await host.service.stats();
      const batch = await host.entries(`after=${cursor(newest)}&limit=10`);
      expect(batch.gap).toEqual({ reason: 'restarted', missed: null });
      expect(batch.entries[0].id).toBe(idOf(oldest) + 1);
      expect(batch).toMatchObject({ epoch: epochOf(newest), more: true });
    });
  });

  describe('before a cursor', () => {
    it('pages back to the oldest held, nothing twice and nothing left out', async () => {
      const { held } = await host.service.stats();
      let batch = await host.entries('limit=100');
      const ids = batch.entries.map(({ id }) => id);
      for (let prev = ''; prev !== batch.prev;) {
        prev = batch.prev;
        batch = await host.entries(`before=${prev}&limit=100`);
        ids.unshift(...batch.entries.map(({ id }) => id));
        expect(batch.gap).toBeUndefined();
      }
      expect(batch).toMatchObject({ entries: [], more: false });
      expect(ids).toHaveLength(held.entries);
      expect(ids).toEqual(Array.from(ids, (_, index) => ids[0] + index));
    });

    it('takes a bare integer too', async () => {
      logLines(3);
      const newest = idOf(await host.now());
      expect(messagesOf(await host.entries(`before=${newest}&limit=2`))).toEqual(['line 0', 'line 1']);
    });

    it('answers a foreign cursor with an empty batch and a gap "restarted"', async () => {
      for (const cursor of [
        'earlier-5',
        '5',
        '0',
        `${epochOf(await host.now())}-${idOf(await host.now()) + 2}`,
      ])
        expect(await host.entries(`before=${cursor}`)).toMatchObject({
          entries: [],
          gap: { reason: 'restarted', missed: null },
          more: false,
          prev: expect.stringMatching(/^[A-Za-z0-9._]+-\d+$/) as unknown,
        });
    });

    it('is refused together with after', async () => {
      const reply = await host.ask('entries?after=0&before=0');
      expect(reply).toMatchObject({
        status: 400,
        json: {
          statusCode: 400,
          error: 'Bad Request',
          message: 'after and before cannot be given together; give one of them.',
        },
      });
    });
  });

  it('answers HEAD with the same headers and no body', async () => {
    const [head, get] = [await host.ask('entries', 'HEAD'), await host.ask('entries')];
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(head.headers['content-type']).toBe(get.headers['content-type']);
  });

  it('answers whatever the spelling of the path: a final slash, an empty query', async () => {
    for (const path of ['entries', 'entries?', 'entries?&'])
      expect(await host.ask(path)).toMatchObject({ status: 200 });
  });
});

describe.each(ADAPTERS)('what a reader missed, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => (host = await createLogHost(adapter, { capacity: 100 })));
  afterEach(() => host.close());

  it('is told exactly after the buffer turned over: delivered + missed = logged', async () => {
    const after = await host.now();
    const lines = logLines(250);
    const batch = await host.entries(`after=${after}`);
    expect(batch.gap).toEqual({
      reason: 'evicted',
      from: idOf(after) + 1,
      to: idOf(after) + 150,
      missed: 150,
    });
    expect(messagesOf(batch)).toEqual(lines.slice(150));
    expect(batch.entries[0].id).toBe(idOf(after) + 151);
  });

  it('is told the same to a reader who keeps only the last id', async () => {
    const after = idOf(await host.now());
    logLines(101);
    expect((await host.entries(`after=${after}`)).gap).toEqual({
      reason: 'evicted',
      from: after + 1,
      to: after + 1,
      missed: 1,
    });
  });

  it('is nothing for a reader who is behind by exactly what is held', async () => {
    const after = await host.now();
    const lines = logLines(100);
    const batch = await host.entries(`after=${after}`);
    expect(batch.gap).toBeUndefined();
    expect(messagesOf(batch)).toEqual(lines);
  });

  it('is told once: the next page has no gap', async () => {
    const after = await host.now();
    logLines(250);
    const first = await host.entries(`after=${after}&limit=10`);
    expect(first.gap).toMatchObject({ missed: 150 });
    expect((await host.entries(`after=${first.next}`)).gap).toBeUndefined();
  });

  it('is told before what a filter drops', async () => {
    const after = await host.now();
    logLines(250);
    const batch = await host.entries(`after=${after}&level=fatal`);
    expect(batch).toMatchObject({ entries: [], gap: { missed: 150 }, next: await host.now() });
  });

  it('is told as cleared, with the number, where an operator cleared it', async () => {
    const after = await host.now();
    logLines(20);
    await host.ask('entries', 'DELETE');
    const batch = await host.entries(`after=${after}`);
    expect(batch.gap).toMatchObject({ reason: 'cleared', missed: 20, from: idOf(after) + 1 });
    expect(messagesOf(batch)).toEqual([expect.stringMatching(/^operator-1 cleared \d+ entries$/)]);
  });

  it('is told as cleared where it was partly evicted and partly cleared', async () => {
    const after = await host.now();
    logLines(250);
    await host.ask('entries', 'DELETE');
    const { gap } = await host.entries(`after=${after}`);
    expect(gap).toMatchObject({ reason: 'cleared', missed: 250, from: idOf(after) + 1 });
  });

  it('counts entries that are large by the bytes that had to go', async () => {
    await host.close();
    host = await createLogHost(adapter, { maxBytes: 100_000 });
    const after = await host.now();
    const logger = new Logger('Big');
    for (let index = 0; index < 30; index++) logger.log(`${index} ${'x'.repeat(9990)}`);
    const batch = await host.entries(`after=${after}`);
    expect(batch.gap?.missed).toBe(30 - batch.entries.length);
    expect(batch.entries.length).toBeGreaterThan(5);
  });
});
