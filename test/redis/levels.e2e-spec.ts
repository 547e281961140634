import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { type ContextLevel, type LevelOverview } from 'nestjs-log-console';
import { RedisStore, type RedisStoreOptions } from 'nestjs-log-console/redis';
import { ADMIN, bearer } from '../access/people.js';
import { createLogHost, eventually, type LogHost } from '../reading/log-host.js';
import { request } from '../support/http-client.js';
import { RedisServer } from '../support/redis-server.js';
import { describeWith } from '../support/services.js';
import { documentedUser } from './documented-user.js';

type Levels = LevelOverview & { readonly instances?: readonly { name: string; levels: string }[] };

const LEVELS = 'lc:{default}:ctl';
const CHANNEL = 'lc:{default}:c';
const EVERYWHERE_WITHIN_S = 5;

describeWith('redis-server', 'Levels of applications that share a log', (command) => {
  jest.setTimeout(30_000);
  let server: RedisServer;
  let one: LogHost;
  let other: LogHost;
  const hosts: LogHost[] = [];
  const join = async (
    instance: string,
    adapter: 'express' | 'fastify',
    options: RedisStoreOptions = { url: server.url },
  ): Promise<LogHost> => {
    const store = new RedisStore({ ...options, commandTimeoutMs: 500 });
    const host = await createLogHost(adapter, { instance, store, level: 'log' });
    hosts.push(host);
    return host;
  };
  beforeEach(async () => {
    server = await RedisServer.start(command, { settings: ['--appendonly', 'yes'] });
    one = await join('web-1', 'express');
    other = await join('web-2', 'fastify');
  });
  afterEach(async () => {
    for (const host of hosts.splice(0)) await host.close();
    await server.close();
  });

  const levelOf = ({ service }: LogHost, context = 'Orders'): ContextLevel | undefined =>
    service.levels().contexts[context];
  const eventuallyIs = (host: LogHost, level: string | null, context = 'Orders'): Promise<void> =>
    eventually(() => (levelOf(host, context)?.configured ?? null) === level, EVERYWHERE_WITHIN_S);

  it('set at one hold at all, which say who has them; taken back at another, they do not', async () => {
    const set = await request(one.at('levels/Orders'), {
      ...{ method: 'PUT', headers: { ...bearer(ADMIN), 'x-log-console': '1' } },
      body: { level: 'debug', ttlSeconds: 600, reason: 'late orders' },
    });
    expect(set.status).toBe(200);
    await eventuallyIs(other, 'debug');
    expect(levelOf(other)).toMatchObject({ setBy: 'admin-1', reason: 'late orders', effective: 'debug' });
    const apart = Date.parse(levelOf(other)?.expiresAt ?? '') - Date.parse(levelOf(one)?.expiresAt ?? '');
    expect(Math.abs(apart)).toBeLessThan(1000);
    for (const { ask } of [one, other]) {
      await eventually(async () => {
        const { instances = [] } = (await ask('levels')).json as Levels;
        return (
          instances.map(({ name, levels }) => `${name} ${levels}`).join() === 'web-1 current,web-2 current'
        );
      }, EVERYWHERE_WITHIN_S);
    }
    const { next } = await one.entries('limit=0');
    new Logger('Orders').debug('an order');
    const written = (query: string): Promise<string[]> =>
      one
        .entries(`after=${next}&context=Orders&${query}`)
        .then(({ entries }) => entries.map(({ message }) => message));
    await eventually(async () => (await written('instance=web-2')).length === 1);
    expect(await written('instance=web-1')).toEqual(['an order']);
    const { entries } = await other.entries('after=0&search=late%20orders');
    expect(entries.map(({ instance }) => instance)).toEqual(['web-1']);

    other.service.resetLevel('Orders', { by: 'operator-2' });
    await eventuallyIs(one, null);
  });

  it('hold at one that comes later, and are those of all again after an outage', async () => {
    one.service.setLevel('Orders', 'warn');
    const third = await join('web-3', 'express');
    await eventuallyIs(third, 'warn');
    await eventuallyIs(other, 'warn');
    await server.kill();
    await eventually(async () => (await one.service.stats()).store.state === 'degraded');
    one.service.setLevel('Stock', 'debug');
    other.service.setLevel('Orders', 'error');
    third.service.setLevel('Gates', 'warn');
    third.service.resetLevel('Gates');
    await server.start();
    for (const host of [one, other, third]) {
      await eventuallyIs(host, 'debug', 'Stock');
      await eventuallyIs(host, 'error', 'Orders');
      expect(levelOf(host, 'Gates')?.configured ?? null).toBeNull();
    }
  });

  it('are passed on at once: ten changes, one after the other, are with the other within 5 s', async () => {
    await eventually(
      async () => (await server.ask<(string | number)[]>('PUBSUB', 'NUMSUB', CHANNEL))[1] === hosts.length,
    );
    const began = performance.now();
    for (let turn = 0; turn < 5; turn++) {
      one.service.setLevel('Orders', 'error');
      await eventuallyIs(other, 'error');
      other.service.setLevel('Orders', 'debug');
      await eventuallyIs(one, 'debug');
    }
    expect(performance.now() - began).toBeLessThan(EVERYWHERE_WITHIN_S * 1000);
  });

  it('reach also who may not listen', async () => {
    await server.ask('ACL', 'SETUSER', 'deaf', 'on', '>pw', '~*', '+@all', 'resetchannels');
    const deaf = await join('web-3', 'express', { url: `redis://deaf:pw@127.0.0.1:${server.port}` });
    one.service.setLevel('Orders', 'error');
    await eventuallyIs(deaf, 'error');
    deaf.service.setLevel('Orders', 'debug');
    await eventuallyIs(one, 'debug');
  });

  it('are passed on between users with few rights', async () => {
    const options = await documentedUser(server);
    const [third, fourth] = [
      await join('web-3', 'express', options),
      await join('web-4', 'express', options),
    ];
    await eventually(
      async () => (await server.ask<(string | number)[]>('PUBSUB', 'NUMSUB', 'lc:{shop}:c'))[1] === 2,
    );
    third.service.setLevel('Orders', 'error');
    await eventuallyIs(fourth, 'error');
    expect(await server.ask('ACL', 'LOG')).toEqual([]);
  });

  it('stay when Redis loses them', async () => {
    one.service.setLevel('Orders', 'warn');
    await eventuallyIs(other, 'warn');
    await server.ask('FLUSHALL');
    await eventually(
      async () => (await server.ask<string[]>('HKEYS', LEVELS)).length > 1,
      EVERYWHERE_WITHIN_S,
    );
    const third = await join('web-3', 'express');
    await eventuallyIs(third, 'warn');
    expect([one, other].map((host) => levelOf(host)?.configured)).toEqual(['warn', 'warn']);
  });

  it('are not what somebody else writes to Redis, unless it is a level', async () => {
    const until = Date.now() + 60_000;
    const state = (change: object): string => JSON.stringify({ level: 'warn', until, setBy: 'x', ...change });
    const junk: [string, string][] = [
      ['A', 'junk'],
      ['B', state({ level: 'off' })],
      ['C', state({ until: until + 86_400_000 })],
      ['D', state({ until: Date.now() - 1 })],
      ['E', state({ setBy: 7 })],
      ['F*G', state({})],
      ['__proto__', state({ level: null })],
    ];
    for (const [context, json] of [...junk, ['Right', state({ reason: 'password=hunter2hunter2\n' })]])
      await server.ask('HSET', LEVELS, `context:${context}`, json);
    await server.ask('HINCRBY', LEVELS, 'version', '1');
    await eventuallyIs(one, 'warn', 'Right');
    const { contexts } = one.service.levels();
    expect(Object.entries(contexts).filter(([, { configured }]) => configured !== null)).toHaveLength(1);
    expect(contexts.Right.reason).toContain('[redacted');
    expect(contexts.Right.reason).not.toContain('\n');
  });
});
