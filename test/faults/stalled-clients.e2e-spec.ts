import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AppFolder } from '../support/app-process.js';
import { ADAPTERS } from '../support/host-app.js';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, eventually, type LogHost } from '../reading/log-host.js';
import { accountOf } from './accounts.js';
import { startApart, type HostApart } from './host-apart.js';
import { ReturningReader } from './returning-reader.js';

type Memory = Record<'rss' | 'stalled', number>;

const LINE_BYTES = 100_000;
const HUNDRED = { streamsPerUser: 110, streamsPerProcess: 110 };

describe('F1: a hundred clients that do not read, beside one that does', () => {
  const folder = new AppFolder();
  let host: HostApart;
  const readers: EventReader[] = [];
  beforeAll(async () => {
    host = await startApart(folder, 'express', { limits: HUNDRED, maxBytes: 8 * 1024 ** 2 });
  }, 30_000);
  afterAll(async () => {
    for (const reader of readers) reader.close();
    await host.stop();
    folder.remove();
  });

  const open = async (): Promise<EventReader> => {
    const reader = await EventReader.open(host.at('stream?limit=0'));
    readers.push(reader);
    await reader.first('hello');
    return reader;
  };

  it('cost at most 64 MiB and hold up nobody: the one misses nothing, each of them is told exactly what', async () => {
    const healthy = await open();
    let logged = 0;
    /** Logs in steps that a client who reads keeps up with. */
    const log = async (count: number): Promise<void> => {
      for (const end = logged + count; logged < end; logged += 10) {
        await host.work(`log?count=10&bytes=${LINE_BYTES}`);
        await healthy.until(() => healthy.entries.length === logged + 10);
      }
    };
    await log(200);
    const before = await host.work<Memory>('memory');

    // They come one after another while lines are logged: each group stands somewhere else.
    const stalled: EventReader[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const group = await Promise.all(Array.from({ length: 5 }, () => open()));
      for (const reader of group) reader.pause();
      stalled.push(...group);
      await log(10);
    }
    await log(800);
    const after = await host.work<Memory>('memory');
    expect(after.stalled).toBe(100);
    expect(after.rss - before.rss).toBeLessThan(64);

    const { newest: to } = await host.stats();
    expect(accountOf(healthy.batches, { from: healthy.events[0].id!, to })).toMatchObject({
      delivered: 1200,
      missed: 0,
    });
    const some = stalled.filter((_, index) => index % 10 === 0);
    for (const reader of some) {
      reader.resume();
      await reader.until(() => reader.events.at(-1)?.id === to);
      const { gaps } = accountOf(reader.batches, { from: reader.events[0].id!, to });
      expect(gaps).toMatchObject([{ reason: 'evicted' }]);
      reader.close();
    }
  }, 60_000);
});

describe.each(ADAPTERS)('F1: a client that takes nothing for 30 s, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => {
    // A second passes in ten milliseconds, for the limit of 30 s alone.
    const { setTimeout: set } = globalThis;
    jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation((run: () => void, ms = 0) => set(run, ms > 29_000 && ms <= 30_000 ? ms / 100 : ms));
    host = await createLogHost(adapter, { capacity: 100, maxBytes: 64 * 1024 ** 2 });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await host.close();
  });

  it('is cut off; when it comes back it is told exactly what it missed', async () => {
    const from = await host.now();
    const first = await EventReader.open(host.at(`stream?after=${from}`));
    await first.first('hello');
    first.pause();
    const logger = new Logger('Stalled');
    for (let index = 0; index < 60; index++) logger.log(`${index} ${'x'.repeat(LINE_BYTES * 2.5)}`);
    await eventually(() => host.sockets[0].writableNeedDrain);
    await eventually(() => host.sockets[0].destroyed);
    await eventually(async () => (await host.service.stats()).readers.streams === 0);
    first.resume();
    await first.ended;
    expect(first.named('bye')).toEqual([]);

    for (let index = 0; index < 200; index++) logger.log(`small ${index}`);
    const to = await host.now();
    const second = new ReturningReader(host.at('stream'), first.events.at(-1)!.id!);
    await second.upTo(to);
    second.close();
    const { gaps } = accountOf([...first.batches, ...second.batches], { from, to });
    expect(gaps).toMatchObject([{ reason: 'evicted' }]);
  });
});
