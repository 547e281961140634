import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileSink, type FileSinkOptions, type LogStats, type SinkStats } from 'nestjs-log-console';
import { createLogHost, eventually, type LogHost } from '../reading/log-host.js';
import { CAN_MOUNT, SmallDisk } from './small-disk.js';
import { LogFileOfTest } from './writing-host.js';

jest.setTimeout(30_000);

const CAPACITY = 500;
/** How soon a destination goes on when it is well again. */
const RESUMED_S = 5;

describe('F17: a destination whose disk fails', () => {
  let host: LogHost;
  let disk: SmallDisk | undefined;
  let file: LogFileOfTest;
  beforeEach(() => {
    disk = undefined;
  });
  afterEach(async () => {
    await host.close();
    disk?.remove();
    file.remove();
  });

  const logger = new Logger('Disk');
  const start = async (folder: string | undefined, options: Partial<FileSinkOptions> = {}): Promise<void> => {
    file = new LogFileOfTest(folder);
    const sinks = [fileSink({ path: file.path, ...options })];
    host = await createLogHost('express', { sinks, capacity: CAPACITY });
    logger.log('before');
    await eventually(async () => (await sink()).behind === 0);
  };
  const stats = async (): Promise<LogStats> => (await host.ask('stats')).json as LogStats;
  const sink = async (): Promise<SinkStats> => (await stats()).sinks.file;
  /** At every moment, and so also while the disk fails. */
  const addsUp = async (): Promise<void> => {
    const { accepted, sinks } = await stats();
    const { written, filtered, dropped, behind } = sinks.file;
    expect(written + filtered + dropped + behind).toBe(accepted.total);
  };
  /** Logs for so long, as an application that notices nothing: no call throws. */
  const logFor = async (ms: number): Promise<void> => {
    let index = 0;
    for (const end = performance.now() + ms; performance.now() < end;) {
      for (let line = 0; line < 10; line++) {
        const level = index % 50 === 0 ? 'error' : 'log';
        logger[level](`${index++} ${'x'.repeat(200)}`);
      }
      await sleep(5);
    }
  };
  const isWell = async (): Promise<boolean> => {
    const { state, behind } = await sink();
    return state === 'up' && behind === 0;
  };
  /** The file holds whole lines, each once and in order, as many as were written. */
  const holdsWhatWasWritten = async (text = file): Promise<void> => {
    await addsUp();
    const ids = text.entries.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(ids).toHaveLength((await sink()).written);
    expect(text.text.endsWith('\n')).toBe(true);
  };
  const notices = async (): Promise<string[]> =>
    (await host.entries(`limit=${CAPACITY}&context=LogConsole`)).entries.map(({ message }) => message);

  const onDisk = CAN_MOUNT ? describe : describe.skip;
  if (!CAN_MOUNT) process.stderr.write('\n!!! No disk can be mounted here: a full one is not tested !!!\n');
  onDisk('that is small', () => {
    it('and full for some time: the application goes on, every number is exact, no line is broken', async () => {
      disk = new SmallDisk();
      await start(disk.path);
      disk.fill();
      await logFor(2000);
      const failing = await sink();
      expect(failing).toMatchObject({
        state: 'failing',
        error: expect.stringMatching(/^ENOSPC: no space left/) as string,
      });
      expect(failing.dropped).toBeGreaterThan(0);
      await addsUp();
      expect((await stats()).held.entries).toBe(CAPACITY);

      disk.free();
      await eventually(isWell, RESUMED_S);
      await holdsWhatWasWritten();
      const { dropped } = await sink();
      await eventually(async () =>
        (await notices()).some((message) => message.includes(`lost ${dropped} lines`)),
      );
    });

    it('and full again and again, in the middle of a line as it comes', async () => {
      disk = new SmallDisk();
      await start(disk.path, { maxBytes: 64 * 1024 ** 2 });
      for (let round = 0; round < 3; round++) {
        disk.fill();
        await logFor(300);
        disk.free();
        await eventually(isWell, RESUMED_S);
      }
      await holdsWhatWasWritten();
    });

    it('and takes what fits when it is kept small: old files give way in time', async () => {
      disk = new SmallDisk();
      await start(disk.path, { maxBytes: 256 * 1024, keep: { files: 3 } });
      await logFor(1500);
      await eventually(isWell, RESUMED_S);
      expect((await sink()).dropped).toBe(0);
      expect((await sink()).written).toBeGreaterThan(1000);
    });

    it('and read-only for some time', async () => {
      disk = new SmallDisk();
      await start(disk.path);
      // What is open could still be written to: it is closed by a file that is moved away.
      renameSync(file.path, `${file.path}.old`);
      disk.makeReadOnly();
      await logFor(500);
      expect(await sink()).toMatchObject({
        state: 'failing',
        error: expect.stringMatching(/^EROFS/) as string,
      });
      await addsUp();
      disk.makeWritable();
      await eventually(isWell, RESUMED_S);
      await addsUp();
      expect(file.entries.at(-1)?.message).toMatch(/^\d+ x+$/);
    });

    it('and there again with another file system in its place', async () => {
      disk = new SmallDisk();
      await start(disk.path);
      const first = disk;
      first.remove();
      mkdirSync(dirname(file.path), { recursive: true });
      disk = undefined;
      await logFor(200);
      await eventually(isWell, RESUMED_S);
      expect(file.entries.at(-1)?.message).toMatch(/^\d+ x+$/);
      rmSync(first.path, { recursive: true });
    });
  });

  it('that is gone with its folder: it is made again', async () => {
    await start(undefined);
    rmSync(file.folder, { recursive: true });
    await logFor(200);
    await eventually(isWell, RESUMED_S);
    await addsUp();
    expect((await sink()).dropped).toBe(0);
    expect(file.entries[0].id).toBeGreaterThan((await host.entries('after=0&limit=1')).entries[0].id);
  });

  it('whose place is taken by something else: it goes on when that is gone', async () => {
    await start(undefined);
    const kept = join(file.folder, 'kept');
    renameSync(file.path, kept);
    mkdirSync(file.path);
    await logFor(500);
    expect(await sink()).toMatchObject({
      state: 'failing',
      error: expect.stringMatching(/^EISDIR/) as string,
    });
    expect((await sink()).error).not.toContain(file.folder);
    rmSync(file.path, { recursive: true });
    renameSync(kept, file.path);
    await eventually(isWell, RESUMED_S);
    await holdsWhatWasWritten();
  });
});
