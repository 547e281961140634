import { jest } from '@jest/globals';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, eventually, idOf, logLines, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { accountOf } from './accounts.js';

const HOUR_MS = 3_600_000;

describe.each(ADAPTERS)('F23: the clock of the machine jumps, on %s', (adapter) => {
  let host: LogHost;
  const { now } = Date;
  const jump = (ms: number): void => void jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
  beforeEach(async () => (host = await createLogHost(adapter)));
  afterEach(async () => {
    jest.restoreAllMocks();
    await host.close();
  });

  it('and order and places go by id; the time is what the clock said', async () => {
    const from = await host.now();
    const reader = await EventReader.open(host.at(`stream?after=${from}`));
    await reader.first('hello');
    const start = now();
    const contexts = ['Before', 'Back', 'Forward', 'After'];
    for (const [index, ms] of [0, -HOUR_MS, HOUR_MS, 0].entries()) {
      jump(ms);
      logLines(5, contexts[index]);
    }
    const to = await host.now();
    await reader.until(() => reader.events.at(-1)?.id === to);
    expect(accountOf(reader.batches, { from, to })).toMatchObject({ delivered: 20, missed: 0 });
    expect(reader.entries.map(({ context }) => context)).toEqual(
      contexts.flatMap((context) => Array.from({ length: 5 }, () => context)),
    );
    const hours = reader.entries.map(({ time = '' }) => Math.round((Date.parse(time) - start) / HOUR_MS));
    expect(hours).toEqual([0, -1, 1, 0].flatMap((hour) => [hour, hour, hour, hour, hour]));
    // Filters by time go by the time, wherever the entry stands.
    const until = new Date(start - HOUR_MS / 2).toISOString();
    const { entries } = await host.entries(`after=${from}&to=${until}`);
    expect(entries.map(({ context }) => context)).toEqual(['Back', 'Back', 'Back', 'Back', 'Back']);
    reader.close();
  });

  it.each([
    ['back', -HOUR_MS],
    ['forward', HOUR_MS],
  ])('%s, and a poll waits as long as it was asked to, a stream pings and stays open', async (_way, ms) => {
    const reader = await EventReader.open(host.at('stream?limit=0'));
    await reader.first('hello');
    const start = performance.now();
    const waiting = host.entries(`after=${await host.now()}&level=fatal&wait=1`);
    await eventually(async () => (await host.service.stats()).readers.polls === 1);
    jump(ms);
    // Dropped by the filter: who waits is woken, looks at the clock, and goes on waiting.
    logLines(1);
    expect((await waiting).entries).toEqual([]);
    expect(performance.now() - start).toBeGreaterThan(900);
    await reader.first('ping');
    reader.close();
    await reader.ended;
    expect(reader.named('bye')).toEqual([]);
  });

  it.each([
    ['back', -HOUR_MS],
    ['forward', HOUR_MS],
  ])(
    '%s between two lives: a reader of the first is told of the restart, whatever it kept',
    async (_way, ms) => {
      logLines(5);
      const cursor = await host.now();
      await host.close();
      jump(ms);
      host = await createLogHost(adapter);
      const lines = logLines(5);
      for (const after of [cursor, String(idOf(cursor))]) {
        const { gap, entries } = await host.entries(`after=${after}`);
        expect(gap).toEqual({ reason: 'restarted', missed: null });
        expect(entries.slice(-5).map(({ message }) => message)).toEqual(lines);
      }
    },
  );
});
