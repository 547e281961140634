import { EventReader } from '../reading/event-reader.js';
import { eventually } from '../reading/log-host.js';
import { AppFolder } from '../support/app-process.js';
import { accountOf } from './accounts.js';
import { startApart, type HostApart } from './host-apart.js';

const STALL_MS = 5000;

describe('F31: an application that does nothing else for five seconds', () => {
  const folder = new AppFolder();
  let host: HostApart;
  const readers: EventReader[] = [];
  beforeAll(async () => {
    const limits = { streamsPerUser: 20, streamsPerProcess: 20 };
    host = await startApart(folder, 'fastify', { limits, maxBytes: 64 * 1024 ** 2 });
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

  it('loses none of its clients, not even those that were just waiting to take more, and none of its lines', async () => {
    const waiting = await Promise.all(Array.from({ length: 5 }, open));
    for (const reader of waiting) reader.pause();
    await host.work('log?count=40&bytes=250000');
    await eventually(async () => (await host.work<{ stalled: number }>('memory')).stalled === 5);
    const healthy = await Promise.all(Array.from({ length: 10 }, open));

    const stall = host.work(`stall?ms=${STALL_MS}`);
    for (const reader of waiting) reader.resume();
    await stall;
    await host.work('log?count=100');
    const { newest: to, readers: open_ } = await host.stats();
    expect(open_.streams).toBe(15);
    for (const reader of readers) {
      await reader.until(() => reader.named('message').at(-1)?.id === to);
      expect(accountOf(reader.batches, { from: reader.events[0].id!, to }).missed).toBe(0);
    }
    // Late pings are not made up for: of those due at 1, 2, 3 and 5 s one is sent.
    await Promise.all(healthy.map((reader) => reader.first('ping')));
    for (let turn = 1; turn <= 5; turn++) {
      await host.work('log?count=1');
      await Promise.all(healthy.map((reader) => reader.until(() => reader.entries.length === 100 + turn)));
    }
    for (const reader of healthy) {
      expect(reader.named('ping').length).toBeLessThanOrEqual(2);
      expect(reader.named('bye')).toEqual([]);
    }
  }, 30_000);
});
