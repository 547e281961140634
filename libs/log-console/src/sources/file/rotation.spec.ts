import {
  copyFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { parseCursor, type Cursor } from '../../domain/cursor.js';
import { readHeld } from '../../reading/read-held.js';
import { DiskMemory } from './disk/disk-memory.js';
import { followerOf } from '../../testing/follower.js';
import { readBack, readOn, TempLog } from './temp-log.js';

const FROM_START = '0' as Cursor;
/** Renames rotated files up and down, so that none of them keeps its name. */
const RENAMER = `
const { renameSync } = require('node:fs');
const name = (count) => process.argv[1] + '.' + count;
const pause = new Int32Array(new SharedArrayBuffer(4));
for (;;) {
  for (let count = 6; count > 0; count--) renameSync(name(count), name(count + 1));
  Atomics.wait(pause, 0, 0, 2);
  for (let count = 2; count < 8; count++) renameSync(name(count), name(count - 1));
  Atomics.wait(pause, 0, 0, 2);
}`;
/** Longer than the part of a file that tells it from others. */
const FILLING = 'x'.repeat(300);

describe('a reader of a log file that rotates', () => {
  let log: TempLog;

  beforeEach(() => {
    log = new TempLog('one', 'two');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await log.remove();
  });

  const start = async (): Promise<Cursor> => (await log.source().read({ after: FROM_START, limit: 1 })).next;
  const read = (after: Cursor, limit?: number): ReturnType<typeof readOn> =>
    readOn(log.source(), after, limit);

  describe('by being renamed', () => {
    it.each([1, 2, 500])(
      'gets the rest of the old file, then the new one, without a gap (pages of %i)',
      async (limit) => {
        const place = await start();
        log.append('three');
        log.rotate('four', 'five');
        log.silence('app.log.1');
        const { messages, gaps, batches } = await read(place, limit);
        expect([messages, gaps]).toEqual([['two', 'three', 'four', 'five'], []]);
        expect(new Set(batches.map(({ epoch }) => epoch)).size).toBe(2);
      },
    );

    it('gets all files of several rotations, oldest first', async () => {
      const place = await start();
      for (let rotation = 1; rotation <= 12; rotation++) {
        log.append(`last of ${rotation}`);
        log.rotate(`first after ${rotation}`);
        log.silence('app.log.1');
      }
      const { messages, gaps } = await read(place);
      const expected = Array.from({ length: 12 }, (_, at) => [`last of ${at + 1}`, `first after ${at + 1}`]);
      expect([messages, gaps]).toEqual([['two', ...expected.flat()], []]);
    });

    it('gets what is written late to the old file before what is in the new one', async () => {
      const place = await start();
      log.rotate('new');
      const source = log.source();
      const first = await readOn(source, place);
      expect(first.messages).toEqual(['two']);
      log.write('app.log.1', 'late');
      const second = await readOn(source, first.next);
      expect(second.messages).toEqual(['late']);
      log.silence('app.log.1');
      const third = await readOn(source, second.next);
      expect([third.messages, third.gaps]).toEqual([['new'], []]);
    });

    it('does not wait for the end of an old file for more than 5 seconds', async () => {
      const place = await start();
      log.rotate('new');
      const later = new Date(Date.now() + 3_600_000);
      utimesSync(log.at('app.log.1'), later, later);
      const now = Date.now();
      const clock = jest.spyOn(Date, 'now');
      clock.mockReturnValue(now + 4000);
      expect((await read(place)).messages).toEqual(['two']);
      clock.mockReturnValue(now + 5100);
      expect((await read(place)).messages).toEqual(['two', 'new']);
    });

    it.each([1, 2])(
      'stays with an old file that is still written to while all after it are empty (%i)',
      async (count) => {
        const place = await start();
        for (let rotation = 0; rotation < count; rotation++) log.rotate();
        const old = `app.log.${count}`;
        for (const name of [old, 'app.log.1']) log.silence(name);
        const first = await read(place);
        log.write(old, 'to the old one');
        log.silence(old);
        const second = await read(first.next);
        expect([first.messages, second.messages, second.gaps]).toEqual([['two'], ['to the old one'], []]);
      },
    );

    it('gets the rest of an old file that no new one has followed yet', async () => {
      const place = await start();
      renameSync(log.path, log.at('app.log.1'));
      const first = await read(place);
      expect([first.messages, first.gaps]).toEqual([['two'], []]);
      log.append('new');
      log.silence('app.log.1');
      expect((await read(first.next)).messages).toEqual(['new']);
    });

    it('gets what was made and rotated away since there was nothing, and nothing older', async () => {
      log.rotate();
      rmSync(log.path);
      // The clock of the disk goes in steps.
      await setTimeout(50);
      const places = await Promise.all([
        log.source().read({ limit: 5 }),
        log.source().read({ after: FROM_START, limit: 5 }),
      ]);
      log.append('three');
      log.rotate('four');
      log.silence('app.log.1');
      for (const { next } of places) {
        const { messages, gaps } = await read(next);
        expect([messages, gaps]).toEqual([['three', 'four'], []]);
      }
    });

    it('gets the last line of an old file also when it has no end', async () => {
      const place = await start();
      writeFileSync(log.path, 'one\ntwo\nhalf');
      log.rotate('new');
      log.silence('app.log.1');
      expect((await read(place)).messages).toEqual(['two', 'half', 'new']);
    });

    it('is told with the next lines what was written to an old file after it was left', async () => {
      const source = log.source();
      const follower = followerOf(log, source, FROM_START);
      await follower.until('what is there', ({ messages }) => messages.length === 2);
      await log.isKeptOpen();
      log.rotate('three');
      log.silence('app.log.1');
      await follower.until('the new file', ({ messages }) => messages.length === 3);
      log.write('app.log.1', 'late');
      for (let tries = 0; follower.gaps.length === 0 && tries < 60; tries++) {
        log.append('next');
        await setTimeout(50);
      }
      log.append('last');
      await follower.until('the last line', ({ messages }) => messages.at(-1) === 'last');
      expect(follower.gaps).toEqual([{ reason: 'rotated', missed: null, bytes: 'late\n'.length }]);
      expect(follower.messages).not.toContain('late');
      // Who comes later finds it in its place.
      expect((await readBack(log.source(), 10)).messages.slice(0, 4)).toEqual([
        'one',
        'two',
        'late',
        'three',
      ]);
    });

    it('gets each file of the chain while they are renamed all the time', async () => {
      const place = await start();
      for (let count = 1; count <= 6; count++) {
        log.rotate(`file ${count}`);
        log.silence('app.log.1');
      }
      const renamer = spawn(process.execPath, ['-e', RENAMER, log.path], { stdio: 'ignore' });
      try {
        for (let time = 0; time < 40; time++) {
          const { messages, gaps } = await read(place);
          expect([messages, gaps]).toEqual([
            ['two', ...Array.from({ length: 6 }, (_, index) => `file ${index + 1}`)],
            [],
          ]);
        }
      } finally {
        renamer.kill();
        await once(renamer, 'exit');
      }
    });

    it('is told of a gap where a file of the chain cannot be read', async () => {
      const place = await start();
      for (const line of ['three', 'four']) {
        log.rotate(line);
        log.silence('app.log.1');
      }
      const open = jest.spyOn(DiskMemory.prototype, 'holding').mockImplementation(({ size }) => {
        if (size === 'three\n'.length) throw new Error('it cannot be opened');
        return undefined;
      });
      const { messages, gaps } = await read(place);
      expect(open).toHaveBeenCalled();
      expect([messages, gaps]).toEqual([
        ['two', 'four'],
        [{ reason: 'rotated', missed: null, bytes: 'three\n'.length }],
      ]);
    });

    it('finds the old file under any name when it was seen before', async () => {
      const source = log.source();
      const { next } = await source.read({ after: FROM_START, limit: 1 });
      renameSync(log.path, log.at('kept for later.txt'));
      log.append('new');
      log.silence('kept for later.txt');
      const { messages, gaps } = await readOn(source, next);
      expect([messages, gaps]).toEqual([['two', 'new'], []]);
    });

    it('is told of a gap when the file was rotated out of existence', async () => {
      const source = log.source();
      const { next } = await source.read({ after: FROM_START, limit: 1 });
      // It is looked for by its inode, which must not be given away again.
      renameSync(log.path, log.at('app.log.1'));
      log.append('new');
      renameSync(log.at('app.log.1'), `${log.directory}.gone`);
      try {
        const { messages, gaps } = await readOn(source, next);
        expect(messages).toEqual(['new']);
        expect(gaps).toEqual([{ reason: 'rotated', missed: null, bytes: 4 }]);
        const stranger = await read(next);
        expect([stranger.messages, stranger.gaps]).toEqual([
          ['new'],
          [{ reason: 'restarted', missed: null }],
        ]);
      } finally {
        rmSync(`${log.directory}.gone`);
      }
    });
  });

  describe('by being copied and truncated', () => {
    beforeEach(() => log.append(FILLING));

    it('gets the rest from the copy, then what is new, without a gap', async () => {
      const place = await start();
      log.copyTruncate();
      log.append('new');
      log.silence('app.log.1');
      const { messages, gaps } = await read(place);
      expect([messages, gaps]).toEqual([['two', FILLING, 'new'], []]);
    });

    it('gets the rest from the copies of several rotations', async () => {
      const place = await start();
      for (const name of ['a', 'b', 'c']) {
        log.copyTruncate();
        log.silence('app.log.1');
        log.append(`${name} ${FILLING}`, `end of ${name}`);
      }
      const { messages, gaps } = await read(place);
      const rest = ['a', 'b', 'c'].flatMap((name) => [`${name} ${FILLING}`, `end of ${name}`]);
      expect([messages, gaps]).toEqual([['two', FILLING, ...rest], []]);
    });

    it('is told of a gap where there is no copy, with what is known of its size', async () => {
      const source = log.source();
      const { next } = await source.read({ after: FROM_START, limit: 1 });
      truncateSync(log.path);
      log.append('new');
      const { messages, gaps } = await readOn(source, next);
      expect([messages, gaps]).toEqual([
        ['new'],
        [{ reason: 'truncated', missed: null, bytes: 'two\n'.length + FILLING.length + 1 }],
      ]);
      expect((await read(next)).gaps).toEqual([{ reason: 'truncated', missed: null }]);
    });

    it('is told of a gap where the file was seen to be longer than its copy', async () => {
      const source = log.source();
      const { next } = await source.read({ after: FROM_START, limit: 1 });
      copyFileSync(log.path, log.at('app.log.1'));
      log.append('after the copy');
      await source.read({ limit: 0 });
      truncateSync(log.path);
      log.append('new');
      log.silence('app.log.1');
      const { messages, gaps } = await readOn(source, next);
      expect([messages, gaps]).toEqual([
        ['two', FILLING, 'new'],
        [{ reason: 'truncated', missed: null, bytes: 'after the copy\n'.length }],
      ]);
      // Nobody can tell a process that has not seen it.
      expect((await read(next)).gaps).toEqual([]);
    });

    it('is told of a gap when it had read further than the copy reaches', async () => {
      const { next } = await log.source().read({ limit: 0 });
      copyFileSync(log.path, log.at('app.log.1'));
      log.append('after the copy');
      const place = (await read(next)).next;
      truncateSync(log.path);
      log.append('new');
      const { messages, gaps } = await read(place);
      expect([messages, gaps]).toEqual([['new'], [{ reason: 'truncated', missed: null }]]);
    });

    it('is not shown old lines as new ones where the file grew past its place again', async () => {
      const { next } = await log.source().read({ limit: 0 });
      truncateSync(log.path);
      const lines = Array.from({ length: 50 }, (_, index) => `again ${index}`);
      log.append(...lines);
      const { messages, gaps } = await read(next);
      expect([messages, gaps]).toEqual([lines, [{ reason: 'truncated', missed: null }]]);
    });

    it('is told of a gap also where nothing is asked for, and only once', async () => {
      const { next } = await log.source().read({ limit: 0 });
      truncateSync(log.path);
      log.append('new');
      const first = await log.source().read({ after: next, limit: 0 });
      expect([first.gap?.reason, first.size]).toEqual(['truncated', 0]);
      const { messages, gaps } = await read(first.next);
      expect([messages, gaps]).toEqual([['new'], []]);
    });
  });

  it('knows a new file that was given the inode of a deleted one', async () => {
    const place = await start();
    const { epoch = '', id } = parseCursor(place) ?? {};
    const [inode = '', hashed = ''] = epoch.split('.');
    const { messages, gaps } = await read(`${inode}.${hashed}.0123456789abcdef-${id}` as Cursor);
    expect([messages, gaps]).toEqual([['one', 'two'], [{ reason: 'truncated', missed: null }]]);
  });

  it('gets everything of a file that is deleted and made again while it is followed', async () => {
    const source = log.source();
    const follower = followerOf(log, source, FROM_START);
    await follower.until('what is there', ({ messages }) => messages.length === 2);
    await log.isKeptOpen();
    log.append('three');
    unlinkSync(log.path);
    log.append('new');
    await follower.until('the new file', ({ messages }) => messages.includes('new'));
    expect([follower.messages, follower.gaps]).toEqual([['one', 'two', 'three', 'new'], []]);
  });

  it('gets everything of files that are deleted one after the other while it is with the first', async () => {
    const follower = followerOf(log, log.source(), FROM_START);
    await follower.until('what is there', ({ messages }) => messages.length === 2);
    await log.isKeptOpen();
    for (const [count, line] of ['three', 'four', 'five'].entries()) {
      log.append(line);
      while (log.open.length <= count) await setTimeout(2);
      await log.isKeptOpen();
      if (count < 2) unlinkSync(log.path);
    }
    await follower.until('the last line', ({ messages }) => messages.includes('five'));
    expect([follower.messages, follower.gaps]).toEqual([['one', 'two', 'three', 'four', 'five'], []]);
  });

  it.each([
    ['that counts up', 'app.1.log', 'app.2.log'],
    ['with a date', 'app.2026-11-19.log', 'app.2026-11-20.log'],
  ])('goes on where a link leads to the next file, %s', async (_, first, second) => {
    log.write(first, 'one', 'two');
    symlinkSync(first, log.at('current.log'));
    const source = log.source({ path: log.at('current.log') });
    const { next } = await source.read({ after: FROM_START, limit: 1 });
    log.write(first, 'three');
    log.write(second, 'four');
    rmSync(log.at('current.log'));
    symlinkSync(second, log.at('current.log'));
    log.silence(first);
    const { messages, gaps } = await readOn(log.source({ path: log.at('current.log') }), next);
    expect([messages, gaps]).toEqual([['two', 'three', 'four'], []]);
    expect((await readBack(source, 2)).messages).toEqual(['one', 'two', 'three', 'four']);
  });

  it('sees no gap when the epoch of a short file becomes longer', async () => {
    const source = log.source();
    const epochs = new Set<string>();
    let { next } = await source.read({ limit: 0 });
    for (let line = 0; line < 100; line++) {
      log.append(`line ${line}`);
      const batch = await source.read({ after: next, limit: 10 });
      expect([batch.entries.map(({ message }) => message), batch.gap]).toEqual([[`line ${line}`], undefined]);
      epochs.add(batch.epoch);
      next = batch.next;
    }
    expect(epochs.size).toBeGreaterThan(1);
  });

  describe('and pages back', () => {
    it('gets the files before it too, oldest first, but no compressed ones and no links', async () => {
      log.write('app.log-20261119', 'dated');
      utimesSync(log.at('app.log-20261119'), 1000, 1000);
      log.write('app.log.2', 'second');
      utimesSync(log.at('app.log.2'), 2000, 2000);
      log.write('app.log.1', 'first');
      utimesSync(log.at('app.log.1'), 3000, 3000);
      log.write('app.log.3.gz', 'compressed');
      log.write('other.log.1', 'of another log');
      symlinkSync(log.at('other.log.1'), log.at('app.log.4'));
      for (const limit of [1, 2, 100]) {
        const { messages, gaps } = await readBack(log.source(), limit);
        expect([messages, gaps]).toEqual([['dated', 'second', 'first', 'one', 'two'], []]);
      }
    });

    it('is told that there is more where the new file has fewer lines than were asked for', async () => {
      log.rotate('three');
      const newest = await log.source().read({ limit: 2 });
      expect([newest.size, newest.more]).toEqual([1, true]);
      const older = await log.source().read({ before: newest.prev, limit: 1 });
      expect([older.entries.map(({ message }) => message), older.more]).toEqual([['two'], true]);
      expect((await log.source().read({ limit: 1 })).more).toBe(false);
    });

    it('reads on from there through all files to the newest', async () => {
      log.rotate('three');
      log.silence('app.log.1');
      const source = log.source();
      const newest = await source.read({ limit: 1 });
      const older = await source.read({ before: newest.prev, limit: 1 });
      expect((await readOn(source, older.next)).messages).toEqual(['three']);
      const follower = followerOf(log, source);
      await follower.until('the backlog', ({ messages }) => messages.length === 3);
      expect(follower.messages).toEqual(['one', 'two', 'three']);
    });

    it('does not get a copy that was made before the file is truncated', async () => {
      log.append(FILLING);
      copyFileSync(log.path, log.at('app.log.1'));
      expect((await readBack(log.source(), 10)).messages).toEqual(['one', 'two', FILLING]);
    });
  });

  it('downloads all from a place in an old file to the newest', async () => {
    const place = await start();
    // The place in the old file is a larger number than the end of the new one.
    log.append(FILLING);
    const { next } = await log.source().read({ limit: 0 });
    log.append('three');
    log.rotate('four');
    log.silence('app.log.1');
    for (const [after, expected] of [
      [place, ['two', FILLING, 'three', 'four']],
      [next, ['three', 'four']],
    ] as const) {
      const messages: string[] = [];
      for await (const { entries } of readHeld(log.source(), { after, maxEntries: 100 }))
        messages.push(...entries.map(({ message }) => message));
      expect(messages).toEqual(expected);
    }
  });

  it('is served by two processes in turn, without losing or doubling a line', async () => {
    const sources = [log.source(), log.source()];
    let { next } = await log.source().read({ limit: 0 });
    const messages: string[] = [];
    const written: string[] = [];
    for (let round = 0; round < 60; round++) {
      const line = `line ${round}`;
      if (round % 20 === 19) log.rotate(line);
      else if (round % 20 === 9) {
        log.copyTruncate();
        log.append(line);
      } else log.append(line);
      written.push(line);
      if (round % 10 === 9) log.silence('app.log.1');
      if (round % 3 === 0) continue;
      const batch = await sources[round % 2].read({ after: next, limit: 2 });
      expect(batch.gap).toBeUndefined();
      messages.push(...batch.entries.map(({ message }) => message));
      next = batch.next;
    }
    messages.push(...(await readOn(sources[0], next)).messages);
    expect(messages).toEqual(written);
  });
});
