import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCursor, type Cursor } from '../../../domain/cursor.js';
import { epochOf, hashOf } from './file-identity.js';
import { openReal } from './open-safely.js';
import { readBack, readOn, TempLog } from '../temp-log.js';

const FROM_START = '0' as Cursor;

describe('what stands in place of a log file', () => {
  let log: TempLog;
  let outside: string;

  beforeEach(() => {
    log = new TempLog('one', 'two');
    outside = mkdtempSync(join(tmpdir(), 'log-console-outside-'));
    writeFileSync(join(outside, 'secret.txt'), 'not of this log\n');
  });
  afterEach(async () => {
    await log.remove();
    rmSync(outside, { recursive: true });
  });

  it.each<[string, string, (path: string) => void]>([
    ['a FIFO', 'not a regular file but a FIFO', (path) => execFileSync('mkfifo', [path])],
    ['a directory', 'not a regular file but a directory', (path) => mkdirSync(path)],
    ['a link to itself', 'a symbolic link that leads nowhere', (path) => symlinkSync(path, path)],
    [
      'a link out of its directory',
      'a link that leads out of its directory',
      (path) => symlinkSync(join(outside, 'secret.txt'), path),
    ],
    [
      'a link to a directory outside',
      'a link that leads out of its directory',
      (path) => symlinkSync(outside, path),
    ],
  ])(
    'is not read when it is %s: it is unavailable, and readers stay where they are',
    async (_, reason, make) => {
      const source = log.source({ root: log.directory });
      const { next } = await source.read({ after: FROM_START, limit: 1 });
      renameSync(log.path, log.at('kept'));
      make(log.path);
      expect(await source.status()).toEqual({ size: 0, state: 'unavailable', reason, linesPerSecond: 0 });
      const stranger = log.source({ root: log.directory });
      for (const request of [{ limit: 5 }, { after: FROM_START, limit: 5 }, { after: next, limit: 5 }])
        expect((await stranger.read(request)).entries).toEqual([]);
      expect((await stranger.read({ after: next, limit: 5 })).next).toBe(next);
      rmSync(log.path, { recursive: true });
      renameSync(log.at('kept'), log.path);
      const { messages, gaps } = await readOn(stranger, next);
      expect([messages, gaps]).toEqual([['two'], []]);
    },
  );

  it('is not read below a directory that leads out, however deep', async () => {
    symlinkSync(outside, log.at('below'));
    const source = log.source({ path: log.at('below/secret.txt'), root: log.directory });
    expect([(await source.read({ limit: 5 })).size, (await source.status()).state]).toEqual([
      0,
      'unavailable',
    ]);
  });

  it('is read through a link that stays inside', async () => {
    symlinkSync('app.log', log.at('current.log'));
    const source = log.source({ path: log.at('current.log'), root: log.directory });
    expect((await readOn(source, FROM_START)).messages).toEqual(['one', 'two']);
  });

  it.each(['/dev/zero', '/dev/null', '/dev/full'])(
    'is never opened when it is the device %s',
    async (device) => {
      symlinkSync(device, log.at('current.log'));
      const source = log.source({ path: log.at('current.log') });
      expect((await source.status()).reason).toBe('not a regular file but a device');
      expect((await source.read({ limit: 5 })).size).toBe(0);
    },
  );

  it('is read through a link that leads anywhere where the path was configured', async () => {
    symlinkSync(join(outside, 'secret.txt'), log.at('current.log'));
    const source = log.source({ path: log.at('current.log') });
    expect((await readOn(source, FROM_START)).messages).toEqual(['not of this log']);
  });

  it('is never opened through a link that took its place meanwhile', async () => {
    symlinkSync(log.path, log.at('link'));
    await expect(openReal(log.at('link'))).rejects.toThrow('not a regular file but a symbolic link');
  });

  it('is no rotated file of another kind', async () => {
    symlinkSync(join(outside, 'secret.txt'), log.at('app.log.1'));
    execFileSync('mkfifo', [log.at('app.log.2')]);
    mkdirSync(log.at('app.log.3'));
    expect((await readBack(log.source(), 10)).messages).toEqual(['one', 'two']);
  });

  it('is no other file of its directory, whatever a cursor says', async () => {
    log.write('neighbour.log', 'of another log');
    const { ino } = lstatSync(log.at('neighbour.log'));
    const heads = [Buffer.of(), Buffer.from('o'), Buffer.from('of another log\n')];
    const source = log.source();
    await source.read({ limit: 1 });
    for (const head of heads) {
      const epoch = epochOf({ inode: ino.toString(36), hashed: head.length, hash: hashOf(head) });
      const { messages, gaps } = await readOn(source, formatCursor(epoch, 0));
      expect([messages, gaps]).toEqual([['one', 'two'], [{ reason: 'restarted', missed: null }]]);
      expect((await source.read({ before: formatCursor(epoch, 16), limit: 5 })).entries).toEqual([]);
    }
  });

  it('is no other file that was given the inode of one that is remembered', async () => {
    const source = log.source();
    const { next } = await source.read({ after: FROM_START, limit: 1 });
    // The same inode under another name, with other content: all that is remembered of it is wrong.
    renameSync(log.path, log.at('neighbour.log'));
    writeFileSync(log.at('neighbour.log'), 'of another log\n');
    log.append('new');
    const { ino } = lstatSync(log.at('neighbour.log'));
    const guessed = epochOf({ inode: ino.toString(36), hashed: 1, hash: hashOf(Buffer.from('o')) });
    for (const cursor of [formatCursor(guessed, 0), next]) {
      const { messages, gaps } = await readOn(source, cursor);
      expect([messages, gaps.length]).toEqual([['new'], 1]);
    }
  });

  it('is empty while it is missing, and read from its start when it comes', async () => {
    const source = log.source({ path: log.at('later.log') });
    const batch = await source.read({ limit: 5 });
    expect([batch.size, batch.gap, batch.more]).toEqual([0, undefined, false]);
    expect((await source.read({ after: batch.next, limit: 5 })).next).toBe(batch.next);
    expect((await source.read({ before: batch.prev, limit: 5 })).prev).toBe(batch.prev);
    const foreign = await source.read({ after: 'another-1' as Cursor, limit: 5 });
    expect([foreign.gap, foreign.epoch]).toEqual([{ reason: 'restarted', missed: null }, batch.epoch]);
    log.write('later.log', 'first');
    const { messages, gaps } = await readOn(source, batch.next);
    expect([messages, gaps]).toEqual([['first'], []]);
  });
});
