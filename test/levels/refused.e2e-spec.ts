import { ADMIN, bearer } from '../access/people.js';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { captured, createLevelHost, logEach, type LevelHost } from './level-host.js';

const LEVEL = /^level must be one of verbose, debug, log, warn, error, fatal\.$/;
const TTL = /^ttlSeconds must be a whole number from 1 to 86400\.$/;
const REASON = /^reason must be a text of at most 200 characters\.$/;
const CONTEXT = /^context must be the name of a context, 1 to 200 characters, /;
const UNKNOWN = /^\w+ is not a parameter here; accepted: level, ttlSeconds, reason\.$/;
const YEAR = 31_536_000;

/** Stands in a wrong value, and must not be in the answer. */
const MARK = 'off-limits';

describe.each(ADAPTERS)('T23: A level that cannot be set, on %s', (adapter) => {
  let host: LevelHost;
  beforeAll(async () => {
    host = await createLevelHost(adapter);
    logEach('Orders');
  });
  afterAll(() => host.close());

  it.each<[string, string, object, RegExp]>([
    ['off', 'Orders', { level: 'off' }, LEVEL],
    ['an unknown level', 'Orders', { level: MARK }, LEVEL],
    ['no level', 'Orders', {}, LEVEL],
    ['a list of levels', 'Orders', { level: ['warn'] }, LEVEL],
    ['no time', 'Orders', { level: 'warn', ttlSeconds: 0 }, TTL],
    ['a year', 'Orders', { level: 'warn', ttlSeconds: YEAR }, TTL],
    ['half a second more', 'Orders', { level: 'warn', ttlSeconds: 1.5 }, TTL],
    ['a time that is a text', 'Orders', { level: 'warn', ttlSeconds: '60' }, TTL],
    ['for ever', 'Orders', { level: 'warn', ttlSeconds: null }, TTL],
    ['a long reason', 'Orders', { level: 'warn', reason: MARK.repeat(21) }, REASON],
    ['a reason that is no text', 'Orders', { level: 'warn', reason: { MARK } }, REASON],
    ['an unknown field', 'Orders', { level: 'warn', expiresAt: MARK }, UNKNOWN],
    ['who it was', 'Orders', { level: 'warn', setBy: MARK }, UNKNOWN],
    ['a list', 'Orders', [{ level: 'warn' }], /^The level must be given in a JSON body/],
    ['a star in the middle', `${MARK}*x`, { level: 'warn' }, CONTEXT],
    ['a star in front', `*${MARK}`, { level: 'warn' }, CONTEXT],
    ['a long context', adapter === 'express' ? 'x'.repeat(201) : '**', { level: 'warn' }, CONTEXT],
  ])(
    'is refused for %s, with what is accepted, and nothing changes',
    async (_what, context, body, message) => {
      const before = [await host.levels(), await host.now()];
      const reply = await host.put(context, body);
      expect(reply.status).toBe(400);
      expect((reply.json as { message: string }).message).toMatch(message);
      expect(reply.text).not.toContain(MARK);
      expect([await host.levels(), await host.now()]).toEqual(before);
    },
  );

  it.each([
    ['nothing', undefined],
    ['a text', { body: '{"level":"warn"}', headers: { 'content-type': 'text/plain' } }],
  ])('is refused with %s for a body', async (_what, given) => {
    const reply = await request(host.at('levels/Orders'), {
      method: 'PUT',
      ...given,
      headers: { ...bearer(ADMIN), ...given?.headers },
    });
    expect(reply.status).toBe(400);
    expect((reply.json as { message: string }).message).toMatch(/^The level must be given in a JSON body/);
    expect((await host.levels()).contexts.Orders).toMatchObject({ configured: null });
  });

  it('is refused with a parameter in the address, and so are reading and resetting', async () => {
    for (const [method, path] of [
      ['PUT', 'levels/Orders'],
      ['DELETE', 'levels/Orders'],
      ['GET', 'levels'],
    ]) {
      const body = method === 'PUT' ? { body: { level: 'warn' } } : {};
      const reply = await request(host.at(`${path}?level=warn`), { method, headers: bearer(ADMIN), ...body });
      expect([method, reply.status]).toEqual([method, 400]);
    }
    expect((await host.reset('a*b')).status).toBe(400);
  });

  it('pollutes nothing by its name: it is a context like any other', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(await host.set(name, { level: 'warn', ttlSeconds: 60 })).toMatchObject({ configured: 'warn' });
      logEach(name);
      expect(await captured(host, name)).toEqual(['warn', 'error', 'fatal']);
      const { text } = await host.ask('levels');
      expect(text).toContain(`"${name}":{"configured":"warn"`);
      expect((await host.reset(name)).json).toMatchObject({ configured: null, lines: 3 });
    }
    logEach('Untouched');
    expect(await captured(host, 'Untouched')).toHaveLength(6);
  });

  it('is none of these: names with a slash, a star, a space or a control character, as they come in addresses', async () => {
    for (const [address, name] of [
      ['http%2Forders', 'http/orders'],
      ['Shelves%2A', 'Shelves 7'],
      ['Shelf%20Robot', 'Shelf Robot'],
      ['Robot%1b%5B31m', 'Robot\x1b[31m'],
    ]) {
      await host.set(address, { level: 'error' });
      logEach(name);
      expect([name, await captured(host, name)]).toEqual([name, ['error', 'fatal']]);
    }
    const { contexts } = await host.levels();
    expect(Object.keys(contexts)).toEqual(expect.arrayContaining(['http/orders', 'Robot\\x1b[31m']));
  });

  it('says no secret and no control character of who set it, of why, and of what', async () => {
    const reason = 'password=hunter2\n2026-11-20T10:00:00.000Z FATAL \x1b[31mforged';
    const set = await host.set('token=9f8e7d6c5b4a39281706', { level: 'warn', reason });
    const entry = (await host.entries('context=LogConsole')).entries.at(-1);
    for (const text of [set.reason, entry?.message, (await host.ask('levels')).text]) {
      expect(text).toContain('[redacted:password]');
      expect(text).not.toMatch(/hunter2|9f8e7d6c5b4a39281706|[\x00-\x1f]/); // eslint-disable-line no-control-regex
    }
  });
});
