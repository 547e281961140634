import { jest } from '@jest/globals';
import { type LogBatch, type LogEntry } from 'nestjs-log-console';
import { bearer, OPERATOR } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { AppFolder } from '../support/app-process.js';
import { ADAPTERS } from '../support/host-app.js';
import { LogFileOfTest, startWriting, type WritingHost } from './writing-host.js';

jest.setTimeout(30_000);

const LINES = 10_000;

describe('F24, F27: what was before the process ended', () => {
  const folder = new AppFolder();
  let file: LogFileOfTest;
  let host: WritingHost;
  beforeEach(() => (file = new LogFileOfTest()));
  afterEach(async () => {
    await host.stop();
    file.remove();
  });
  afterAll(() => folder.remove());

  const start = async (adapter: (typeof ADAPTERS)[number] = 'express'): Promise<WritingHost> =>
    (host = await startWriting(folder, adapter, file));
  /** Everything that can be read back from the newest on. */
  const readBack = async (): Promise<LogBatch[]> => {
    const pages = [await host.entries('limit=5000')];
    for (;;) {
      const before = pages[0].prev;
      const page = await host.entries(`before=${before}&limit=5000`);
      if (page.prev === before) return pages;
      pages.unshift(page);
    }
  };
  const restartOf = (entries: readonly LogEntry[]): LogEntry | undefined =>
    entries.find(({ context, message }) => context === 'LogConsole' && message.startsWith('The run before'));

  it.each([
    ['in one loop', `burst?count=${LINES}&sayAt=4000`],
    ['some at a time', `burst?count=${LINES}&pause=1&sayAt=4000`],
  ])(
    'kill -9 in the middle of 10,000 lines %s loses no error and 100 ms of the rest at most',
    async (_how, what) => {
      const { work, printed, pid, ended } = await start();
      await work(what);
      await printed(/^logged 4000$/m);
      process.kill(pid, 'SIGKILL');
      await expect(ended).resolves.toMatchObject({ signal: 'SIGKILL' });
      const logged = file.notes;
      expect(logged.length).toBeGreaterThanOrEqual(4000);
      expect(logged.length).toBeLessThan(LINES);

      const kept = new Set(file.messages.filter((message) => message.startsWith('burst')));
      const { at: last = 0 } = logged.at(-1) ?? {};
      const lost = logged.filter(({ index }) => !kept.has(`burst ${index}`));
      expect(lost.filter(({ isError }) => isError)).toEqual([]);
      expect(lost.filter(({ at }) => at < last - 100)).toEqual([]);
      const { entries } = file;
      expect(entries.map(({ id }) => id)).toEqual(entries.map((_, index) => entries[0].id + index));

      // And the next start shows them, above the restart.
      await start();
      const pages = await readBack();
      const older = pages.filter(({ epoch }) => epoch !== pages.at(-1)?.epoch);
      expect(older.flatMap((page) => page.entries)).toEqual(entries);
      expect(older.at(-1)?.gap).toEqual({ reason: 'restarted', missed: null });
      const restart = restartOf(pages.at(-1)?.entries ?? []);
      expect(restart).toMatchObject({ level: 'warn', id: pages.at(-1)?.entries[0].id });
      expect(restart?.message).toContain('did not end in good order');
      expect(restart?.data).toMatchObject({ previous: { isClean: false, lines: entries.length, torn: 0 } });
    },
  );

  it.each([
    ['process.exit(3)', 'exit', { code: 3, signal: null }, []],
    [
      'an exception nobody catches',
      'throw',
      { code: 1, signal: null },
      ['uncaughtException: TypeError: the shelf broke'],
    ],
    [
      'a rejection nobody handles',
      'reject',
      { code: 1, signal: null },
      ['unhandledRejection: RangeError: the lorry is late'],
    ],
  ])('by %s it has written everything', async (_what, by, ending, more) => {
    const { work, ended } = await start();
    await work(`end?by=${by}`);
    await expect(ended).resolves.toEqual(ending);
    const last = Array.from({ length: 100 }, (_, index) => `last ${index}`);
    expect(file.messages.slice(-100 - more.length)).toEqual([...last, ...more]);
  });

  it('by want of memory it has written what was logged 100 ms before', async () => {
    const { work, ended } = await start();
    await work('burst?count=200');
    await host.printed(/^logged 200$/m);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await work('end?by=memory');
    await ended;
    expect(file.messages.filter((message) => message.startsWith('burst'))).toHaveLength(200);
  });

  describe.each(ADAPTERS)('on %s', (adapter) => {
    it('shows the run before above the restart, to new readers and to those who were there', async () => {
      const first = await start(adapter);
      await first.work('burst?count=30');
      await first.printed(/^logged 30$/m);
      const reader = await EventReader.open(first.at('stream?limit=0'));
      await reader.first('hello');
      const { id: place } = reader.events[0];
      await first.work('end?by=close');
      await first.ended;
      await reader.ended;
      const before = file.entries;
      expect(file.lines.at(-1)).toMatchObject({
        run: { state: 'ended', dropped: 0, last: before.at(-1)?.id },
      });

      const second = await start(adapter);
      const { entries } = await second.entries('limit=5000');
      expect(restartOf(entries)).toMatchObject({
        level: 'log',
        message: `The run before this one ended in good order. Its last line is of ${before.at(-1)?.time}.`,
        data: { previous: { isClean: true, lines: before.length, torn: 0, missing: 0 } },
      });

      const fresh = await EventReader.open(second.at('stream'));
      await fresh.until(
        () => fresh.entries.some(({ message }) => message === 'open for business') && fresh.gaps.length > 0,
      );
      expect(fresh.entries.slice(0, before.length)).toEqual(before);
      expect(fresh.gaps).toEqual([{ reason: 'restarted', missed: 0 }]);
      expect(fresh.batches.find(({ gap }) => gap)?.entries[0]).toEqual(restartOf(entries));
      fresh.close();

      const returning = await EventReader.open(second.at('stream?limit=0'), {
        ...bearer(OPERATOR),
        'last-event-id': place ?? '',
      });
      await returning.until(() => returning.gaps.length > 0);
      const missed = before.filter(({ id }) => id > Number(place?.split('-')[1]));
      expect(missed.length).toBeGreaterThanOrEqual(100);
      expect(returning.entries.slice(0, missed.length)).toEqual(missed);
      expect(returning.gaps).toEqual([{ reason: 'restarted', missed: 0 }]);
      returning.close();
    });
  });
});
