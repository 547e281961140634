import { Logger } from '@nestjs/common';
import { LOG_LEVELS, type LogStats } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { EventReader } from './event-reader.js';
import { createLogHost, eventually, logLines, type LogHost } from './log-host.js';

describe.each(ADAPTERS)('GET stats, on %s', (adapter) => {
  let host: LogHost;
  afterEach(() => host.close());

  const stats = async (): Promise<LogStats> => (await host.ask('stats')).json as LogStats;
  const sum = (byLevel: Readonly<Record<string, number>>): number =>
    Object.values(byLevel).reduce((total, count) => total + count, 0);

  it('answers the counters of the contract', async () => {
    host = await createLogHost(adapter, { capacity: 50, maxBytes: 100_000 });
    const reply = await host.ask('stats');
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    const counts = Object.fromEntries(LOG_LEVELS.map((level) => [level, expect.any(Number) as number]));
    expect(reply.json).toEqual({
      epoch: expect.stringMatching(/^[a-z0-9]+$/) as string,
      oldest: expect.stringMatching(/^[a-z0-9]+-\d+$/) as string,
      newest: expect.stringMatching(/^[a-z0-9]+-\d+$/) as string,
      held: { entries: expect.any(Number) as number, bytes: expect.any(Number) as number, byLevel: counts },
      capacity: { entries: 50, bytes: 100_000 },
      accepted: { total: expect.any(Number) as number, byLevel: counts },
      evicted: 0,
      cleared: 0,
      belowLevel: 0,
      rejected: 0,
      suppressed: 0,
      readers: { streams: 0, polls: 0 },
      redactions: {},
      sinks: {},
      store: { kind: 'memory', state: 'up', since: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    });
  });

  it('accounts for every line: attempted = accepted + belowLevel + rejected + suppressed', async () => {
    host = await createLogHost(adapter, { level: '>=warn' });
    const before = await stats();
    const logger = new Logger('A');
    const noisy = {
      get value() {
        logger.warn('from a getter', {
          get value() {
            logger.warn('from a getter in a getter');
            return 1;
          },
        });
        return 1;
      },
    };
    for (const level of LOG_LEVELS) for (let index = 0; index < 10; index++) logger[level](level);
    logger.warn('with a getter that logs', noisy);
    let answers = 0;
    const subscription = host.service.entries$.subscribe(() => {
      answers++;
      logger.error('an observer that answers every line');
    });
    logger.warn('a line that is answered');
    subscription.unsubscribe();
    const attempted = 60 + 3 + 1 + answers;
    const after = await stats();
    const gone = (name: 'belowLevel' | 'rejected' | 'suppressed'): number => after[name] - before[name];
    expect(
      after.accepted.total -
        before.accepted.total +
        gone('belowLevel') +
        gone('rejected') +
        gone('suppressed'),
    ).toBe(attempted);
    expect(gone('belowLevel')).toBe(30);
    // What is logged from within a getter within a getter, and what answers an answer.
    expect(gone('rejected')).toBe(2);
  });

  it('counts what is held and what was ever accepted by level, and what was evicted', async () => {
    host = await createLogHost(adapter, { capacity: 20 });
    const logger = new Logger('A');
    for (const level of LOG_LEVELS) for (let index = 0; index < 10; index++) logger[level](level);
    const { held, accepted, evicted, cleared } = await stats();
    expect(held.byLevel).toEqual({ verbose: 0, debug: 0, log: 0, warn: 0, error: 10, fatal: 10 });
    expect(held.entries).toBe(20);
    expect(accepted.byLevel).toMatchObject({ verbose: 10, debug: 10, warn: 10, error: 10, fatal: 10 });
    expect(accepted.total).toBe(sum(accepted.byLevel));
    expect(evicted + cleared + held.entries).toBe(accepted.total);
    expect(held.bytes).toBeGreaterThan(0);
  });

  it('counts what is held again after a clear', async () => {
    host = await createLogHost(adapter);
    logLines(30);
    await host.ask('entries', 'DELETE');
    const { held, accepted, evicted, cleared } = await stats();
    expect(held.byLevel).toEqual({ verbose: 0, debug: 0, log: 0, warn: 1, error: 0, fatal: 0 });
    expect(evicted + cleared + held.entries).toBe(accepted.total);
  });

  it('counts those who read: open streams, tails and polls that wait', async () => {
    host = await createLogHost(adapter);
    const readers = [await EventReader.open(host.at('stream')), await EventReader.open(host.at('tail'))];
    const poll = host.ask(`entries?wait=25&after=${await host.now()}`);
    await eventually(async () => (await stats()).readers.polls === 1);
    expect((await stats()).readers).toEqual({ streams: 2, polls: 1 });
    readers.forEach((reader) => reader.close());
    await eventually(async () => (await stats()).readers.streams === 0);
    logLines(1);
    await poll;
    expect((await stats()).readers).toEqual({ streams: 0, polls: 0 });
  });

  it('says the same as LogConsoleService.stats() in code', async () => {
    host = await createLogHost(adapter);
    logLines(3);
    expect(await stats()).toEqual(await host.service.stats());
  });
});

describe.each(ADAPTERS)('GET session, on %s', (adapter) => {
  let host: LogHost;
  beforeAll(async () => (host = await createLogHost(adapter)));
  afterAll(() => host.close());

  it('says who I am, what I may do, and which server this is', async () => {
    const reply = await host.ask('session');
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({
      user: { name: 'operator-1', role: 'operator' },
      can: ['read', 'clear', 'export', 'files', 'cancel'],
      server: {
        name: 'nestjs-log-console-workspace',
        version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
        instance: 'web-1',
        startedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
    });
    const { server } = reply.json as { server: { time: string; startedAt: string } };
    expect(Math.abs(Date.parse(server.time) - Date.now())).toBeLessThan(5000);
    expect(server.startedAt < server.time).toBe(true);
  });
});
