import { Logger } from '@nestjs/common';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN, bearer, OPERATOR, VIEWER } from '../access/people.js';
import { PrintingLogger, startWith } from '../capture/printing-logger.js';
import { EventReader } from '../reading/event-reader.js';
import { eventually, logLines } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { open, request } from '../support/http-client.js';
import { createAuditedHost, type AuditedHost } from './audited-host.js';

const OURS = { 'x-log-console': '1' };
const BY_OPERATOR = { actor: 'operator-1', role: 'operator', address: '127.0.0.1' };

describe.each(ADAPTERS)('the audit trail, on %s', (adapter) => {
  let host: AuditedHost | undefined;
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  const start = async (options = {}): Promise<AuditedHost> =>
    (host = await createAuditedHost(adapter, options));

  it('tells who signed in and who did not, by the request, and never the token', async () => {
    const { at, trail } = await start();
    const sign = (token: string) =>
      request(at('session'), { method: 'POST', headers: OURS, body: { token } });
    const { headers } = await sign(OPERATOR.token);
    await sign('a-token-that-is-wrong-4711');
    const [ok, failed] = await trail('sign-in');
    expect(ok).toMatchObject({
      level: 'log',
      context: 'LogConsole',
      message: 'operator-1 (operator, 127.0.0.1) signed in',
      instance: 'web-1',
      requestId: headers['x-request-id'],
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    expect(ok.data).toEqual({ ...BY_OPERATOR, action: 'sign-in', result: 'ok' });
    expect(failed.level).toBe('warn');
    expect(failed.data).toEqual({
      address: '127.0.0.1',
      action: 'sign-in',
      result: 'failed',
      reason: 'This token is not known.',
      count: 1,
    });
    const text = JSON.stringify(await trail());
    expect(text).not.toContain(OPERATOR.token);
    expect(text).not.toContain('4711');
    expect(text).not.toContain(String(headers['set-cookie']).split('=')[1].split(';')[0]);
  });

  it('tells who changed a level from what to what and until when, and that it has ended', async () => {
    const { at, told } = await start();
    const change = (method: string, body?: object) =>
      request(at('levels/Orders*'), { method, headers: bearer(ADMIN), body });
    await change('DELETE');
    await change('PUT', { level: 'debug', reason: 'ticket 17' });
    await change('PUT', { level: 'warn', ttlSeconds: 1 });
    await eventually(async () => (await told('level-expired')).length === 1);
    const by = { actor: 'admin-1', role: 'admin', address: '127.0.0.1', action: 'level', result: 'ok' };
    const until = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect(await told('level')).toEqual([
      { ...by, context: 'Orders*', from: null, to: 'debug', until, reason: 'ticket 17' },
      { ...by, context: 'Orders*', from: 'debug', to: 'warn', until },
    ]);
    expect(await told('level-expired')).toEqual([
      { action: 'level-expired', result: 'ok', context: 'Orders*', from: 'warn', to: null },
    ]);
  });

  it('tells who was denied what, and why: known and unknown ones', async () => {
    const { at, told } = await start();
    await request(at('files/app/entries?search=password%3Dabc'), { headers: bearer(VIEWER) });
    await request(at('stats'));
    await request(at('entries'), { method: 'DELETE', headers: { origin: 'https://other.example' } });
    expect(await told('denied')).toEqual([
      {
        ...{ actor: 'viewer-1', role: 'viewer', address: '127.0.0.1', action: 'denied', result: 'denied' },
        route: 'GET /api/files/:id/entries',
        status: 403,
        reason: 'This needs the ability "files"; your role is viewer.',
        count: 1,
      },
      {
        ...{ address: '127.0.0.1', action: 'denied', result: 'denied', route: 'GET /api/stats' },
        ...{ status: 401, reason: 'Sign in first.', count: 1 },
      },
      expect.objectContaining({
        route: 'DELETE /api/entries',
        status: 403,
        reason: expect.stringContaining('X-Log-Console') as string,
      }),
    ]);
  });

  it('tells the same denied again together with its number, so that nobody pushes the trail out', async () => {
    const { at, told, printer, close } = await start();
    const deny = async (path: string): Promise<void> => {
      expect((await request(at(path))).status).toBe(401);
    };
    for (let count = 0; count < 30; count++) await deny('stats');
    await deny('entries');
    expect((await told('denied')).map(({ route, count }) => [route, count])).toEqual([
      ['GET /api/stats', 1],
      ['GET /api/entries', 1],
    ]);
    await close();
    host = undefined;
    expect(printer.messages.at(-1)).toMatch(
      /^Somebody \(127\.0\.0\.1\) was denied GET \/api\/stats: Sign in first\. \(29 more times since .*Z\)$/,
    );
  });

  it('says nothing of polls, of a text that ends by itself, of HEAD', async () => {
    const { ask, trail } = await start();
    const before = await trail();
    for (const path of ['entries', 'stats', 'session', 'tail?follow=false', 'metrics']) await ask(path);
    for (const path of ['stream', 'tail', 'export']) await ask(path, 'HEAD');
    expect(await trail()).toEqual(before);
  });

  it.each(['stream', 'tail'])('tells who opened a %s, and exactly what they were given', async (route) => {
    const { at, told, store } = await start({ capacity: 50 });
    const first = store.stats().newest;
    logLines(120);
    const query = `after=${first}&context=Lines&search=${encodeURIComponent('line')}`;
    const reader = await open(at(`${route}?${query}`), { headers: bearer(OPERATOR) });
    await reader.until('line 119');
    logLines(5, 'Lines');
    await reader.until(/line 119[^]*line 4\b/);
    expect(await told('stream')).toEqual([
      {
        ...{ ...BY_OPERATOR, action: 'stream', result: 'open', route },
        query: { after: first, context: 'Lines', search: 'line' },
      },
    ]);
    reader.close();
    await eventually(async () => (await told('stream')).length === 2);
    const [, closed] = await told('stream');
    expect(closed).toEqual({
      ...{ ...BY_OPERATOR, action: 'stream', result: 'closed', route },
      ...{ seconds: expect.any(Number) as number, delivered: 55, missed: 70, reason: 'left' },
    });
  });

  it('counts what an EventSource is given as that one does, and says why the stream ended', async () => {
    const { at, printer, close, now } = await start({ capacity: 200 });
    const reader = await EventReader.open(at(`stream?after=${await now()}`));
    await reader.first('hello');
    for (let round = 0; round < 20; round++) {
      // More than the ring holds, before a reader has its turn.
      logLines(300);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await reader.until(() => reader.messages.at(-1) === 'line 299');
    const closing = close();
    await reader.ended;
    await closing;
    host = undefined;
    const missed = reader.gaps.reduce((sum, gap) => sum + (gap.missed ?? NaN), 0);
    expect(missed).toBeGreaterThan(0);
    const [told] = printer.messages.filter((message) => String(message).includes('had a stream'));
    expect(told).toContain(`${reader.entries.length} delivered, ${missed} missed (shutdown)`);
  });

  it('tells who downloaded what: query, entries and bytes, secrets in it masked', async () => {
    const { ask, told } = await start();
    logLines(7);
    const search = encodeURIComponent('token=ghp_16C7e42F292c6912E7710c838347Ae178B4a');
    const reply = await ask('export?context=Lines');
    await ask(`export?format=csv&search=${search}`);
    const [whole, searched] = await told('export');
    expect(whole).toEqual({
      ...{ ...BY_OPERATOR, action: 'export', result: 'ok' },
      ...{ count: 7, bytes: reply.bytes.length, query: { context: 'Lines' } },
    });
    expect(searched).toMatchObject({ count: 0, query: { format: 'csv' } });
    expect(JSON.stringify(searched)).not.toContain('ghp_');
  });

  it('keeps who and what, and little of parameters that are very long', async () => {
    const { ask, batch, told } = await start();
    const context = Array.from({ length: 40 }, (_, index) => `${index}`.padEnd(250, 'x')).join(',');
    expect((await ask(`export?context=${context}`)).status).toBe(200);
    expect(await told('export')).toMatchObject([{ ...BY_OPERATOR, result: 'ok', count: 0, bytes: 0 }]);
    expect(JSON.stringify(await batch('limit=1')).length).toBeLessThan(6000);
  });

  it('tells that a download was cut off', async () => {
    const { at, told, store } = await start();
    for (let index = 0; index < 5000; index++) store.append({ level: 'log', message: 'x'.repeat(2000) });
    const reply = await open(at('export'), { headers: bearer(OPERATOR) });
    reply.close();
    await eventually(async () => (await told('export')).length === 1);
    const [cut] = await told('export');
    expect(cut).toMatchObject({ ...BY_OPERATOR, result: 'cut' });
    expect(cut.count).toBeLessThan(5000);
  });

  it('tells who cleared how much up to where, stays when the log is cleared, and cannot be cleared itself', async () => {
    const { ask, at, told, trail, store } = await start();
    const before = await trail();
    logLines(10);
    const held = store.stats().held.entries;
    const { upTo } = (await ask('entries', 'DELETE')).json as { upTo: string };
    await ask('entries?upTo=earlier-1', 'DELETE');
    expect(await told('clear')).toEqual([
      { ...BY_OPERATOR, action: 'clear', result: 'ok', count: held, upTo },
      { ...BY_OPERATOR, action: 'clear', result: 'failed', count: 0, upTo: 'earlier-1' },
    ]);
    expect((await trail()).slice(0, before.length)).toEqual(before);
    const headers = bearer(ADMIN);
    expect((await request(at('audit'), { method: 'DELETE', headers })).status).toBe(404);
  });

  it('tells who opened which file: one that is polled once, a stream and a download each time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'log-console-audit-'));
    writeFileSync(join(folder, 'app.log'), 'one\ntwo\n');
    try {
      const { ask, at, told } = await start({ files: [{ id: 'app', path: join(folder, 'app.log') }] });
      for (let count = 0; count < 5; count++) await ask('files/app/entries');
      await ask('files/none/entries');
      const reader = await EventReader.open(at('files/app/stream'));
      await reader.first('message');
      reader.close();
      await ask('files/app/export');
      const opened = (await told('file')).map(({ actor, file, route }) => [actor, file, route]);
      expect(opened).toEqual(['entries', 'stream', 'export'].map((route) => ['operator-1', 'app', route]));
      await eventually(async () => (await told('stream')).length === 2);
      expect((await told('stream'))[1]).toMatchObject({ file: 'app', delivered: 2, missed: 0 });
      expect(await told('export')).toMatchObject([{ file: 'app', count: 2 }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tells who stopped an operation, and of whose lines a stream was', async () => {
    const { ask, at, told, service } = await start();
    const running = service.start('Import', { cancellable: true }, ({ signal }) => {
      new Logger('Import').log('a line');
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    });
    const reader = await EventReader.open(at(`operations/${running.id}/stream`));
    await reader.first('message');
    await ask(`operations/${running.id}/cancel`, 'POST');
    await running.done;
    await reader.ended;
    await ask(`operations/${running.id}/cancel`, 'POST');
    expect(await told('cancel')).toEqual([
      { ...BY_OPERATOR, action: 'cancel', result: 'ok', operation: running.id },
      { ...BY_OPERATOR, action: 'cancel', result: 'failed', operation: running.id },
    ]);
    await eventually(async () => (await told('stream')).length === 2);
    expect((await told('stream'))[1]).toMatchObject({ operation: running.id, reason: 'finished' });
  });

  it('begins with how the console was opened: by whom, with what, and no secret', async () => {
    const { batch, trail } = await start({
      redact: false,
      sinks: [{ name: 'chat', write: () => undefined }],
    });
    const [first] = await trail();
    expect(first.message).toBe(
      'The log console is open, by tokens of viewer-1 (viewer), operator-1 (operator), admin-1 (admin); redaction is off',
    );
    expect(first.data).toMatchObject({
      action: 'configuration',
      result: 'ok',
      access: 'configured',
      people: ['viewer-1 (viewer)', 'operator-1 (operator)', 'admin-1 (admin)'],
      redaction: 'off',
      sinks: ['chat'],
    });
    expect(JSON.stringify(await batch())).not.toContain('0123456789abcdef');
  });

  it('is for admins, is no part of the log, and does not depend on its level', async () => {
    const { ask, entries, trail } = await start({ level: 'fatal' });
    await ask('entries', 'DELETE');
    expect((await ask('audit')).status).toBe(403);
    expect((await trail()).map(({ data }) => data.action)).toEqual(['configuration', 'clear', 'denied']);
    const { entries: held } = await entries('limit=5000');
    expect(held.filter(({ message }) => /operator-1 \(|The log console is open/.test(message))).toEqual([]);
  });

  it('is printed by who prints the log, entry by entry', async () => {
    const { ask, printer, trail } = await start();
    await ask('entries', 'DELETE');
    await ask('audit');
    const printed = printer.calls.filter(([, , context]) => context === 'LogConsole');
    const entries = (await trail()).map(({ level, message }) => [level, message, 'LogConsole']);
    expect(entries).toHaveLength(3);
    expect(printed.slice(-3)).toEqual(entries);
  });

  it('is printed nowhere where nobody prints', async () => {
    const { calls } = startWith(new PrintingLogger());
    const { ask, trail } = await start({ forward: false });
    await ask('entries', 'DELETE');
    expect(await trail('clear')).toHaveLength(1);
    expect(calls.filter(([, , context]) => context === 'LogConsole')).toEqual([]);
  });

  it('is read by cursors, as any source is', async () => {
    const { ask, batch } = await start();
    for (let count = 0; count < 5; count++) await ask('entries', 'DELETE');
    const all = await batch();
    const newest = await batch('limit=2');
    expect(newest.entries).toEqual(all.entries.slice(-2));
    expect((await batch(`before=${newest.prev}&limit=1`)).entries).toEqual(all.entries.slice(-3, -2));
    expect((await batch(`after=${newest.prev}&limit=5`)).entries).toEqual(all.entries.slice(-1));
    expect((await batch(`after=${all.next}`)).next).toBe(all.next);
    expect((await batch('after=earlier-1')).gap).toEqual({ reason: 'restarted', missed: null });
  });
});
