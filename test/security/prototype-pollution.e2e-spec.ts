import { Controller, Get, Logger } from '@nestjs/common';
import { LogConsoleService, type LogRecord } from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { createLogHost, type LogHost } from '../reading/log-host.js';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { routesOf } from './routes.js';

const BROWSER = { 'x-log-console': '1', 'sec-fetch-site': 'same-origin' };

/** What an attack on this process would have left behind, as the host sees it. */
@Controller('probe')
class ProbeController {
  @Get()
  look(): object {
    const own = (holder: object): string[] => Object.getOwnPropertyNames(holder).sort();
    return {
      polluted: [
        ({} as Record<string, unknown>).polluted ?? null,
        ([] as unknown as Record<string, unknown>).polluted ?? null,
        (Object as unknown as Record<string, unknown>).polluted ?? null,
      ],
      object: own(Object.prototype),
      array: own(Array.prototype),
      function: own(Function.prototype),
      enumerable: [...inheritedBy({}), ...inheritedBy([])],
    };
  }
}

function inheritedBy(value: object): string[] {
  const names = [];
  for (const name in value) names.push(name);
  return names;
}

const QUERIES = [
  '__proto__[polluted]=1',
  '__proto__.polluted=1',
  '__proto__=1',
  '__proto__[]=1',
  '__proto__&__proto__',
  '%5f_proto__[polluted]=1',
  'constructor[prototype][polluted]=1',
  'constructor.prototype.polluted=1',
  'constructor=1&prototype=1',
  'limit[__proto__][polluted]=1',
  'level[constructor][prototype][polluted]=1',
  'level=__proto__',
  'context=__proto__',
  'search=__proto__&search[polluted]=1',
  'hasOwnProperty=1&toString=1&valueOf=1',
];

const POISON = '{"polluted":"yes","toString":"yes","admin":true}';
const BODIES = [
  `{"__proto__":${POISON}}`,
  `{"token":"${'x'.repeat(43)}","__proto__":${POISON}}`,
  `{"token":{"__proto__":${POISON}}}`,
  `{"constructor":{"prototype":${POISON}}}`,
  `{"token":"${'x'.repeat(43)}","constructor":{"prototype":${POISON}}}`,
  `{"__proto__":{"token":"${OPERATOR.token}"}}`,
  `{"\\u005f_proto__":${POISON}}`,
  `[{"__proto__":${POISON}}]`,
  `{"__proto__":[]}`,
  `{"__proto__":null}`,
];

/** As an application may have got it from anywhere: an object with an own key `__proto__`. */
const own = (json: string): unknown => JSON.parse(json);

const LOGGED: readonly (readonly [what: string, data: unknown])[] = [
  ['an own __proto__', own(`{"__proto__":${POISON},"kept":1}`)],
  ['an own __proto__ far inside', own(`{"a":[{"b":{"__proto__":${POISON},"kept":1}}],"kept":1}`)],
  ['constructor.prototype', own(`{"constructor":{"prototype":${POISON}},"kept":1}`)],
  ['pairs of a Map', { map: new Map([['__proto__', own(POISON)]]), kept: 1 }],
  ['no prototype', Object.assign(Object.create(null) as object, { __proto__: 1, kept: 1 })],
  ['toJSON with an own __proto__', { toJSON: () => own(`{"__proto__":${POISON},"kept":1}`) }],
  [
    'a Proxy that answers with prototypes',
    new Proxy({ kept: 1 }, { getPrototypeOf: () => Array.prototype as object }),
  ],
];

const APPS = await Promise.all(ADAPTERS.map(async (adapter) => [adapter, await routesOf(adapter)] as const));

