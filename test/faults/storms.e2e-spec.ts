import { Logger } from '@nestjs/common';
import { createLogHost, eventually, logLines, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { startRelay, type Relay } from '../support/proxies.js';
import { accountOf } from './accounts.js';
import { ReturningReader } from './returning-reader.js';

const CLIENTS = 200;

describe.each(ADAPTERS)('connections that do not last, on %s', (adapter) => {
  let host: LogHost;
  let relay: Relay | undefined;
  const readers: ReturningReader[] = [];
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await relay?.close();
    relay = undefined;
    await host.close();
  });

  const read = async (query = '', origin = host.url): Promise<ReturningReader> => {
    const reader = new ReturningReader(`${origin}/log-console/api/stream?${query}`, await host.now());
    readers.push(reader);
    return reader;
  };
  const cutAll = (): void => {
    for (const socket of host.sockets) socket.resetAndDestroy();
  };
  const streams = async (): Promise<number> => (await host.service.stats()).readers.streams;

  it('200 clients that all come back at once, time and again, miss nothing', async () => {
    host = await createLogHost(adapter, { limits: { streamsPerUser: CLIENTS, streamsPerProcess: CLIENTS } });
    const from = await host.now();
    const lines: string[] = [];
    const all = await Promise.all(Array.from({ length: CLIENTS }, () => read()));
    for (let storm = 1; storm <= 4; storm++) {
      await eventually(() => all.every(({ connections }) => connections >= storm), 20);
      lines.push(...logLines(20));
      cutAll();
      lines.push(...logLines(20));
    }
    const to = await host.now();
    await eventually(() => all.every(({ reached }) => reached === to), 20);
    for (const reader of all) {
      expect(accountOf(reader.batches, { from, to }).missed).toBe(0);
      expect(reader.entries.map(({ message }) => message)).toEqual(lines);
    }
    expect(await streams()).toBe(CLIENTS);
    for (const reader of readers.splice(0)) reader.close();
    await eventually(async () => (await streams()) === 0);
  }, 60_000);

  it('a storm on half as many slots as clients takes none for ever: in the end all have read all', async () => {
    const limits = { streamsPerUser: 20, streamsPerProcess: 20 };
    host = await createLogHost(adapter, { limits });
    const from = await host.now();
    const all = await Promise.all(Array.from({ length: 40 }, () => read()));
    const lines = logLines(100);
    const to = await host.now();
    const waiting = new Set(all);
    await eventually(async () => {
      expect(await streams()).toBeLessThanOrEqual(20);
      for (const reader of waiting) {
        if (reader.reached !== to) continue;
        reader.close();
        waiting.delete(reader);
      }
      return waiting.size === 0;
    }, 20);
    for (const reader of all) {
      expect(accountOf(reader.batches, { from, to }).missed).toBe(0);
      expect(reader.entries.map(({ message }) => message)).toEqual(lines);
    }
    await eventually(async () => (await streams()) === 0);
  }, 30_000);

  it.each([
    ['misses nothing', 10_000, 331, 0],
    ['is told exactly what it missed where the log turned over meanwhile', 60, 131, 1],
  ])(
    'a client whose connection is cut in the middle of events %s',
    async (_what, capacity, longerBy, gapsAtLeast) => {
      host = await createLogHost(adapter, { capacity });
      // In the head of the answer, in the hello, in the first batch, in later ones: anywhere.
      let connection = 0;
      relay = await startRelay(host.url, () => 40 + connection++ * longerBy);
      const from = await host.now();
      const reader = await read('', relay.url);
      const logger = new Logger('Cut');
      let line = 0;
      while (connection < 60) {
        for (let count = 0; count < 15; count++) logger.log(`line ${line++}`);
        await new Promise((resolve) => setImmediate(resolve));
        const before = connection;
        // More comes while it is away.
        await eventually(() => {
          if (connection === before) logger.log(`line ${line++}`);
          return connection > before;
        }, 10);
      }
      connection = 1e9;
      const to = await host.now();
      await reader.upTo(to);
      const { missed, gaps } = accountOf(reader.batches, { from, to });
      expect(gaps.length).toBeGreaterThanOrEqual(gapsAtLeast);
      expect(missed > 0).toBe(gapsAtLeast > 0);
      expect(reader.connections).toBeGreaterThan(30);
    },
    30_000,
  );

  it('a log that is cleared while it is written and read leaves every reader with an account', async () => {
    host = await createLogHost(adapter, { capacity: 200 });
    const from = await host.now();
    const errors = new Set<number>();
    host.service.entries$.subscribe(({ id, level }) => level === 'error' && errors.add(id));
    const [all, filtered, returning] = [await read(), await read('level=error'), await read()];
    await eventually(() => [all, filtered, returning].every(({ connections }) => connections === 1));
    const logger = new Logger('Cleared');
    let clears = 0;
    for (let turn = 0; turn < 300; turn++) {
      for (let count = 0; count < turn % 40; count++) logger[count % 3 ? 'log' : 'error'](`${turn} ${count}`);
      if (turn % 10 === 0) clears += (await host.service.clear({ by: 'a test' })).cleared > 0 ? 1 : 0;
      if (turn % 25 === 0) returning.drop();
      await new Promise((resolve) => setImmediate(resolve));
    }
    logger.error('the end');
    const to = await host.now();
    for (const reader of [all, filtered, returning]) {
      await reader.upTo(to);
      const passes = (id: number): boolean => reader !== filtered || errors.has(id);
      const { missed, gaps } = accountOf(reader.batches, { from, to, passes });
      expect(missed).toBeGreaterThan(0);
      expect(gaps.some(({ reason }) => reason === 'cleared')).toBe(true);
    }
    const { accepted, held, evicted, cleared } = await host.service.stats();
    expect(held.entries + evicted + cleared).toBe(accepted.total);
    expect(all.events.filter(({ event }) => event === 'cleared')).toHaveLength(clears);
  });
});
