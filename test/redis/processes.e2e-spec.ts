import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type InstanceList, type LogBatch, type StoreStats } from 'nestjs-log-console';
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
/** A process says that it is there every five seconds; after an outage nobody is declared gone for fifteen. */
const NOTICED_WITHIN_S = 20;
const UP = 'lc:{default}:i';
const GONE = 'lc:{default}:g';

/** One of the processes of an application that runs several times. */
interface Instance {
  readonly app: RunningApp;
  readonly stream: (query: string) => Promise<EventReader>;
  readonly ask: <T>(path: string, method?: string) => Promise<T>;
  /** Logs lines `web-1 1`, `web-1 2`, … and answers them. */
  /** The same within an operation. */
  readonly import: (count: number) => Promise<{ readonly id: string }>;
  readonly log: (count: number) => Promise<string[]>;
  /** Who is up, and who is gone, at this moment. */
  readonly instances: () => Promise<Record<'up' | 'gone', string[]>>;
}

describeWith('redis-server', 'An application that runs twice, with its log in Redis,', (command) => {
  jest.setTimeout(30_000);
  const folder = new AppFolder();
  let server: RedisServer;
  let one: Instance;
  let other: Instance;
  const running: RunningApp[] = [];
  beforeAll(async () => {
    server = await RedisServer.start(command, { settings: ['--appendonly', 'yes'] });
    one = await start('express', 'web-1');
    other = await start('fastify', 'web-2');
  });
  afterAll(async () => {
    for (const app of running) await app.stop();
    await server.close();
    folder.remove();
  });

  /** What the processes say of one another. */
  const said = async (about: string): Promise<string[]> =>
    messagesOf(await one.ask<LogBatch>(`entries?after=0&context=LogConsole&search=${about}`));
  /** The name Redis has for a process. */
  const writerOf = async (name: string): Promise<string> => {
    const writers = await server.ask<string[]>('ZRANGE', UP, '0', '-1');
    return writers.find((writer) => writer.startsWith(`${name}:`)) ?? '';
  };
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
      log: (count) => ask<string[]>(`work/log?count=${count}`),
      import: (count) => ask(`work/import?count=${count}`),
      instances: async () => {
        const { instances } = await ask<InstanceList>('log-console/api/instances');
        const named = (state: string): string[] =>
          instances.filter((each) => each.state === state).map((each) => each.name);
        return { up: named('up'), gone: named('gone') };
      },
    };
  };
  const work = (batch: { readonly entries: LogBatch['entries'] }): string[] =>
    messagesOf({ entries: batch.entries.filter(({ context }) => context === 'Work') });

  it('answers at either process the same cursor with the same lines, and follows both at either', async () => {
    const { next } = await one.ask<LogBatch>('entries?limit=0');
    const stream = await other.stream(`after=${next}`);
    const logged = [...(await one.log(3)), ...(await other.log(3)), ...(await one.log(2))];
    await stream.until(() => work(stream).length === 8);
    const answers = await Promise.all([one, other].map(({ ask }) => ask<LogBatch>(`entries?after=${next}`)));
    expect(answers[1].entries).toEqual(answers[0].entries);
    expect(work(answers[0])).toEqual(work(stream));
    expect(work(stream).toSorted()).toEqual(logged.toSorted());
    expect(answers.map(({ instance }) => instance)).toEqual(['web-1', 'web-2']);
    const polled = other.ask<LogBatch>(`entries?after=${answers[0].next}&wait=20`);
    expect(await one.log(1)).toEqual(work(await polled));
    const only = await one.ask<LogBatch>(`entries?after=${next}&instance=web-2`);
    expect(work(only)).toEqual(logged.filter((line) => line.startsWith('web-2')));
  });

  it('is cleared at one process for both, and streams of the other are told', async () => {
    const stream = await other.stream('limit=0');
    await stream.first('hello');
    const logged = await one.log(3);
    await stream.until(() => work(stream).length === 3);
    expect(work(stream)).toEqual(logged);
    const { cleared, upTo } = await one.ask<{ cleared: number; upTo: string }>('entries', 'DELETE');
    expect(cleared).toBeGreaterThanOrEqual(3);
    expect((await stream.first('cleared')).data).toMatchObject({ upTo, by: 'operator-1' });
    for (const { ask } of [one, other]) {
      const { entries } = await ask<LogBatch>('entries?after=0');
      expect(entries[0].message).toBe(`operator-1 cleared ${cleared} entries`);
    }
  });

  it('survives the end of one process: its readers go on at another, with the place they had', async () => {
    const third = await start('express', 'web-3');
    const stream = await third.stream('limit=0');
    await stream.first('hello');
    await third.log(2);
    await stream.until(() => work(stream).length === 2);
    process.kill(third.app.pid, 'SIGKILL');
    await stream.ended;
    const logged = await other.log(2);
    const resumed = await other.stream(`after=${stream.events.at(-1)?.id}`);
    await resumed.until(() => work(resumed).length === 2);
    expect([work(resumed), resumed.gaps]).toEqual([logged, []]);
  });

  it('ends streams with the last lines, when a process shuts down', async () => {
    const third = await start('fastify', 'web-4');
    const stream = await third.stream('limit=0');
    await stream.first('hello');
    // The first goes at once, the others wait for their turn.
    const logged = [...(await third.log(1)), ...(await third.log(499))];
    process.kill(third.app.pid, 'SIGTERM');
    await stream.ended;
    expect([work(stream).length, work(stream).at(-1)]).toEqual([500, logged.at(-1)]);
    expect(stream.events.at(-1)).toMatchObject({ event: 'bye', data: { reason: 'shutdown' } });
    expect(await third.app.ended).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('lists at either process who is up and who is gone, and says who joined, left, is gone and is back', async () => {
    const lists = await Promise.all([one, other].map(({ instances }) => instances()));
    expect(lists[1]).toEqual(lists[0]);
    expect(lists[0].up).toEqual(expect.arrayContaining(['web-1', 'web-2']));
    expect(lists[0].gone).toContain('web-4');
    const { instances } = await other.ask<InstanceList>('instances');
    expect(instances.find(({ name }) => name === 'web-1')).toMatchObject({ pid: one.app.pid, dropped: 0 });
    expect(await said('web-4')).toEqual([expect.stringMatching(/^web-4 joined \(.+\)$/), 'web-4 left']);

    // As if the killed one had been silent for longer than it was.
    await server.ask('ZADD', UP, 'XX', String(Date.now() - 20_000), await writerOf('web-3'));
    expect((await one.instances()).gone).toEqual(['web-3', 'web-4']);
    await eventually(async () => (await said('web-3')).length > 1, NOTICED_WITHIN_S);
    expect((await said('web-3')).slice(1)).toEqual(['web-3 is gone: nothing was heard of it for 15 seconds']);
    const writer = await writerOf('web-2');
    await server.ask('ZREM', UP, writer);
    await server.ask('ZADD', GONE, String(Date.now()), writer);
    await eventually(async () => (await said('web-2')).includes('web-2 is back'), NOTICED_WITHIN_S);
    // A minute after it was declared gone it is listed no more.
    const [killed] = await server.ask<string[]>('ZRANGE', GONE, '0', '0');
    await server.ask('ZADD', GONE, String(Date.now() - 76_000), killed);
    await eventually(
      async () => !(await one.instances()).gone.includes(killed.split(':')[0]),
      NOTICED_WITHIN_S,
    );
    expect(await one.instances()).toEqual({ up: ['web-1', 'web-2'], gone: ['web-4'] });
  });

  it('shows the lines of an operation at the process that does not run it', async () => {
    const { next } = await one.ask<LogBatch>('entries?limit=0');
    const { id } = await one.import(3);
    const stream = await other.stream(`after=${next}&operation=${id}`);
    await stream.until(() => work(stream).length === 3);
    const answers = await Promise.all(
      [one, other].map(({ ask }) => ask<LogBatch>(`entries?after=${next}&operation=${id}`)),
    );
    expect(work(answers[1])).toEqual(work(stream));
    expect(answers[1].entries).toEqual(answers[0].entries);
    expect((await other.ask<LogBatch>(`entries?after=${next}&operation=another`)).entries).toEqual([]);
  });

  it('says so when Redis is away, logs on, and has everything in one log again 5 s after Redis is back', async () => {
    const stateOf = async ({ ask }: Instance): Promise<string> =>
      (await ask<StoreStats>('stats')).store.state;
    const stream = await other.stream('limit=0');
    expect((await stream.first('hello')).data).toMatchObject({ store: { kind: 'redis', state: 'up' } });
    await server.kill();
    await eventually(async () => (await stateOf(one)) === 'degraded', DEGRADED_WITHIN_S);
    const logged = [...(await one.log(3)), ...(await other.log(3))];
    expect(await one.ask<LogBatch>('entries?context=Work')).toMatchObject({ degraded: true });
    expect(await one.ask<InstanceList>('instances')).toMatchObject({
      instances: [{ name: 'web-1', state: 'up', behind: 3 }],
      degraded: true,
    });
    expect(stream.named('store').map(({ data }) => data)).toMatchObject([
      { kind: 'redis', state: 'degraded' },
    ]);
    await expect(one.ask('entries', 'DELETE')).rejects.toThrow('409');
    const late = await one.stream('limit=0');
    expect((await late.first('hello')).data).toMatchObject({ store: { kind: 'redis', state: 'degraded' } });
    await server.start();
    await eventually(
      async () => (await stateOf(one)) === 'up' && (await stateOf(other)) === 'up',
      BACK_WITHIN_S,
    );
    await stream.until(() => work(stream).length === 6);
    expect(stream.named('store').at(-1)?.data).toMatchObject({ kind: 'redis', state: 'up' });
    expect(work(stream).toSorted()).toEqual(logged.toSorted());
    expect(stream.gaps).toEqual([{ reason: 'restarted', missed: null }]);
    const [last] = await one.log(1);
    await late.until(() => work(late).includes(last));
  });

  it('boots without Redis, and joins when it comes', async () => {
    await server.kill();
    const third = await start('express', 'web-5');
    const logged = await third.log(3);
    const local = await third.ask<LogBatch>('entries');
    expect([work(local), local.degraded]).toEqual([logged, true]);
    await server.start();
    await eventually(
      async () =>
        work(await other.ask<LogBatch>('entries?instance=web-5&context=Work')).slice(-3)[0] === logged[0],
      BACK_WITHIN_S,
    );
  });
});
