const MACHINE_PATH = /\/(work|tmp|srv|home|root)\//;

import { Logger } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { MemoryStore } from 'nestjs-log-console';
import { ADMIN, bearer, PEOPLE, VIEWER } from '../access/people.js';
import { ADAPTERS, type HostOptions } from '../support/host-app.js';
import { open, request, type OpenReply, type RequestOptions } from '../support/http-client.js';
import { createRouteHost, isOpen, routesOf, type RouteHost } from './routes.js';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const asAdmin = { headers: bearer(ADMIN) };
const wrong = { headers: { authorization: `Bearer ${'x'.repeat(43)}` } };
const crossSite = { headers: { 'sec-fetch-site': 'cross-site' } };
const { version } = JSON.parse(
  readFileSync(new URL('../../libs/log-console/package.json', import.meta.url), 'utf8'),
) as { version: string };

type Case = readonly [status: number, method: string, path: string, options: RequestOptions];

/** Answers that only these requests get. */
const SPECIAL: readonly Case[] = [
  [200, 'GET', '/api/entries?wait=1&limit=1', asAdmin],
  [400, 'POST', '/api/session', { headers: { 'x-log-console': '1' } }],
  [401, 'POST', '/api/session', wrong],
  [403, 'DELETE', '/api/entries', { headers: bearer(VIEWER) }],
  [404, 'GET', '/assets/unknown.js', {}],
  [409, 'DELETE', '/api/entries?upTo=zzz-1', asAdmin],
];

const APPS = await Promise.all(
  ADAPTERS.map(async (adapter) => {
    const routes = await routesOf(adapter);
    const guarded = routes.filter((route) => !isOpen(route));
    /** Every route, to everybody, and with everything wrong; the page and its assets apart. */
    const cases: readonly Case[] = [
      ...guarded.flatMap(({ method, url, body, ok }): Case[] => {
        const path = url.slice('/log-console'.length);
        return [
          [ok, method, path, { ...asAdmin, ...(body && { body }) }],
          [401, method, path, { headers: { 'x-log-console': '1' } }],
          [401, method, path, wrong],
          [403, method, path, crossSite],
          [400, method, `${path}?nonsense=1`, asAdmin],
          ...(method === 'GET' ? ([[200, 'HEAD', path, asAdmin]] as const) : []),
        ];
      }),
      [200, 'POST', '/api/session', asAdmin],
      [204, 'DELETE', '/api/session', asAdmin],
      ...SPECIAL,
    ];
    return [adapter, cases, routes] as const;
  }),
);

