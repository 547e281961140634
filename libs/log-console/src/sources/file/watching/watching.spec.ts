import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { formatCursor, type Cursor } from '../../../domain/cursor.js';
import { type FileSource } from '../file.source.js';
import { type Follower, readOn, TempLog } from '../temp-log.js';

const FROM_START = '0' as Cursor;

function watchers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;
}

describe('a log file that is followed', () => {
  let log: TempLog;

  beforeEach(() => {
    log = new TempLog('one');
  });
  afterEach(() => log.remove());

  async function followed(source: FileSource): Promise<Follower> {
    const follower = log.follow(source, FROM_START);
    await follower.until('what is there', ({ messages }) => messages.length === 1);
    await log.isKeptOpen();
    return follower;
  }

  it('has one watcher for all its readers, and none when nobody reads', async () => {
    const before = watchers();
    const source = log.source();
    expect(watchers()).toBe(before);
    const followers = await Promise.all(Array.from({ length: 100 }, () => followed(source)));
    expect(log.open.length).toBe(2); // the directory's path is not a descriptor; the file and nothing else
    log.append('two');
    await Promise.all(followers.map((each) => each.until('news', ({ messages }) => messages.length === 2)));
    expect(watchers() - before).toBeLessThanOrEqual(1);
    await Promise.all(followers.map((follower) => follower.stop()));
    while (log.open.length > 0 || watchers() > before) await setTimeout(10);
  });
});
void [
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  execFileSync,
  tmpdir,
  join,
  formatCursor,
  readOn,
];
