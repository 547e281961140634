import { Logger } from '@nestjs/common';
import { type LogBatch } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { type Reply } from '../support/http-client.js';
import { createLogHost, eventually, logLines, messagesOf, type LogHost } from './log-host.js';

describe.each(ADAPTERS)('GET entries?wait, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => {
    host = await createLogHost(adapter, {
      capacity: 100,
      limits: { streamsPerUser: 2, streamsPerProcess: 3 },
    });
  });
  afterEach(() => host.close());

  const waiting = async (count: number): Promise<void> =>
    eventually(async () => (await host.service.stats()).readers.polls === count);

  /** Asks with a wait; resolves when the server holds the answer, to the answer that will come. */
  async function startWaiting(query: string): Promise<{ answer: Promise<Reply> }> {
    const { polls } = (await host.service.stats()).readers;
    const answer = host.ask(`entries?${query}`);
    await waiting(polls + 1);
    return { answer };
  }

  const batchOf = async ({ answer }: { answer: Promise<Reply> }): Promise<LogBatch> => {
    const { status, json } = await answer;
    expect(status).toBe(200);
    return json as LogBatch;
  };

  it('is answered at once by the next entry', async () => {
    const held = await startWaiting(`after=${await host.now()}&wait=25`);
    logLines(1);
    expect(messagesOf(await batchOf(held))).toEqual(['line 0']);
  });

  it('is answered at once where there is something already', async () => {
    const after = await host.now();
    const lines = logLines(2);
    expect(messagesOf(await host.entries(`after=${after}&wait=25`))).toEqual(lines);
    expect((await host.entries('wait=25')).entries.length).toBeGreaterThan(0);
  });

  it('is answered by a matching entry, and not by one that does not match', async () => {
    const held = await startWaiting(`after=${await host.now()}&wait=25&level=error`);
    const logger = new Logger('A');
    logger.log('does not match');
    await new Promise((resolve) => setImmediate(resolve));
    await waiting(1);
    logger.error('matches');
    const batch = await batchOf(held);
    expect(messagesOf(batch)).toEqual(['matches']);
    expect(batch.next).toBe(await host.now());
  });

  it('is answered by a gap, even where nothing matches', async () => {
    const after = await host.now();
    logLines(150);
    const batch = await host.entries(`after=${after}&wait=25&level=fatal`);
    expect(batch).toMatchObject({ entries: [], gap: { reason: 'evicted', missed: 50 } });
  });

  it('is answered by a gap that opens while it waits', async () => {
    const held = await startWaiting(`after=${await host.now()}&wait=25&level=fatal`);
    logLines(150);
    expect(await batchOf(held)).toMatchObject({ entries: [], gap: { reason: 'evicted', missed: 50 } });
  });

  it('is answered at once where the cursor is foreign', async () => {
    const batch = await host.entries('after=earlier-1&wait=25&level=fatal');
    expect(batch).toMatchObject({ entries: [], gap: { reason: 'restarted', missed: null } });
  });

  it('is answered by a clear, even where the tombstone does not match', async () => {
    const held = await startWaiting(`after=${await host.now()}&wait=25&level=fatal`);
    expect(await host.ask('entries', 'DELETE')).toMatchObject({ status: 200 });
    const batch = await batchOf(held);
    expect(batch).toMatchObject({ entries: [], next: await host.now() });
  });

  it('is answered at the time limit with an empty batch whose next has moved', async () => {
    const after = await host.now();
    const held = await startWaiting(`after=${after}&wait=0.2&level=error`);
    logLines(3);
    const batch = await batchOf(held);
    expect(batch).toMatchObject({ entries: [], next: await host.now(), more: false });
    expect(batch.next).not.toBe(after);
    expect(batch.gap).toBeUndefined();
  });

  it('is not held where nothing can come: with before, and with limit=0', async () => {
    const now = await host.now();
    expect(await host.entries(`before=${now}&wait=25&level=fatal`)).toMatchObject({ entries: [] });
    expect(await host.entries(`after=${now}&wait=25&limit=0`)).toMatchObject({ entries: [], next: now });
    expect((await host.service.stats()).readers.polls).toBe(0);
  });

  it('is answered at shutdown, with 200 and where to go on', async () => {
    const after = await host.now();
    const held = await startWaiting(`after=${after}&wait=25`);
    const start = performance.now();
    await host.close();
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await batchOf(held)).toMatchObject({ entries: [], next: after });
  });

  it('counts as a stream: above the limit it is refused with 503 and when to try again', async () => {
    const after = await host.now();
    const held = [await startWaiting(`after=${after}&wait=25`), await startWaiting(`after=${after}&wait=25`)];
    const refused = await host.ask(`entries?after=${after}&wait=25`);
    expect(refused).toMatchObject({
      status: 503,
      json: {
        statusCode: 503,
        error: 'Service Unavailable',
        message: 'You have 2 streams open already; close one.',
      },
    });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await host.ask('stream')).toMatchObject({ status: 503 });
    expect(await host.ask(`entries?after=${after}`)).toMatchObject({ status: 200 });
    logLines(1);
    for (const answer of held) expect(messagesOf(await batchOf(answer))).toEqual(['line 0']);
    await waiting(0);
  });

  it('gives its place back when the client leaves', async () => {
    const after = await host.now();
    const held = await startWaiting(`after=${after}&wait=25`);
    host.sockets.at(-1)?.destroy();
    await expect(held.answer).rejects.toThrow();
    await waiting(0);
  });

  it('answers many who wait for the same entry', async () => {
    await host.close();
    host = await createLogHost(adapter, { limits: { streamsPerUser: 50 } });
    const after = await host.now();
    const all = Array.from({ length: 50 }, () => host.ask(`entries?after=${after}&wait=25`));
    await waiting(50);
    logLines(1);
    const batches = await Promise.all(all.map((answer) => batchOf({ answer })));
    for (const batch of batches) expect(messagesOf(batch)).toEqual(['line 0']);
  });
});