describe.each(APPS)('The headers of every answer, on %s', (adapter, cases, routes) => {
  let host: RouteHost;
  const live: OpenReply[] = [];

  async function start(options: HostOptions = {}): Promise<void> {
    host = await createRouteHost(adapter, options);
  }

  /** The answer's beginning: a stream has no end. */
  async function ask(path: string, options?: RequestOptions): Promise<OpenReply> {
    const reply = await open(`${host.url}/log-console${host.named(path)}`, options);
    live.push(reply);
    return reply;
  }

  afterEach(async () => {
    for (const reply of live.splice(0)) reply.close();
    await host.close();
  });

  /** Every case on one host; the wrong tokens come from one address and are too many at the end. */
  async function askAll(more: Readonly<Record<string, string>> = {}) {
    const answers = [];
    for (const [status, method, path, options] of cases) {
      const reply = await ask(path, { ...options, method, headers: { ...more, ...options.headers } });
      const isTooMany = reply.status === 429 && options.headers === wrong.headers;
      answers.push({
        asked: `${method} ${path}`,
        status: isTooMany ? 401 : reply.status,
        expected: status,
        reply,
      });
      reply.close();
    }
    return answers;
  }

  it('T30, T31: keep it from caches, sniffers and other sites', async () => {
    await start();
    for (const { asked, status, expected, reply } of await askAll()) {
      expect({ asked, status }).toEqual({ asked, status: expected });
      expect({ asked, headers: reply.headers }).toMatchObject({ asked, headers: ALWAYS });
      expect({ asked, cache: parts(reply.headers['cache-control']) }).toEqual({
        asked,
        cache: expect.arrayContaining(['no-store']) as unknown,
      });
      expect({ asked, vary: parts(reply.headers.vary) }).toEqual({
        asked,
        vary: ['authorization', 'cookie'],
      });
    }
  });

  it('T30: keep a stream from being held back or changed on its way', async () => {
    await start();
    for (const path of ['/api/stream', '/api/tail']) {
      const { headers } = await ask(path, asAdmin);
      expect(parts(headers['cache-control'])).toEqual(expect.arrayContaining(['no-store', 'no-transform']));
      expect(headers['x-accel-buffering']).toBe('no');
    }
  });

  it('T18, T26: are there with 429 and with 503 too, which say when to come back', async () => {
    await start({ options: { access: { tokens: PEOPLE }, limits: { streamsPerUser: 1 } } });
    const first = await ask('/api/stream', asAdmin);
    await first.until('event: hello');
    for (let turn = 0; turn < 10; turn++) await request(`${host.url}/log-console/api/stats`, wrong);
    for (const [status, options] of [
      [503, asAdmin],
      [429, wrong],
    ] as const) {
      const reply = await ask('/api/stream', options);
      expect(reply).toMatchObject({ status, headers: { ...ALWAYS, 'cache-control': 'no-store' } });
      expect(reply.headers['retry-after']).toMatch(/^\d+$/);
      expect(parts(reply.headers.vary)).toEqual(['authorization', 'cookie']);
    }
  });

  it("keep the Vary of the host's CORS", async () => {
    await start({ prepare: (app) => app.enableCors({ origin: [/example/], credentials: true }) });
    const origin = 'http://shop.example';
    // The Origin alone would be a reason to refuse.
    for (const { asked, reply } of await askAll({ origin, 'sec-fetch-site': 'same-origin' })) {
      expect({ asked, allowed: reply.headers['access-control-allow-origin'] }).toEqual({
        asked,
        allowed: origin,
      });
      expect({ asked, vary: parts(reply.headers.vary) }).toEqual({
        asked,
        vary: ['authorization', 'cookie', 'origin'],
      });
    }
  });

  it('are our own, whatever the host puts on its answers', async () => {
    const weak: Record<string, string> = {
      'Cache-Control': 'public, max-age=60',
      'X-Content-Type-Options': 'none',
      'Referrer-Policy': 'unsafe-url',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Security-Policy': "default-src *; script-src 'unsafe-inline'",
    };
    await start({
      prepare: (app) =>
        app.use(
          (
            _request: unknown,
            response: { setHeader(name: string, value: string): void },
            next: () => void,
          ) => {
            for (const [name, value] of Object.entries(weak)) response.setHeader(name, value);
            next();
          },
        ),
    });
    for (const { asked, status, expected, reply } of await askAll()) {
      expect({ asked, status, headers: reply.headers }).toMatchObject({
        asked,
        status: expected,
        headers: ALWAYS,
      });
      expect({ asked, cache: parts(reply.headers['cache-control']) }).toEqual({
        asked,
        cache: expect.arrayContaining(['no-store']) as unknown,
      });
    }
    const page = await ask('');
    expect(page.headers).toMatchObject({
      ...ALWAYS,
      'content-security-policy': CSP,
      'cache-control': 'no-cache',
    });
  });

  it('T8, T31, T38: allow the page its own scripts and nothing else', async () => {
    await start();
    const page = await request(`${host.url}/log-console`);
    expect(page).toMatchObject({
      status: 200,
      headers: {
        ...ALWAYS,
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': CSP,
        'cross-origin-opener-policy': 'same-origin',
      },
    });
    expect(parts(page.headers.vary)).toEqual(['authorization', 'cookie']);
    expect(page.headers['permissions-policy']).toMatch(/^([a-z-]+=\(\), )+[a-z-]+=\(\)$/);
    expect(page.text).not.toMatch(/<style|<script(?![^>]* src=)|\son\w+=|style=/);
  });

  it('T5: an asset is found by its exact name only', async () => {
    await start();
    const [, known = ''] = /assets\/([\w.-]+)/.exec((await request(`${host.url}/log-console`)).text) ?? [];
    expect((await ask(`/assets/${known}`)).status).toBe(200);
    for (const name of [
      known.toUpperCase(),
      `${known}x`,
      known.slice(1),
      `${known}.gz`,
      `./${known}`,
      `%2e%2f${known}`,
      `..%2fassets%2f${known}`,
      '..%2f..%2fpackage.json',
      '%2fetc%2fpasswd',
      `${known}%00`,
      `${known};x`,
      '__proto__',
      'constructor',
      'client.js',
      '%20',
    ])
      expect({ name, status: (await ask(`/assets/${name}`)).status }).toEqual({ name, status: 404 });
  });

  it('T39: before the sign-in nobody is told a version, a path or a stack', async () => {
    await start();
    const { text } = await request(`${host.url}/log-console`);
    const assets = [...text.matchAll(/\/(assets\/[\w.-]+)/g)].map(([, path]) => ['GET', `/${path}`]);
    expect(assets).toHaveLength(2);
    const script = assets.map(([, path]) => path).find((path) => path.endsWith('.js'));
    const asked = [...routes.map(({ method, path }) => [method, path]), ['GET', '/x'], ...assets];
    for (const [method, path] of asked) {
      for (const query of ['', '?x=1', '?limit=%00']) {
        const reply = await ask(path + query, { method, headers: { 'x-log-console': '1' } });
        const told = JSON.stringify(reply.headers) + (await reply.ended);
        expect({ path, told: told.includes(version) || /nestjs-log-console/i.test(told) }).toEqual({
          path,
          told: false,
        });
        // The console's script knows what stacks look like, and holds none.
        if (path === script) expect(told).not.toMatch(MACHINE_PATH);
        else expectNoInsight(told);
      }
    }
  });

  it.each([
    ['that is no JSON', 'application/json', '{"token":'],
    ['that is not what it says', 'application/json', 'token=1'],
    ['that is too large', 'application/json', `{"token":"${'x'.repeat(2_000_000)}"}`],
    ['of no known type', 'text/x-unknown; charset=x', 'x'],
    ['in no known encoding', 'application/json; charset=utf-7', '{}'],
  ])('T39: a body %s is refused without a stack or a path', async (_what, type, body) => {
    await start();
    const headers = { 'content-type': type, 'x-log-console': '1' };
    const { status, text } = await request(`${host.url}/log-console/api/session`, {
      method: 'POST',
      headers,
      body,
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expectNoInsight(text);
  });

  it('T39: a failure inside is a bare 500 with the same headers', async () => {
    await start();
    const fail = (): never => {
      throw new Error(`cannot open /srv/secret/${import.meta.filename}`);
    };
    const store = host.app.get(MemoryStore, { strict: false });
    const whole = { read: store.read, clear: store.clear, stats: store.stats };
    Object.assign(store, { read: fail, clear: fail, stats: fail });
    for (const [method, path] of [
      ['GET', '/api/entries'],
      ['GET', '/api/stream'],
      ['GET', '/api/tail'],
      ['GET', '/api/stats'],
      ['DELETE', '/api/entries'],
    ]) {
      const reply = await ask(path, { method, ...asAdmin });
      const text = await reply.ended;
      expect({ path, status: reply.status, headers: reply.headers }).toMatchObject({
        path,
        status: 500,
        headers: { ...ALWAYS, 'cache-control': expect.stringContaining('no-store') as unknown },
      });
      expect(JSON.parse(text)).toEqual({ statusCode: 500, message: 'Internal server error' });
      expectNoInsight(JSON.stringify(reply.headers));
    }
    Object.assign(store, whole);
    new Logger('Shop').log('goes on');
    expect(await (await ask('/api/entries', asAdmin)).ended).toContain('goes on');
  });
});

function expectNoInsight(told: string): void {
  expect(told).not.toMatch(MACHINE_PATH);
  expect(told).not.toMatch(/node_modules|\bat .*:\d+:\d+|\.(ts|js):\d+/);
}

/** The parts of a header that is a list, sorted. */
function parts(header: string | undefined): string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .sort();
}
