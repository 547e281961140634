import { Logger } from '@nestjs/common';
import { type LogBatch } from 'nestjs-log-console';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, logLines, type LogHost } from '../reading/log-host.js';
import { AppFolder } from '../support/app-process.js';
import { ADAPTERS } from '../support/host-app.js';
import { accountOf } from './accounts.js';
import { startApart, type HostApart } from './host-apart.js';

const KIB = 1024;

describe.each(ADAPTERS)('F2: 10,000 lines in one tick, on %s', (adapter) => {
  let host: LogHost;
  const readers: EventReader[] = [];
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await host.close();
  });

  const open = async (query: string): Promise<EventReader> => {
    const reader = await EventReader.open(host.at(`stream?${query}`));
    readers.push(reader);
    await reader.first('hello');
    return reader;
  };

  it.each([
    [10_000, 0],
    [4000, 6000],
    [1, 9999],
  ])(
    'come to each of ten readers of a ring of %d but for %d, which are told first',
    async (capacity, lost) => {
      host = await createLogHost(adapter, { capacity });
      const from = await host.now();
      const all = await Promise.all(Array.from({ length: 10 }, () => open(`after=${from}`)));
      const lines = logLines(10_000);
      const to = await host.now();
      for (const reader of all) {
        await reader.until(() => reader.events.at(-1)?.id === to);
        const { missed, gaps } = accountOf(reader.batches, { from, to });
        expect(missed).toBe(lost);
        expect(gaps).toHaveLength(lost === 0 ? 0 : 1);
        expect(reader.messages).toEqual(lines.slice(lost));
      }
    },
  );

  it('come filtered to who filters, all of them accounted for', async () => {
    host = await createLogHost(adapter, { capacity: 5000 });
    const from = await host.now();
    const isError = new Set<number>();
    const watching = host.service.entries$.subscribe(({ id, level }) => level === 'error' && isError.add(id));
    const reader = await open(`after=${from}&level=error`);
    const logger = new Logger('Mixed');
    for (let index = 0; index < 10_000; index++) logger[index % 7 === 0 ? 'error' : 'log'](`line ${index}`);
    logger.error('the last');
    const to = await host.now();
    await reader.until(() => reader.events.at(-1)?.id === to);
    watching.unsubscribe();
    const account = accountOf(reader.batches, { from, to, passes: (id) => isError.has(id) });
    expect(account).toMatchObject({ missed: 5001, gaps: [{ reason: 'evicted' }] });
    expect(account.delivered).toBeGreaterThan(700);
    expect(account.filtered).toBeGreaterThan(4000);
  });

  it('and more, again and again, overtake a reader ten times: each time it is told exactly', async () => {
    host = await createLogHost(adapter, { capacity: 50 });
    const from = await host.now();
    // One who pulls, so that the test says when it is overtaken.
    const batches: LogBatch[] = [];
    let after = from;
    for (let round = 0; round < 10; round++) {
      logLines(51 + round * 13);
      const batch = await host.entries(`after=${after}&limit=20`);
      batches.push(batch);
      after = batch.next;
    }
    batches.push(await host.entries(`after=${after}`));
    const { gaps, delivered } = accountOf(batches, { from, to: await host.now() });
    expect(gaps).toHaveLength(10);
    expect(delivered).toBe(10 * 20 + 30);
  });

  it('overtake a stream that pauses ten times, of which nothing goes unsaid', async () => {
    host = await createLogHost(adapter, { capacity: 30, maxBytes: 64 * KIB ** 2 });
    const from = await host.now();
    const reader = await open(`after=${from}`);
    const [socket] = host.sockets;
    const logger = new Logger('Much');
    for (let round = 0; round < 10; round++) {
      reader.pause();
      for (let turn = 0; turn < 30 || !socket.writableNeedDrain; turn++) {
        for (let index = 0; index < 3; index++) logger.log(`${index} ${'x'.repeat(250_000)}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      for (let index = 0; index < 31; index++) logger.log(`round ${round}, line ${index}`);
      const to = await host.now();
      reader.resume();
      await reader.until(() => reader.events.at(-1)?.id === to);
    }
    const { gaps } = accountOf(reader.batches, { from, to: await host.now() });
    expect(gaps.length).toBeGreaterThanOrEqual(10);
  }, 30_000);

  it('leave a reader of a ring that holds one line with the newest, and an account of the others', async () => {
    host = await createLogHost(adapter, { capacity: 1 });
    const from = await host.now();
    const reader = await open(`after=${from}`);
    for (let turn = 0; turn < 200; turn++) {
      logLines(turn % 4);
      if (turn % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (turn % 50 === 0) await host.service.clear();
    }
    logLines(1, 'Last');
    const to = await host.now();
    await reader.until(() => reader.events.at(-1)?.id === to);
    const { delivered, missed } = accountOf(reader.batches, { from, to });
    expect(Math.min(delivered, missed)).toBeGreaterThan(1);
    expect(reader.entries.at(-1)).toMatchObject({ context: 'Last', message: 'line 0' });
  });
});

describe('F3: a thousand messages of 10 MB', () => {
  const folder = new AppFolder();
  let host: HostApart;
  beforeAll(async () => (host = await startApart(folder, 'express')), 30_000);
  afterAll(async () => {
    await host.stop();
    folder.remove();
  });

  it('are kept up to 256 KiB each, say exactly how long they were, and leave the process small', async () => {
    const log = async (query: string): Promise<string[]> =>
      (await host.work<{ lines: string[] }>(`log?${query}`)).lines;
    // A ring as full as it will be.
    await log(`count=100&bytes=${256 * KIB}`);
    const before = await host.work<{ rss: number }>('memory');
    let lines: string[] = [];
    // Each text five times: to make one takes longer than to log it.
    for (let turn = 0; turn < 10; turn++) lines = await log('count=20&times=5&bytes=10000000');
    const after = await host.work<{ rss: number }>('memory');
    expect(after.rss - before.rss).toBeLessThan(64);

    const { newest } = await host.stats();
    const reader = await EventReader.open(host.at('stream?limit=10'));
    await reader.until(() => reader.events.at(-1)?.id === newest);
    reader.close();
    expect(reader.entries).toHaveLength(10);
    for (const [index, { message, truncated }] of reader.entries.entries()) {
      const line = lines.at(index < 5 ? -2 : -1)!;
      expect(message.startsWith(`${line} x`)).toBe(true);
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(256 * KIB);
      expect(truncated).toEqual({ bytes: 10_000_000, kept: Buffer.byteLength(message) });
    }
  }, 120_000);
});
