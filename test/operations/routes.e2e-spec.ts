import { Logger } from '@nestjs/common';
import { type LogEntry, type OperationSummary } from 'nestjs-log-console';
import { bearer, VIEWER } from '../access/people.js';
import { createLogHost, messagesOf, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { request, type Reply } from '../support/http-client.js';
import { linesOf, startInHand } from './operation-in-hand.js';

const NOT_THERE = {
  statusCode: 404,
  message: 'There is no operation of this id, or it is no longer kept.',
  error: 'Not Found',
};

describe.each(ADAPTERS)('The routes of operations, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => (host = await createLogHost(adapter, { operations: { keep: 2, entries: 100 } })));
  afterEach(() => host.close());

  const one = async (id: string): Promise<OperationSummary> =>
    (await host.ask(`operations/${id}`)).json as OperationSummary;
  const list = async (): Promise<OperationSummary[]> =>
    ((await host.ask('operations')).json as { operations: OperationSummary[] }).operations;
  const cancel = (id: string): Promise<Reply> => host.ask(`operations/${id}/cancel`, 'POST');

  it('list them: running ones first, then the newest, as far as they are kept', async () => {
    expect(await list()).toEqual([]);
    const names = ['first', 'second', 'third', 'fourth', 'fifth'];
    const [first, second, third, fourth, fifth] = names.map((name) => startInHand(host, name));
    for (const operation of [second, first, fourth]) await operation.succeed();
    const running = (await list()).filter(({ state }) => state === 'running').map(({ name }) => name);
    expect(running.sort()).toEqual(['fifth', 'third']);
    expect((await list()).slice(2).map(({ name }) => name)).toEqual(['fourth', 'first']);
    for (const operation of [third, fifth]) await operation.succeed();
  });

  it('tell of one while it runs, and the same afterwards', async () => {
    const operation = startInHand(host, 'Import', {
      by: 'operator-1',
      data: { supplier: 'acme' },
      cancellable: true,
    });
    operation.log('one', 'warn: two');
    operation.progress(1, 3);
    const running = await one(operation.id);
    expect(running).toEqual({
      id: operation.id,
      name: 'Import',
      state: 'running',
      by: 'operator-1',
      data: { supplier: 'acme' },
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      durationMs: expect.any(Number) as number,
      progress: { done: 1, total: 3 },
      lines: { total: 2, byLevel: { verbose: 0, debug: 0, log: 1, warn: 1, error: 0, fatal: 0 } },
      cancellable: true,
      instance: 'web-1',
    });
    await operation.fail(new TypeError('broken'));
    const over = await one(operation.id);
    expect(over).toMatchObject({
      ...running,
      state: 'failed',
      durationMs: expect.any(Number) as number,
      error: { message: 'TypeError: broken' },
      cancellable: false,
    });
    expect(Date.parse(over.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(over.startedAt));
    expect(await one(operation.id)).toEqual(over);
  });

  it('give its lines, and no others, while it runs and afterwards; the log has them too', async () => {
    const [operation, other] = [startInHand(host), startInHand(host, 'Other')];
    new Logger('Outside').log('outside');
    operation.log('one', 'two');
    other.log('of another');
    const batch = await host.ask(`operations/${operation.id}/entries`);
    const lines = (batch.json as { entries: LogEntry[] }).entries;
    expect(lines.map(({ message, operation: id }) => [message, id])).toEqual([
      ['one', operation.id],
      ['two', operation.id],
    ]);
    await operation.succeed();
    expect((await host.ask(`operations/${operation.id}/entries`)).json).toEqual(batch.json);
    expect(messagesOf(await host.entries(`operation=${operation.id}`))).toEqual(['one', 'two']);
  });

  it('answer a poll that waits at once, when it finishes', async () => {
    const operation = startInHand(host);
    operation.log('one');
    const { json } = await host.ask(`operations/${operation.id}/entries`);
    const { next } = json as { next: string };
    const waiting = host.ask(`operations/${operation.id}/entries?wait=25&after=${next}`);
    await operation.succeed();
    expect((await waiting).json).toMatchObject({ entries: [], next, more: false });
    const late = await host.ask(`operations/${operation.id}/entries?wait=25&after=${next}`);
    expect(late.json).toMatchObject({ entries: [], next });
  });

  it('download its lines', async () => {
    const operation = startInHand(host);
    operation.log('one', 'error: two');
    await operation.succeed();
    const { headers, text } = await host.ask(`operations/${operation.id}/export`);
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LogEntry);
    expect(messagesOf({ entries })).toEqual(['one', 'two']);
    expect(headers['content-disposition']).toMatch(
      new RegExp(`^attachment; filename="log-${operation.id}-web-1-[0-9T-]+Z\\.ndjson"$`),
    );
    const { text: lines } = await host.ask(`operations/${operation.id}/export?format=text&level=error`);
    expect(linesOf(lines)).toEqual(['two']);
  });

  it('cancel one that can be: 202 at once, cancelled when it has stopped', async () => {
    const operation = startInHand(host, 'Import', { cancellable: true });
    const reply = await cancel(operation.id);
    expect(reply).toMatchObject({ status: 202, json: { id: operation.id, name: 'Import' } });
    await expect(operation.done).rejects.toThrow('stopped');
    expect(operation.signal.reason).toMatchObject({ message: 'operator-1 cancelled the operation.' });
    expect(await one(operation.id)).toMatchObject({ state: 'cancelled', cancellable: false });
  });

  it('refuse to cancel what is over or cannot be, and change nothing', async () => {
    const [over, stubborn] = [
      startInHand(host, 'Over', { cancellable: true }),
      startInHand(host, 'Stubborn'),
    ];
    await over.succeed();
    expect(await cancel(over.id)).toMatchObject({
      status: 409,
      json: { statusCode: 409, message: 'The operation is over.', error: 'Conflict' },
    });
    expect(await cancel(stubborn.id)).toMatchObject({
      status: 409,
      json: { message: 'The operation cannot be cancelled.' },
    });
    expect([(await one(over.id)).state, stubborn.signal.aborted]).toEqual(['ok', false]);
    await stubborn.succeed();
  });

  it('let a viewer read and not cancel or download', async () => {
    const operation = startInHand(host, 'Import', { cancellable: true });
    const asViewer = async (path: string, method = 'GET') =>
      (await request(host.at(`operations/${path}`), { method, headers: bearer(VIEWER) })).status;
    expect(await asViewer(operation.id)).toBe(200);
    expect(await asViewer(`${operation.id}/export`)).toBe(403);
    expect(await asViewer(`${operation.id}/cancel`, 'POST')).toBe(403);
    expect(operation.signal.aborted).toBe(false);
    await operation.succeed();
  });

  it.each(['none', '__proto__', 'constructor', 'a'.repeat(65), '%00', 'x%0d%0ay', '%F0%9F%92%A9'])(
    'say of %j that there is none of this id, and never repeat it',
    async (id) => {
      for (const route of ['', '/entries', '/stream', '/tail', '/tail?format=html', '/export']) {
        const { status, json } = await host.ask(`operations/${id}${route}`);
        expect({ route, status, json }).toEqual({ route, status: 404, json: NOT_THERE });
      }
      expect(await cancel(id)).toMatchObject({ status: 404, json: NOT_THERE });
    },
  );

  it('say the same of one that is no longer kept', async () => {
    const operations = ['a', 'b', 'c'].map((name) => startInHand(host, name));
    for (const operation of operations) {
      operation.log('a line');
      await operation.succeed();
    }
    const [gone, kept] = operations;
    for (const route of ['', '/entries', '/stream', '/tail', '/export'])
      expect(await host.ask(`operations/${gone.id}${route}`)).toMatchObject({ status: 404, json: NOT_THERE });
    expect((await host.ask(`operations/${kept.id}`)).status).toBe(200);
  });

  it('tell a reader of an operation with more lines than are kept how many it missed', async () => {
    const operation = startInHand(host);
    const { json } = await host.ask(`operations/${operation.id}/entries?limit=0`);
    operation.log(...Array.from({ length: 150 }, (_, index) => `line ${index}`));
    await operation.succeed();
    const { next } = json as { next: string };
    const late = await host.ask(`operations/${operation.id}/entries?after=${next}`);
    expect(late.json).toMatchObject({ gap: { reason: 'evicted', missed: 50 } });
    expect((await one(operation.id)).lines.total).toBe(150);
  });
});
