import { Logger } from '@nestjs/common';
import { type Cleared, type LogBatch } from 'nestjs-log-console';
import { createLogHost, epochOf, idOf, logLines, messagesOf, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';

describe.each(ADAPTERS)('T22: Somebody who wants to leave no trace, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => (host = await createLogHost(adapter)));
  afterEach(() => host.close());

  const clear = async (query = ''): Promise<Cleared> =>
    (await host.ask(`entries${query}`, 'DELETE')).json as Cleared;

  it('cannot take single lines out: a clear knows no filter', async () => {
    new Logger('Bank').warn('what must be found');
    const { held } = await host.service.stats();
    for (const query of [
      'level=warn',
      'context=Bank',
      'search=found',
      'from=2026-01-01T00:00:00Z',
      'limit=1',
      'after=0',
    ])
      expect(await host.ask(`entries?${query}`, 'DELETE')).toMatchObject({ status: 400 });
    expect((await host.service.stats()).held).toEqual(held);
  });

  it('is named again by every further clear, and the ids tell how many lines there were', async () => {
    const first = (await host.service.stats()).oldest;
    logLines(50);
    const counts = [];
    for (let turn = 0; turn < 5; turn++) counts.push((await clear()).cleared);
    expect(counts.slice(1)).toEqual([1, 1, 1, 1]);
    const { entries, next } = await host.entries();
    expect(messagesOf({ entries })).toEqual(['operator-1 cleared 1 entry']);
    expect(epochOf(next)).toBe(epochOf(first));
    expect(idOf(next) - idOf(first)).toBe(counts.reduce((sum, count) => sum + count, 0) + 1);
  });

  it('cannot hide it from a reader who comes back: the gap says how many and why', async () => {
    logLines(3);
    const after = await host.now();
    logLines(20);
    await clear();
    await clear();
    const { gap, entries } = await host.entries(`after=${after}`);
    // Twenty lines and the note on the first clear.
    expect(gap).toMatchObject({ reason: 'cleared', missed: 21 });
    expect(entries).toHaveLength(1);
  });

  it('cannot push the note out by a flood without that being counted', async () => {
    await host.close();
    host = await createLogHost(adapter, { capacity: 100 });
    logLines(10);
    const after = await host.now();
    const { cleared } = await clear();
    logLines(500);
    const batch: LogBatch = await host.entries(`after=${after}&limit=5000`);
    expect(batch.gap).toMatchObject({ missed: 401 });
    expect(batch.entries).toHaveLength(100);
    expect(await host.service.stats()).toMatchObject({ cleared, evicted: 401 });
  });

  it('cannot clear what comes later, nor by an address alone', async () => {
    logLines(5);
    const newest = await host.now();
    const later = `${epochOf(newest)}-${idOf(newest) + 1000}`;
    expect(await host.ask(`entries?upTo=${later}`, 'DELETE')).toMatchObject({ status: 409 });
    for (const path of ['entries?clear=true', 'entries?_method=DELETE', 'clear', 'entries/clear'])
      expect([400, 404]).toContain((await host.ask(path)).status);
    expect(await host.service.stats()).toMatchObject({ cleared: 0 });
  });
});
