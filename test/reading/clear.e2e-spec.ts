import { type Cleared } from 'nestjs-log-console';
import { bearer, OPERATOR, VIEWER } from '../access/people.js';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { EventReader } from './event-reader.js';
import { createLogHost, epochOf, idOf, logLines, messagesOf, type LogHost } from './log-host.js';

describe.each(ADAPTERS)('DELETE entries, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => (host = await createLogHost(adapter)));
  afterEach(() => host.close());

  const clear = async (query = ''): Promise<Cleared> => {
    const { status, json, text } = await host.ask(`entries${query}`, 'DELETE');
    if (status !== 200) throw new Error(`${status} ${text}`);
    return json as Cleared;
  };

  it('removes everything so far, says how many and up to where, and leaves a note of who it was', async () => {
    logLines(300);
    const { newest, held } = await host.service.stats();
    expect(await clear()).toEqual({ cleared: held.entries, upTo: newest });
    const { entries } = await host.entries();
    expect(entries).toMatchObject([
      {
        context: 'LogConsole',
        level: 'warn',
        message: `operator-1 cleared ${held.entries} entries`,
      },
    ]);
  });

  it('goes on with the ids where they were', async () => {
    logLines(5);
    const { upTo } = await clear();
    const [{ id }] = (await host.entries()).entries;
    expect(id).toBe(idOf(upTo) + 1);
    expect(await host.entries(`after=${upTo}`)).toMatchObject({ entries: [{ id }] });
  });

  it('keeps what came since the cursor in upTo', async () => {
    logLines(5, 'Before');
    const upTo = await host.now();
    const since = logLines(3, 'Since');
    expect((await clear(`?upTo=${upTo}`)).upTo).toBe(upTo);
    const { entries } = await host.entries();
    expect(messagesOf({ entries: entries.slice(0, 3) })).toEqual(since);
    expect(entries.at(-1)?.message).toMatch(/^operator-1 cleared/);
    expect(entries).toHaveLength(4);
  });

  it('takes the last id seen as upTo too', async () => {
    logLines(5);
    const { entries } = await host.entries('limit=3');
    await clear(`?upTo=${entries[0].id}`);
    expect((await host.entries()).entries.slice(0, 2)).toEqual(entries.slice(1));
  });

  it('speaks of one entry as one', async () => {
    logLines(1);
    await clear();
    await clear();
    expect(messagesOf(await host.entries())).toEqual(['operator-1 cleared 1 entry']);
  });

  it('tells every open stream, who did it and up to where', async () => {
    const readers = [
      await EventReader.open(host.at('stream?limit=0')),
      await EventReader.open(host.at('stream?level=fatal')),
    ];
    for (const reader of readers) await reader.first('hello');
    const { upTo } = await clear();
    for (const reader of readers) {
      const event = await reader.first('cleared');
      expect(event.data).toEqual({
        upTo,
        by: 'operator-1',
        at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      });
      reader.close();
    }
  });

  it.each([
    ['of another epoch', () => 'earlier-5'],
    ['of an earlier run, as a bare integer', () => '5'],
    ['that is 0', () => '0'],
    ['beyond the newest', (newest: string) => `${epochOf(newest)}-${idOf(newest) + 1}`],
    ['far beyond the newest', () => String(Number.MAX_SAFE_INTEGER)],
  ])('refuses an upTo %s with 409, and clears nothing', async (_what, cursor) => {
    logLines(5);
    const reader = await EventReader.open(host.at('stream?limit=0'));
    await reader.first('hello');
    const before = await host.service.stats();
    const reply = await host.ask(`entries?upTo=${cursor(before.newest)}`, 'DELETE');
    expect(reply).toMatchObject({
      status: 409,
      json: {
        statusCode: 409,
        error: 'Conflict',
        message: 'upTo is a cursor of another epoch, or beyond the newest entry; nothing was cleared.',
      },
    });
    const after = await host.service.stats();
    expect(after).toMatchObject({ newest: before.newest, held: before.held, cleared: 0 });
    logLines(1);
    await reader.first('message');
    expect(reader.named('cleared')).toEqual([]);
    reader.close();
  });

  it('says 0 where there is nothing to clear: no note, no event', async () => {
    logLines(5);
    const { upTo } = await clear();
    const reader = await EventReader.open(host.at('stream?limit=0'));
    await reader.first('hello');
    const before = await host.service.stats();
    expect(await clear(`?upTo=${upTo}`)).toEqual({ cleared: 0, upTo });
    expect(await host.service.stats()).toMatchObject({ newest: before.newest, cleared: before.cleared });
    logLines(1);
    await reader.first('message');
    expect(reader.named('cleared')).toEqual([]);
    reader.close();
  });

  it('counts what was cleared, and evicts nothing', async () => {
    logLines(50);
    const { cleared } = await clear();
    const stats = await host.service.stats();
    expect(stats).toMatchObject({ cleared, evicted: 0, held: { entries: 1 } });
    expect(stats.accepted.total).toBe(cleared + 1);
  });

  it('needs the role operator', async () => {
    const reply = await request(host.at('entries'), { method: 'DELETE', headers: bearer(VIEWER) });
    expect(reply.status).toBe(403);
    expect((await host.service.stats()).cleared).toBe(0);
    expect(await request(host.at('entries'), { method: 'DELETE', headers: bearer(OPERATOR) })).toMatchObject({
      status: 200,
    });
  });
});
