import { jest } from '@jest/globals';
import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type LogEntry } from 'nestjs-log-console';
import { epochOf, idOf, messagesOf } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { createFileHost, jsonLine, plainLines, type FileHost } from './file-host.js';

// A file that was rotated away is read on for up to five seconds.
jest.setTimeout(30_000);

describe.each(ADAPTERS)('Log files over HTTP, on %s', (adapter) => {
  let host: FileHost;
  beforeEach(async () => (host = await createFileHost(adapter)));
  afterEach(() => host.close());

  const exported = (query: string, id = 'app') => host.ask(`files/${id}/export?${query}`);

  describe('the list', () => {
    it('names every file: configured ones, also missing, and those of directories', async () => {
      host.write('logs/b.log', 'one\n');
      host.write('logs/sub/a.log', 'two\ntwo\n');
      host.write('logs/other.txt', 'three\n');
      const { json, status } = await host.ask('files');
      expect(status).toBe(200);
      const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
      const common = { state: 'ok', linesPerSecond: 0, instance: 'web-1', modified: time };
      expect(json).toEqual({
        files: [
          {
            id: 'app',
            name: 'The application',
            size: 0,
            state: 'missing',
            linesPerSecond: 0,
            instance: 'web-1',
            reason: expect.anything() as unknown,
          },
          { ...common, id: 'logs~b.log', name: 'logs/b.log', size: 4 },
          { ...common, id: 'logs~sub~2Fa.log', name: 'logs/sub/a.log', size: 8 },
        ],
      });
    });

    it('is read over the same routes by the ids it gives, and has new files at the next look', async () => {
      const ids = async () =>
        ((await host.ask('files')).json as { files: { id: string }[] }).files.map(({ id }) => id);
      expect(await ids()).toEqual(['app']);
      host.write('logs/new one.log', 'hello\n');
      const [, id] = await ids();
      expect(messagesOf(await host.batch('', id))).toEqual(['hello']);
    });

    it('shows no path of the machine', async () => {
      host.write('logs/a.log', 'x\n');
      symlinkSync('/nowhere', join(host.folder, 'app.log'));
      expect((await host.ask('files')).text).not.toContain(host.folder);
    });

    it('takes no parameters', async () => {
      expect(await host.ask('files?path=/etc/passwd')).toMatchObject({
        status: 400,
        json: { message: 'path is not a parameter here; accepted: none.' },
      });
    });

    it('is there for application code, too', async () => {
      host.write('app.log', 'hello\n');
      expect((await host.service.files()).map(({ id, state }) => [id, state])).toEqual([['app', 'ok']]);
      const batch = await (await host.service.file('app'))?.read({ limit: 10 });
      expect(batch && messagesOf(batch)).toEqual(['hello']);
      expect(await host.service.file('../app.log')).toBeUndefined();
    });
  });

  describe('a poll', () => {
    it('gives the newest lines, oldest first, with the offsets of their ends as ids', async () => {
      host.write('app.log', plainLines(12));
      const batch = await host.batch('limit=3');
      expect(messagesOf(batch)).toEqual(['line 9', 'line 10', 'line 11']);
      const { length } = plainLines(12);
      expect(batch.entries.map(({ id }) => id)).toEqual([length - 16, length - 8, length]);
      expect(batch).toMatchObject({ instance: 'web-1', more: false, next: `${batch.epoch}-${length}` });
      expect(batch.gap).toBeUndefined();
    });

    it('goes on after a cursor, and back before one, without a hole and without repeating', async () => {
      host.write('app.log', plainLines(10));
      const newest = await host.batch('limit=4');
      const older = await host.batch(`limit=4&before=${newest.prev}`);
      const oldest = await host.batch(`limit=4&before=${older.prev}`);
      expect([oldest, older, newest].flatMap(messagesOf)).toEqual(plainLines(10).trimEnd().split('\n'));
      expect(await host.batch(`limit=4&before=${oldest.prev}`)).toMatchObject({
        entries: [],
        prev: oldest.prev,
      });
      expect(await host.batch(`after=${newest.next}`)).toMatchObject({
        entries: [],
        next: newest.next,
        more: false,
      });
      host.write('app.log', plainLines(2, 10));
      expect(messagesOf(await host.batch(`after=${newest.next}`))).toEqual(['line 10', 'line 11']);
    });

    it('takes an offset as a cursor, and 0 for the beginning', async () => {
      host.write('app.log', plainLines(5));
      for (const [after, first] of [
        ['0', 'line 0'],
        ['14', 'line 2'],
      ]) {
        const batch = await host.batch(`after=${after}&limit=2`);
        expect([messagesOf(batch)[0], batch.size ?? batch.entries.length, batch.gap]).toEqual([
          first,
          2,
          undefined,
        ]);
      }
    });

    it('tells who comes with a foreign cursor so, and begins at the oldest', async () => {
      host.write('app.log', plainLines(3));
      const batch = await host.batch('after=hobyabumll-1795162542113048');
      expect(batch.gap).toEqual({ reason: 'restarted', missed: null });
      expect(messagesOf(batch)).toHaveLength(3);
    });

    it('knows nothing of the log of the application, and the log nothing of it', async () => {
      host.write('app.log', 'of the file\n');
      host.store.append({ level: 'log', message: 'of the log' });
      expect(messagesOf(await host.batch())).toEqual(['of the file']);
      expect(messagesOf(await host.entries('search=of%20the%20'))).toEqual(['of the log']);
    });

    it('answers a missing file with an empty batch, and its lines once it is there', async () => {
      const empty = await host.batch();
      expect(empty).toMatchObject({ entries: [], more: false });
      expect(empty.next).toMatch(/^[A-Za-z0-9._]{1,128}-\d+$/);
      host.write('app.log', 'first\n');
      expect(messagesOf(await host.batch(`after=${empty.next}`))).toEqual(['first']);
    });

    it('waits for a line, and not for what happens to the file', async () => {
      host.write('app.log', plainLines(1));
      const { next } = await host.batch();
      const waiting = host.batch(`after=${next}&wait=20&search=wanted`);
      renameSync(join(host.folder, 'app.log'), join(host.folder, 'app.log.1'));
      host.write('app.log', 'another file\nwanted\n');
      expect(messagesOf(await waiting)).toEqual(['wanted']);
    });

    it('masks secrets', async () => {
      host.write('app.log', 'signed in with password=hunter2-and-more\n');
      const batch = await host.batch();
      expect(messagesOf(batch)).toEqual(['signed in with password=[redacted:password]']);
      expect((await host.batch('search=hunter2')).entries).toEqual([]);
    });
  });

  it('filters by level, context, time, words and process', async () => {
    host.write(
      'app.log',
      jsonLine({ level: 'warn', message: 'low', context: 'Stock' }) +
        jsonLine({
          level: 'error',
          message: 'empty',
          context: 'StockRoom',
          timestamp: Date.parse('2026-11-20T09:00:00Z'),
        }) +
        jsonLine({ level: 'log', message: 'Order 17', context: 'Orders' }),
    );
    for (const [query, messages] of [
      ['level=%3E%3Dwarn', ['low', 'empty']],
      ['level=warn', ['low']],
      ['context=Stock', ['low']],
      ['context=Stock*,Orders', ['low', 'empty', 'Order 17']],
      ['search=ORDER', ['Order 17']],
      ['from=2026-11-20T08:30:00Z', ['empty']],
      ['instance=web-2', []],
    ] as const)
      expect([query, messagesOf(await host.batch(query))]).toEqual([query, messages]);
  });

  it('refuses what the log refuses, in the same words', async () => {
    host.write('app.log', 'x\n');
    for (const query of [
      'entries?limit=5001',
      'entries?after=x',
      'entries?after=1&before=1',
      'tail?ansi=1',
      'export?limit=1',
      'stream?wait=1',
    ]) {
      const ofFile = await host.ask(`files/app/${query}`);
      expect([query, ofFile.status, ofFile.json]).toEqual([query, 400, (await host.ask(query)).json]);
    }
  });

  describe('a tail', () => {
    it('is text: a line per entry, a dash where no time is known, stacks indented', async () => {
      host.write(
        'app.log',
        `first\n${jsonLine({ level: 'error', message: 'broken', context: 'A' })}    at f (f.js:1:1)\n`,
      );
      const { text, headers } = await host.ask('files/app/tail?follow=false');
      expect(headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(text).toBe(
        '-     LOG first\n2026-11-20T08:15:42.113Z   ERROR [A] broken\n        at f (f.js:1:1)\n',
      );
    });

    it('that does not follow reads on over a rotation before it ends', async () => {
      host.write('app.log', plainLines(400));
      renameSync(join(host.folder, 'app.log'), join(host.folder, 'app.log.1'));
      host.write('app.log', plainLines(3, 400));
      const { text } = await host.ask('files/app/tail?follow=false&limit=100');
      expect(text.replaceAll('-     LOG ', '')).toBe(plainLines(100, 303));
    });

    it('tells of a cursor nobody knows', async () => {
      host.write('app.log', 'x\n');
      expect((await host.ask('files/app/tail?follow=false&after=other-1')).text).toBe(
        '--- an unknown number of entries missed (restarted) ---\n-     LOG x\n',
      );
    });
  });

  describe('a download', () => {
    beforeEach(() =>
      host.write('app.log', `=1+1\n${jsonLine({ level: 'error', message: 'broken, "very"' })}`),
    );

    it('as ndjson is one entry per line, called after the file', async () => {
      const { text, headers } = await exported('');
      expect(headers).toMatchObject({ 'content-type': 'application/x-ndjson; charset=utf-8' });
      expect(headers['content-disposition']).toMatch(
        /^attachment; filename="log-app-web-1-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.ndjson"$/,
      );
      const entries = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as LogEntry);
      expect(entries).toEqual((await host.batch()).entries);
      expect(entries[0]).not.toHaveProperty('time');
    });

    it('as csv leaves the cell of an unknown time empty', async () => {
      const rows = (await exported('format=csv')).text.split('\r\n');
      expect(rows[1]).toBe("5,,log,,'=1+1,,,,,,web-1");
      expect(rows[2]).toMatch(/^\d+,2026-11-20T08:15:42\.113Z,error,,"broken, ""very""",/);
    });

    it('as text is what a tail shows', async () => {
      const { text } = await exported('format=text');
      expect(text).toBe((await host.ask('files/app/tail?follow=false')).text);
      expect(text).toContain('-     LOG =1+1\n');
    });

    it('takes the filters, and a place to start', async () => {
      expect((await exported('level=error&format=text')).text).toContain('broken');
      expect((await exported('level=fatal')).text).toBe('');
      expect((await exported('after=5')).text).not.toContain('=1+1');
    });

    it('reads on over a rotation, from the place of who comes with an older one', async () => {
      const { next } = await host.batch();
      host.write('app.log', plainLines(500));
      renameSync(join(host.folder, 'app.log'), join(host.folder, 'app.log.1'));
      host.write('app.log', plainLines(3, 500));
      const { text } = await exported(`after=${next}&format=text`);
      expect(text.replaceAll('-     LOG ', '')).toBe(plainLines(503));
    });

    it('of a missing file is empty', async () => {
      host.write('logs/a.log', '');
      expect(await exported('', 'logs~a.log')).toMatchObject({ status: 200, text: '' });
    });
  });

  it('a cursor of one host is continued by another that sees the file', async () => {
    host.write('app.log', plainLines(4));
    const { next, epoch } = await host.batch('after=0&limit=2');
    const other = await createFileHost(adapter, {
      instance: 'web-2',
      files: [{ id: 'same', path: join(host.folder, 'app.log') }],
    });
    const batch = await other.batch(`after=${next}`, 'same').finally(() => other.close());
    expect([messagesOf(batch), batch.epoch, batch.instance]).toEqual([['line 2', 'line 3'], epoch, 'web-2']);
    expect([epochOf(batch.next), idOf(batch.next)]).toEqual([epoch, plainLines(4).length]);
  });
});