describe.each(APPS)('T20: Prototypes, on %s', (adapter, routes) => {
  let host: Host;
  let before: unknown;
  const probe = async (): Promise<unknown> => (await request(`${host.url}/probe`)).json;

  beforeAll(async () => {
    host = await createHost(adapter, {
      options: { access: { tokens: PEOPLE } },
      controllers: [ProbeController],
    });
    before = await probe();
    expect(before).toMatchObject({ polluted: [null, null, null], enumerable: [] });
  });
  afterEach(async () => expect(await probe()).toEqual(before));
  afterAll(() => host.close());

  it.each(QUERIES)('are not reached by the query %s', async (query) => {
    for (const { method, url } of routes.filter(({ path }) => path.startsWith('/api/'))) {
      for (const headers of [bearer(OPERATOR), BROWSER]) {
        const { status } = await request(`${host.url}${url}?${query}`, {
          // Right, so that a stream would stay open.
          method: method === 'GET' && query === 'context=__proto__' ? 'HEAD' : method,
          headers,
        });
        expect({ method, url, failed: status >= 500 || status === 0 }).toEqual({
          method,
          url,
          failed: false,
        });
      }
    }
  });

  it.each(BODIES)('are not reached by the body %s, and it signs nobody in', async (body) => {
    for (const type of ['application/json', 'application/json; charset=utf-8']) {
      const headers = { ...BROWSER, 'content-type': type };
      const reply = await request(`${host.url}/log-console/api/session`, { method: 'POST', headers, body });
      expect({ body, refused: [400, 401, 429].includes(reply.status) }).toEqual({ body, refused: true });
      expect(reply.headers).not.toHaveProperty('set-cookie');
    }
  });

  it.each(['__proto__[token]', 'token[__proto__][polluted]', 'constructor[prototype][polluted]'])(
    'are not reached by the form field %s, and it signs nobody in',
    async (field) => {
      const headers = { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' };
      const body = `${field}=${OPERATOR.token}`;
      const reply = await request(`${host.url}/log-console/api/session`, { method: 'POST', headers, body });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(reply.status).toBeLessThan(500);
    },
  );

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    'are not reached by an asset, a cookie or an event id named %s',
    async (name) => {
      expect(await request(`${host.url}/log-console/assets/${name}`)).toMatchObject({ status: 404 });
      const cookie = `${name}=1; lc_=${name}; lc_000000000000=${name}.9999999999.${'A'.repeat(43)}`;
      expect(await request(`${host.url}/log-console/api/session`, { headers: { cookie } })).toMatchObject({
        status: 401,
      });
      const headers = { ...bearer(OPERATOR), 'last-event-id': `${name}-1` };
      const reply = await request(`${host.url}/log-console/api/stream`, { method: 'HEAD', headers });
      expect(reply.status).toBe(200);
    },
  );
});

describe.each(ADAPTERS)('T20: Logged data that names prototypes, on %s', (adapter) => {
  let host: LogHost;
  beforeAll(async () => (host = await createLogHost(adapter)));
  afterEach(() => {
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(inheritedBy({})).toEqual([]);
  });
  afterAll(() => host.close());

  it.each(LOGGED)('is kept as data or dropped: %s', async (_what, data) => {
    const after = await host.now();
    new Logger('__proto__').log('message', data);
    const lines = (await host.ask(`export?after=${after}`)).text.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    const [entry] = (await host.entries(`after=${after}`)).entries;
    expect(entry).toMatchObject({ context: '__proto__', message: 'message', level: 'log' });
    expect(entry.data).toMatchObject({ kept: 1 });
    const [read] = (await host.service.read({ after: after as never })).entries;
    expect(JSON.stringify(read.data)).toBe(JSON.stringify(entry.data));
    expect(Object.getPrototypeOf(read.data)).toBe(Object.prototype);
    expect((read.data as Record<string, unknown>).polluted).toBeUndefined();
    expect(JSON.parse(lines[0])).toEqual(entry);
  });

  it('a record with an own __proto__ takes nothing of it over', async () => {
    const after = await host.now();
    const record = JSON.parse(`{"level":"warn","message":"m","__proto__":${POISON}}`) as LogRecord;
    host.store.append(record);
    const { entries } = await host.entries(`after=${after}`);
    expect(entries.map((entry) => Object.keys(entry).sort())).toEqual([
      ['id', 'instance', 'level', 'message', 'time'],
    ]);
  });

  it.each(['__proto__', 'constructor'])('a person named %s is one like others', async (name) => {
    const person = { name, role: 'viewer', token: `person-${'0123456789abcdef'.repeat(2)}` } as const;
    const theirs = await createHost(adapter, { options: { access: { tokens: [person] } } });
    const reply = await request(`${theirs.url}/log-console/api/session`, { headers: bearer(person) });
    expect(reply.json).toMatchObject({ user: { name, role: 'viewer' }, can: ['read'] });
    expect((await theirs.app.get(LogConsoleService).stats()).readers).toEqual({ streams: 0, polls: 0 });
    await theirs.close();
  });
});
