import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type LogBatch, type StoreStats } from 'nestjs-log-console';
import { bearer, OPERATOR } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { eventually, messagesOf } from '../reading/log-host.js';
import { AppFolder, type RunningApp } from '../support/app-process.js';
import { type Adapter } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { RedisServer } from '../support/redis-server.js';
import { describeWith } from '../support/services.js';

const SETUP = join(import.meta.dirname, 'shared-app.ts');
const DEGRADED_WITHIN_S = 6;
const BACK_WITHIN_S = 5;

/** One of the processes of an application that runs several times. */
interface Instance {
  readonly app: RunningApp;
  readonly stream: (query: string) => Promise<EventReader>;
  readonly ask: <T>(path: string, method?: string) => Promise<T>;
  /** Logs lines `web-1 1`, `web-1 2`, … */
  readonly log: (count: number) => Promise<unknown>;
}

describeWith('redis-server', 'An application that runs twice, with its log in Redis,', (command) => {
  jest.setTimeout(30_000);
  const folder = new AppFolder();
  afterAll(() => folder.remove());
  let server: RedisServer;
  const running: RunningApp[] = [];
  beforeEach(async () => {
    server = await RedisServer.start(command, { settings: ['--appendonly', 'yes'] });
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
    await server.close();
  });

  const start = async (adapter: Adapter, name: string): Promise<Instance> => {
    const env = { INSTANCE: name, REDIS_URL: server.url, TOKEN: OPERATOR.token };
    const app = await folder.start(adapter, { terminal: false, setup: SETUP, env });
    running.push(app);
    const origin = `http://127.0.0.1:${app.port}`;
    const headers = bearer(OPERATOR);
    const ask = async <T>(path: string, method = 'GET'): Promise<T> => {
      const { status, json, text } = await request(`${origin}/${path}`, { method, headers });
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
      return json as T;
    };
    return {
      app,
      ask: (path, method) => ask(`log-console/api/${path}`, method),
      stream: (query) => EventReader.open(`${origin}/log-console/api/stream?${query}`),
      log: (count) => ask(`work/log?count=${count}`),
    };
  };
  const both = async (): Promise<[Instance, Instance]> => [
    await start('express', 'web-1'),
    await start('fastify', 'web-2'),
  ];
  const lines = (name: string, from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => `${name} ${from + index}`);
  const work = (batch: { readonly entries: LogBatch['entries'] }): string[] =>
    messagesOf({ entries: batch.entries.filter(({ context }) => context === 'Work') });

  it('answers at either process the same cursor with the same lines, and follows both at either', async () => {
    const [one, other] = await both();
    const { next } = await one.ask<LogBatch>('entries?limit=0');
    const stream = await other.stream(`after=${next}`);
    await one.log(3);
    await other.log(3);
    await one.log(2);
    await stream.until(() => work(stream).length === 8);
    const answers = await Promise.all([one, other].map(({ ask }) => ask<LogBatch>(`entries?after=${next}`)));
    expect(answers[1].entries).toEqual(answers[0].entries);
    expect(work(answers[0])).toEqual(work(stream));
    expect([...work(stream)].sort()).toEqual([...lines('web-1', 1, 5), ...lines('web-2', 1, 3)]);
    expect(answers.map(({ instance }) => instance)).toEqual(['web-1', 'web-2']);
    const polled = other.ask<LogBatch>(`entries?after=${answers[0].next}&wait=20`);
    await one.log(1);
    expect(work(await polled)).toEqual(['web-1 6']);
    const only = await one.ask<LogBatch>('entries?instance=web-2&context=Work');
    expect(work(only)).toEqual(lines('web-2', 1, 3));
  });

  it('is cleared at one process for both, and streams of the other are told', async () => {
    const [one, other] = await both();
    const stream = await other.stream('limit=0');
    await stream.first('hello');
    await one.log(3);
    await stream.until(() => work(stream).length === 3);
    const { cleared, upTo } = await one.ask<{ cleared: number; upTo: string }>('entries', 'DELETE');
    expect(cleared).toBeGreaterThanOrEqual(3);
    expect((await stream.first('cleared')).data).toMatchObject({ upTo, by: 'operator-1' });
    for (const { ask } of [one, other]) {
      const { entries } = await ask<LogBatch>('entries?after=0');
      expect(entries[0].message).toBe(`operator-1 cleared ${cleared} entries`);
    }
  });

  it('survives the end of one process: its readers go on at the other, with the place they had', async () => {
    const [one, other] = await both();
    const stream = await one.stream('limit=0');
    await stream.first('hello');
    await one.log(2);
    await stream.until(() => work(stream).length === 2);
    process.kill(one.app.pid, 'SIGKILL');
    await stream.ended;
    await other.log(2);
    const resumed = await other.stream(`after=${stream.events.at(-1)?.id}`);
    await resumed.until(() => work(resumed).length === 2);
    expect([work(resumed), resumed.gaps]).toEqual([lines('web-2', 1, 2), []]);
  });

  it('ends streams with the last lines, when a process shuts down', async () => {
    const [one] = await both();
    const stream = await one.stream('limit=0');
    await stream.first('hello');
    await one.log(500);
    process.kill(one.app.pid, 'SIGTERM');
    await stream.ended;
    expect(work(stream)).toEqual(lines('web-1', 1, 500));
    expect(stream.events.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'shutdown' } });
  });

  it('says so when Redis is away, logs on, and has everything in one log again 5 s after Redis is back', async () => {
    const [one, other] = await both();
    const stateOf = async ({ ask }: Instance): Promise<string> =>
      (await ask<StoreStats>('stats')).store.state;
    const stream = await other.stream('limit=0');
    expect((await stream.first('hello')).data).toMatchObject({ store: { kind: 'redis', state: 'up' } });
    await one.log(2);
    await stream.until(() => work(stream).length === 2);
    await server.kill();
    await eventually(async () => (await stateOf(one)) === 'degraded', DEGRADED_WITHIN_S);
    await one.log(3);
    await other.log(3);
    expect(await one.ask<LogBatch>('entries?context=Work')).toMatchObject({ degraded: true });
    const late = await one.stream('limit=0');
    expect((await late.first('hello')).data).toMatchObject({ store: { kind: 'redis', state: 'degraded' } });
    await server.start();
    await eventually(
      async () => (await stateOf(one)) === 'up' && (await stateOf(other)) === 'up',
      BACK_WITHIN_S,
    );
    await stream.until(() => work(stream).length === 8);
    expect([...work(stream)].sort()).toEqual([...lines('web-1', 1, 5), ...lines('web-2', 1, 3)]);
    expect(stream.gaps).toEqual([{ reason: 'restarted', missed: null }]);
    await one.log(1);
    await late.until(() => work(late).includes('web-1 6'));
  });

  it('boots without Redis in its usual time, and joins when it comes', async () => {
    await server.kill();
    const one = await start('express', 'web-1');
    await one.log(3);
    const local = await one.ask<LogBatch>('entries');
    expect([work(local), local.degraded]).toEqual([lines('web-1', 1, 3), true]);
    await server.start();
    const other = await start('fastify', 'web-2');
    await eventually(
      async () => work(await other.ask<LogBatch>('entries?context=Work')).length === 3,
      BACK_WITHIN_S,
    );
  });
});
