import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { type Cursor } from '../../domain/cursor.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { OpenFile } from './disk/open-file.js';
import { followerOf } from '../../testing/follower.js';
import { readBack, readOn, TempLog } from './temp-log.js';

const FROM_START = '0' as Cursor;
const KiB = 1024;

/** Masks `secret=` and what follows it. */
const REDACTOR: TextRedactor = {
  text: (text) => text.replace(/secret=\w+/g, '[redacted:secret]'),
  key: () => undefined,
  isSecretKey: () => false,
  finds: (text) => /secret=\w+/.test(text),
  preview: (text) => ({
    text,
    matches: [...text.matchAll(/secret=\w+/g)].map((match) => ({
      kind: 'secret',
      rule: 'exact',
      start: match.index,
      end: match.index + match[0].length,
    })),
  }),
  counts: {},
};

describe('the lines of a file that is being written', () => {
  let log: TempLog;

  beforeEach(() => {
    log = new TempLog('one');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await log.remove();
  });

  const add = (text: string): void => appendFileSync(log.path, text);

  it('wait for their end, but no longer than a second', async () => {
    const source = log.source();
    add('half');
    const early = await readOn(source, FROM_START);
    expect(early.messages).toEqual(['one']);
    expect((await source.read({ limit: 5 })).next).toBe(early.next);
    log.silence('app.log');
    const late = await readOn(source, early.next);
    expect([late.messages, (await source.read({ limit: 5 })).next]).toEqual([['half'], late.next]);
    add(' a line\nnext\n');
    const rest = await readOn(source, late.next);
    expect(rest.entries.map(({ message, continues }) => [message, continues])).toEqual([
      [' a line', true],
      ['next', undefined],
    ]);
  });

  it('are sent to a follower after a second without an end, and their rest when it comes', async () => {
    const follower = followerOf(log, log.source(), FROM_START);
    await follower.until('the first', ({ messages }) => messages.length === 1);
    add('half');
    await follower.until('half a line', ({ messages }) => messages.length === 2);
    add(' a line\n');
    await follower.until('its rest', ({ messages }) => messages.length === 3);
    expect([follower.messages, follower.gaps]).toEqual([['one', 'half', ' a line'], []]);
  });

  it('are sent after a second also where the clock of the disk is ahead', async () => {
    const follower = followerOf(log, log.source(), FROM_START);
    add('half');
    const later = new Date(Date.now() + 3_600_000);
    utimesSync(log.path, later, later);
    await follower.until('half a line', ({ messages }) => messages.length === 2);
    expect(follower.messages).toEqual(['one', 'half']);
  });

  it('have no empty rest', async () => {
    const source = log.source();
    add('whole');
    log.silence('app.log');
    const { next } = await readOn(source, FROM_START);
    add('\nnext\n');
    expect((await readOn(source, next)).messages).toEqual(['next']);
  });

  it('are read from the middle of one as its rest, never as if that were whole', async () => {
    writeFileSync(log.path, 'first line\nsecond line\n');
    const { entries } = await log.source().read({ after: '6' as Cursor, limit: 5 });
    expect(entries.map(({ id, message, continues }) => [id, message, continues])).toEqual([
      [11, 'line', true],
      [23, 'second line', undefined],
    ]);
  });

  it('show no half of a secret to a reader that starts in its middle', async () => {
    const line = 'before secret=hunter2 after';
    writeFileSync(log.path, `${line}\nnext\n`);
    for (let after = 1; after < line.length; after++) {
      const { entries } = await log
        .source({ redactor: REDACTOR })
        .read({ after: String(after) as Cursor, limit: 5 });
      const rest = entries[0]?.message ?? '';
      expect(rest).not.toMatch(/hunter2|unter2|ter2|\br2/);
      expect(rest.endsWith('after'.slice(Math.max(0, after - line.indexOf('after'))))).toBe(true);
    }
  });

  it('carry a stack that is there already, wherever they are read from', async () => {
    const stack = Array.from({ length: 40 }, (_, index) => `    at step${index} (app.js:${index}:1)`);
    log.append(...Array.from({ length: 60 }, (_, index) => [`Error: ${index}`, ...stack]).flat(), 'end');
    const forward = await readOn(log.source(), FROM_START, 7);
    expect(forward.entries.length).toBe(62);
    expect(forward.entries.filter(({ continues }) => continues)).toEqual([]);
    expect(forward.entries[1].stack?.split('\n').length).toBe(40);
    expect((await readOn(log.source(), FROM_START)).entries).toEqual(forward.entries);
    for (const limit of [1, 7, 500])
      expect((await readBack(log.source(), limit)).entries).toEqual(forward.entries);
  });

  it.each([1, 3, 500])(
    'are the same forward and back when blocks cut them anywhere (pages of %i)',
    async (limit) => {
      const lines = Array.from({ length: 400 }, (_, index) => `${index} ${'ä🧺'.repeat((index * 37) % 200)}`);
      log.append(...lines);
      expect((await readOn(log.source(), FROM_START, limit)).messages).toEqual(['one', ...lines]);
      expect((await readBack(log.source(), limit)).messages).toEqual(['one', ...lines]);
    },
  );

  it('are cut where they are too long, counted, and followed by the next', async () => {
    const long = 300 * KiB;
    log.append('y'.repeat(long), 'next');
    const source = log.source({ maxLineBytes: 1000 });
    for (const { entries } of [await readOn(source, FROM_START), await readBack(source, 2)]) {
      expect(entries.map(({ message }) => message.slice(0, 5))).toEqual(['one', 'yyyyy', 'next']);
      expect([entries[1].message.length, entries[1].truncated]).toEqual([1000, { bytes: long, kept: 1000 }]);
    }
  });

  it('are cut at 32 KiB unless it is said otherwise', async () => {
    log.append('y'.repeat(40 * KiB));
    const { entries } = await log.source().read({ limit: 1 });
    expect(entries[0].truncated).toEqual({ bytes: 40 * KiB, kept: 32 * KiB });
  });

  it('are looked through once for an end that does not come', async () => {
    const source = log.source({ maxLineBytes: KiB });
    const { next } = await source.read({ limit: 1 });
    add('y'.repeat(4096 * KiB));
    const read = jest.spyOn(OpenFile.prototype, 'read');
    const bytesRead = async (): Promise<number> => {
      read.mockClear();
      expect((await source.read({ after: next, limit: 10 })).size).toBe(0);
      const blocks = await Promise.all(read.mock.results.map(({ value }) => value as Promise<Uint8Array>));
      return blocks.reduce((sum, { length }) => sum + length, 0);
    };
    expect(await bytesRead()).toBeGreaterThanOrEqual(4096 * KiB);
    expect(await bytesRead()).toBeLessThan(KiB);
    add('more');
    expect(await bytesRead()).toBeLessThan(KiB);
    add('\nnext\n');
    read.mockRestore();
    const { entries, messages } = await readOn(source, next);
    expect(entries[0].truncated).toEqual({ bytes: 4096 * KiB + 4, kept: KiB });
    expect(messages[1]).toBe('next');
  });

  it('are examined by a filter for a while, then it goes on from there', async () => {
    log.append(...Array.from({ length: 60_000 }, (_, index) => `line ${index}`));
    const source = log.source();
    const filter = { search: 'line 59999' };
    let batch = await source.read({ after: FROM_START, limit: 10, filter });
    let reads = 1;
    for (; batch.size === 0; reads++) {
      const { next } = batch;
      batch = await source.read({ after: next, limit: 10, filter });
      expect(batch.next).not.toBe(next);
    }
    expect(reads).toBeGreaterThan(1);
    const back = { search: 'line 0' };
    batch = await source.read({ limit: 10, filter: back });
    for (reads = 1; batch.size === 0; reads++) {
      const { prev, more } = batch;
      expect(more).toBe(true);
      batch = await source.read({ before: prev, limit: 10, filter: back });
      expect(batch.prev).not.toBe(prev);
    }
    expect(reads).toBeGreaterThan(1);
    expect(batch.entries.map(({ message }) => message)).toEqual(['line 0']);
  });
});
