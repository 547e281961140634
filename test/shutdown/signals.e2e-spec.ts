import { startApart, type HostApart } from '../faults/host-apart.js';
import { EventReader } from '../reading/event-reader.js';
import { eventually } from '../reading/log-host.js';
import { AppFolder, type Ending } from '../support/app-process.js';
import { ADAPTERS } from '../support/host-app.js';

const STREAMS = { streamsPerUser: 100, streamsPerProcess: 100 };

/** How an application is ended, and how its process ends then. */
const ENDS: [string, (host: HostApart) => unknown, Ending][] = [
  ['SIGTERM', ({ pid }) => process.kill(pid, 'SIGTERM'), { code: null, signal: 'SIGTERM' }],
  ['SIGINT', ({ pid }) => process.kill(pid, 'SIGINT'), { code: null, signal: 'SIGINT' }],
  ['app.close()', (host) => host.work('end?by=close'), { code: 7, signal: null }],
];

describe.each(ADAPTERS)(
  'F25: a process with a hundred streams, ten of which are not read, on %s',
  (adapter) => {
    const folder = new AppFolder();
    const readers: EventReader[] = [];
    let host: HostApart | undefined;
    afterEach(async () => {
      for (const reader of readers.splice(0)) reader.close();
      await host?.stop();
    });
    afterAll(() => folder.remove());

    it.each(ENDS)(
      'is closed by %s within a second, after a bye to all who read',
      async (_what, end, ending) => {
        host = await startApart(folder, adapter, { limits: STREAMS, maxBytes: 64 * 1024 ** 2 });
        const { at, work, printed, ended } = host;
        const open = async (): Promise<EventReader> => {
          const reader = await EventReader.open(at('stream?limit=0'));
          readers.push(reader);
          await reader.first('hello');
          return reader;
        };
        const stalled = await Promise.all(Array.from({ length: 10 }, open));
        for (const reader of stalled) reader.pause();
        await work('log?count=40&bytes=250000');
        await eventually(async () => (await work<{ stalled: number }>('memory')).stalled === 10);
        const healthy = await Promise.all(Array.from({ length: 90 }, open));

        const { lines } = await work<{ lines: string[] }>('log?count=10');
        // What is logged right before the end: nobody has been sent these yet.
        const last = Array.from({ length: 10 }, (_, index) => `closing ${index}`);
        await end(host);
        const [, tookMs] = /closed in (\d+) ms/.exec(await printed(/closed in \d+ ms/)) ?? [];
        expect(Number(tookMs)).toBeLessThan(1000);
        expect(await ended).toEqual(ending);
        for (const reader of healthy) {
          await reader.ended;
          expect(reader.messages.slice(0, 10)).toEqual(lines);
          expect(reader.messages.slice(-10)).toEqual(last);
          expect(reader.gaps).toEqual([]);
          expect(reader.events.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'shutdown' } });
        }
        for (const reader of stalled) {
          reader.resume();
          await reader.ended;
          expect(reader.named('bye')).toEqual([]);
        }
      },
      30_000,
    );
  },
);
