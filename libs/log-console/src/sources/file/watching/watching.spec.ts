import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  truncateSync,
  unlinkSync,
} from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { type Cursor } from '../../../domain/cursor.js';
import { OpenFile } from '../disk/open-file.js';
import { type FileSource } from '../file.source.js';
import { followerOf, type Follower } from '../../../testing/follower.js';
import { TempLog } from '../temp-log.js';

const FROM_START = '0' as Cursor;
const HEAD = 256;

/** How many directories this process watches. */
function watches(): number {
  return readdirSync('/proc/self/fdinfo')
    .map((fd) => {
      try {
        return readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8').split('inotify wd:').length - 1;
      } catch {
        return 0; // it was closed since
      }
    })
    .reduce((sum, count) => sum + count, 0);
}

describe('a log file that is followed', () => {
  let log: TempLog;

  beforeEach(() => {
    log = new TempLog('one');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await log.remove();
  });

  async function followed(source: FileSource): Promise<Follower> {
    const follower = followerOf(log, source, FROM_START);
    await follower.until('what is there', ({ messages }) => messages.length === 1);
    return follower;
  }

  function changesOf(source: FileSource): string[] {
    const changes: string[] = [];
    source.onEvent(({ data }) => changes.push('change' in data ? data.change : ''));
    return changes;
  }

  it('has one watcher and one descriptor for all its readers, and none when nobody reads', async () => {
    const before = watches();
    const source = log.source();
    await source.read({ limit: 10 });
    expect([watches(), log.open]).toEqual([before, []]);
    const followers = await Promise.all(Array.from({ length: 100 }, () => followed(source)));
    await log.isKeptOpen();
    expect([watches(), log.open]).toEqual([before + 1, ['app.log']]);
    log.append('two');
    await Promise.all(followers.map((each) => each.until('news', ({ messages }) => messages.length === 2)));
    expect(watches()).toBe(before + 1);
    await Promise.all(followers.slice(1).map((follower) => follower.stop()));
    log.append('three');
    await followers[0].until('more', ({ messages }) => messages.length === 3);
    expect(watches()).toBe(before + 1);
    await followers[0].stop();
    while (log.open.length > 0 || watches() > before) await setTimeout(10);
  });

  it('is read once per change for all who are at the same place', async () => {
    const source = log.source();
    const followers = await Promise.all(Array.from({ length: 100 }, () => followed(source)));
    await log.isKeptOpen();
    const read = jest.spyOn(OpenFile.prototype, 'read');
    log.append('x'.repeat(HEAD));
    await Promise.all(followers.map((each) => each.until('news', ({ messages }) => messages.length === 2)));
    const found = read.mock.results.map(async ({ value }) => (await (value as Promise<Uint8Array>)).length);
    expect((await Promise.all(found)).filter((bytes) => bytes > HEAD).length).toBe(1);
    expect(new Set(followers.map(({ entries }) => entries[1])).size).toBe(1);
  });

  it('wakes its readers by the timer too, where nothing tells of changes', async () => {
    renameSync(log.path, log.at('elsewhere.log'));
    const source = log.source({ path: log.at('new/app.log') });
    const follower = followerOf(log, source, FROM_START);
    await source.waitAfter((await source.read({ limit: 0 })).next, { timeoutMs: 20 });
    // The directory comes after the watcher was to be made.
    mkdirSync(log.at('new'));
    log.write('new/app.log', 'one');
    await follower.until('the first line', ({ messages }) => messages.length === 1);
    log.write('new/app.log', 'two');
    await follower.until('the second', ({ messages }) => messages.length === 2);
  });

  it('stays open for who is busy with what it was given, until they leave', async () => {
    const before = watches();
    const source = log.source();
    const leave = source.onEvent(() => undefined);
    const { next } = await source.read({ after: FROM_START, limit: 1 });
    await source.waitAfter(next, { timeoutMs: 5 });
    // Longer than watching goes on when nobody is there.
    await setTimeout(700);
    expect([watches(), log.open]).toEqual([before + 1, ['app.log']]);
    leave();
    while (log.open.length > 0 || watches() > before) await setTimeout(10);
  });

  it('tells those who wait for long, too, that there is something', async () => {
    const source = log.source();
    let { next } = await source.read({ limit: 1 });
    for (const line of ['two', 'three']) {
      const waiting = source.waitAfter(next, { timeoutMs: 600_000 });
      // Longer than watching goes on when nobody waits.
      await setTimeout(700);
      log.append(line);
      await waiting;
      const { entries, next: place } = await source.read({ after: next, limit: 10 });
      expect(entries.map(({ message }) => message)).toEqual([line]);
      next = place;
    }
  });

  it('leaves nothing open when it is closed, and ends its waits', async () => {
    const before = watches();
    const source = log.source();
    await followed(source);
    await log.isKeptOpen();
    const waiting = source.waitAfter((await source.read({ limit: 0 })).next, { timeoutMs: 600_000 });
    source.close();
    await waiting;
    expect(watches()).toBe(before);
    while (log.open.length > 0) await setTimeout(1);
  });

  it('says that it was rotated', async () => {
    const follower = await followed(log.source());
    await log.isKeptOpen();
    log.rotate('two');
    await follower.until('the new file', ({ messages }) => messages.length === 2);
    expect([follower.changes, follower.gaps]).toEqual([['rotated'], []]);
  });

  it('says so, too, to a reader that has not waited yet', async () => {
    const source = log.source();
    const changes = changesOf(source);
    await source.read({ after: FROM_START, limit: 1 });
    log.rotate('two');
    await source.read({ limit: 1 });
    expect(changes).toEqual(['rotated']);
  });

  it('says what became of it before it hands out lines of another file', async () => {
    unlinkSync(log.path);
    const source = log.source();
    const changes = changesOf(source);
    for (const line of ['one', 'two', 'three']) {
      await source.read({ limit: 1 });
      log.rotate(line);
    }
    await source.read({ limit: 1 });
    expect(changes).toEqual(['returned', 'rotated', 'rotated']);
  });

  it('says that it was truncated', async () => {
    const follower = await followed(log.source());
    await log.isKeptOpen();
    truncateSync(log.path);
    await follower.until('an event', ({ changes }) => changes.length > 0);
    log.append('two');
    await follower.until('what is new', ({ messages }) => messages.length === 2);
    expect([follower.changes, follower.gaps.map(({ reason }) => reason)]).toEqual([
      ['truncated'],
      ['truncated'],
    ]);
  });

  it('says that it is missing, and that it is there again', async () => {
    const follower = await followed(log.source());
    await log.isKeptOpen();
    renameSync(log.path, log.at('app.log.1'));
    await follower.until('an event', ({ changes }) => changes.length > 0);
    log.append('two');
    await follower.until('the new file', ({ messages }) => messages.length === 2);
    expect([follower.changes, follower.gaps]).toEqual([['missing', 'returned'], []]);
  });

  it('says that it cannot be read, and why, and goes on where it was when it can', async () => {
    const source = log.source();
    const other = log.source({ path: log.at('other.log') });
    log.write('other.log', 'one');
    const [follower, neighbour] = [await followed(source), await followed(other)];
    await log.isKeptOpen();
    renameSync(log.path, log.at('app.log.1'));
    mkdirSync(log.path);
    await follower.until('an event', ({ changes }) => changes.includes('unavailable'));
    expect(follower.events.at(-1)?.data).toMatchObject({ reason: 'not a regular file but a directory' });
    expect(await source.status()).toMatchObject({ state: 'unavailable', size: 0 });
    log.write('other.log', 'two');
    await neighbour.until('its next line', ({ messages }) => messages.length === 2);
    rmdirSync(log.path);
    log.write('app.log.1', 'two');
    renameSync(log.at('app.log.1'), log.path);
    await follower.until('the next line', ({ messages }) => messages.length === 2);
    expect([follower.messages, follower.gaps]).toEqual([['one', 'two'], []]);
    await follower.until('an event', ({ changes }) => changes.at(-1) === 'returned');
    expect(neighbour.changes).toEqual([]);
  });

  it('says how it is', async () => {
    const source = log.source();
    expect(await source.status()).toMatchObject({ size: 4, state: 'ok', linesPerSecond: 0 });
    expect(Date.parse((await source.status()).modified ?? '')).toBeGreaterThan(Date.now() - 60_000);
    const missing = log.source({ path: log.at('missing.log') });
    expect(await missing.status()).toEqual({
      size: 0,
      state: 'missing',
      reason: 'no such file',
      linesPerSecond: 0,
    });
    const clock = jest.spyOn(performance, 'now');
    const now = performance.now();
    clock.mockReturnValue(now + 10_000);
    log.append(...Array.from({ length: 50 }, (_, line) => `line ${line}`));
    const { linesPerSecond } = await source.status();
    expect(linesPerSecond).toBeGreaterThanOrEqual(4.9);
    expect(linesPerSecond).toBeLessThanOrEqual(5.1);
  });
});
