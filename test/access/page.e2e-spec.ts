import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ADAPTERS, createHost, type Host, type HostOptions } from '../support/host-app.js';
import { open, request, type OpenReply, type RequestOptions } from '../support/http-client.js';
import { ADMIN, bearer, PEOPLE, VIEWER } from './people.js';

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

/** One answer of every kind the module gives, but for the page and its assets. */
const ANSWERS: readonly (readonly [status: number, path: string, options: RequestOptions])[] = [
  [200, '/api/session', asAdmin],
  [200, '/api/session', { method: 'POST', ...asAdmin }],
  [204, '/api/session', { method: 'DELETE', ...asAdmin }],
  [200, '/api/entries', asAdmin],
  [200, '/api/entries?wait=1&limit=1', asAdmin],
  [200, '/api/stream', asAdmin],
  [200, '/api/tail', asAdmin],
  [200, '/api/export', asAdmin],
  [200, '/api/stats', asAdmin],
  [200, '/api/entries', { method: 'HEAD', ...asAdmin }],
  [200, '/api/stream', { method: 'HEAD', ...asAdmin }],
  [200, '/api/tail', { method: 'HEAD', ...asAdmin }],
  [200, '/api/entries', { method: 'DELETE', ...asAdmin }],
  [400, '/api/entries?limit=x', asAdmin],
  [400, '/api/stream?nonsense=1', asAdmin],
  [400, '/api/session', { method: 'POST', headers: { 'x-log-console': '1' } }],
  [401, '/api/session', {}],
  [401, '/api/stream', {}],
  [401, '/api/entries', wrong],
  [401, '/api/session', { method: 'POST', ...wrong }],
  [403, '/api/entries', { method: 'DELETE', headers: bearer(VIEWER) }],
  [403, '/api/stream', { headers: { 'sec-fetch-site': 'cross-site' } }],
  [404, '/assets/unknown.js', {}],
  [409, '/api/entries?upTo=zzz-1', { method: 'DELETE', ...asAdmin }],
];

describe.each(ADAPTERS)('The headers of every answer, on %s', (adapter) => {
  let host: Host;
  const live: OpenReply[] = [];

  async function start(options: HostOptions = {}): Promise<void> {
    host = await createHost(adapter, {
      options: { access: { tokens: PEOPLE }, ...options.options },
      ...options,
    });
  }

  /** The answer's beginning: a stream has no end. */
  async function ask(path: string, options?: RequestOptions): Promise<OpenReply> {
    const reply = await open(`${host.url}/log-console${path}`, options);
    live.push(reply);
    return reply;
  }

  afterEach(async () => {
    for (const reply of live.splice(0)) reply.close();
    await host.close();
  });

  it.each(ANSWERS)(
    'keep it from caches, sniffers and other sites: %d of %s',
    async (status, path, options) => {
      await start();
      const reply = await ask(path, options);
      expect(reply).toMatchObject({ status, headers: ALWAYS });
      expect(reply.headers['cache-control']).toContain('no-store');
      expect(parts(reply.headers.vary)).toEqual(['authorization', 'cookie']);
    },
  );

  it('keep a stream from being held back or changed on its way', async () => {
    await start();
    for (const path of ['/api/stream', '/api/tail']) {
      const { headers } = await ask(path, asAdmin);
      expect(parts(headers['cache-control'])).toEqual(expect.arrayContaining(['no-store', 'no-transform']));
      expect(headers['x-accel-buffering']).toBe('no');
    }
  });

  it('are there with 429 and with 503 too, which say when to come back', async () => {
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

  it.each(ANSWERS)("keep the Vary of the host's CORS: %d of %s", async (status, path, options) => {
    await start({ prepare: (app) => app.enableCors({ origin: [/example/], credentials: true }) });
    const origin = 'http://shop.example';
    // The Origin alone would be a reason to refuse.
    const reply = await ask(path, {
      ...options,
      headers: { 'sec-fetch-site': 'same-origin', ...options.headers, origin },
    });
    expect(reply.status).toBe(status);
    expect(reply.headers['access-control-allow-origin']).toBe(origin);
    expect(parts(reply.headers.vary)).toEqual(['authorization', 'cookie', 'origin']);
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
    for (const [status, path, options] of ANSWERS) {
      const reply = await ask(path, options);
      expect({ path, status: reply.status, headers: reply.headers }).toMatchObject({
        path,
        status,
        headers: ALWAYS,
      });
      expect({ path, cache: reply.headers['cache-control'] }).toEqual({
        path,
        cache: expect.stringContaining('no-store') as unknown,
      });
    }
    const page = await ask('');
    expect(page.headers).toMatchObject({
      ...ALWAYS,
      'content-security-policy': CSP,
      'cache-control': 'no-cache',
    });
  });

  describe('of the page', () => {
    it('allow it its own scripts and nothing else', async () => {
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

    it('let a browser ask whether it has changed', async () => {
      await start();
      const { headers } = await request(`${host.url}/log-console`);
      const same = await request(`${host.url}/log-console`, { headers: { 'if-none-match': headers.etag } });
      expect(same).toMatchObject({ status: 304, text: '', headers: { ...ALWAYS, etag: headers.etag } });
      const list = `"other", W/${headers.etag}`;
      const weak = await request(`${host.url}/log-console`, { headers: { 'if-none-match': list } });
      expect(weak).toMatchObject({ status: 304, text: '' });
      const other = await request(`${host.url}/log-console`, { headers: { 'if-none-match': '"other"' } });
      expect(other).toMatchObject({ status: 200, headers: { etag: headers.etag } });
    });

    it.each(['', '/', '?a=b', '/?a=b', '?next=/x/y'])(
      'are the same at %j, and its assets are found',
      async (end) => {
        await start({ prepare: (app) => app.setGlobalPrefix('api/v2') });
        const address = `${host.url}/api/v2/log-console${end}`;
        const page = await request(address);
        expect(page).toMatchObject({ status: 200, headers: { 'content-security-policy': CSP } });
        const links = [...page.text.matchAll(/(?:src|href)="([^"]*assets[^"]*)"/g)].map(
          ([, link = '']) => link,
        );
        expect(links).toHaveLength(2);
        for (const link of links) {
          // Relative, so that it also works behind a prefix that a proxy takes away.
          expect(link).toMatch(/^\.\//);
          expect(await request(new URL(link, address).href)).toMatchObject({ status: 200 });
        }
      },
    );

    it('come without it for HEAD', async () => {
      await start();
      const head = await request(`${host.url}/log-console`, { method: 'HEAD' });
      const get = await request(`${host.url}/log-console`);
      expect(head).toMatchObject({ status: 200, text: '', headers: { etag: get.headers.etag } });
      expect(head.headers['content-length']).toBe(get.headers['content-length']);
    });

    it('are gone with ui: false, and what is beside the page never was there', async () => {
      await start();
      for (const path of ['/x', '/assets', '/assets/', '/index.html'])
        expect({ path, status: (await ask(path)).status }).toEqual({ path, status: 404 });
      await host.close();
      await start({ options: { access: { tokens: PEOPLE }, ui: false } });
      for (const path of ['', '/', '/assets/client.js'])
        expect(await request(`${host.url}/log-console${path}`)).toMatchObject({
          status: 404,
          json: { message: `Cannot GET /log-console${path}` },
        });
    });
  });

  describe('of the assets', () => {
    async function assets(): Promise<string[]> {
      const { text } = await request(`${host.url}/log-console/`);
      return [...text.matchAll(/"\.\/(assets\/[^"]+)"/g)].map(
        ([, path = '']) => `${host.url}/log-console/${path}`,
      );
    }

    it('let a browser keep them for good, compressed where it can', async () => {
      await start();
      for (const url of await assets()) {
        const plain = await request(url);
        const gzip = await request(url, { headers: { 'accept-encoding': 'br, gzip;q=0.8' } });
        for (const { status, headers } of [plain, gzip]) {
          expect(status).toBe(200);
          expect(headers).toMatchObject({
            ...ALWAYS,
            'cache-control': 'private, max-age=31536000, immutable',
            'content-type': url.endsWith('.css')
              ? 'text/css; charset=utf-8'
              : 'text/javascript; charset=utf-8',
          });
          expect(parts(headers.vary)).toEqual(['accept-encoding', 'authorization', 'cookie']);
        }
        expect(plain.headers).not.toHaveProperty('content-encoding');
        expect(gzip.headers['content-encoding']).toBe('gzip');
        expect(gunzipSync(gzip.bytes).equals(plain.bytes)).toBe(true);
        expect(gzip.headers.etag).not.toBe(plain.headers.etag);
      }
    });

    it('answer 304 to a browser that has them', async () => {
      await start();
      for (const url of await assets()) {
        for (const encoding of ['gzip', 'identity']) {
          const headers = { 'accept-encoding': encoding };
          const { etag } = (await request(url, { headers })).headers;
          const again = await request(url, { headers: { ...headers, 'if-none-match': etag } });
          expect(again).toMatchObject({ status: 304, text: '', headers: { etag } });
        }
      }
    });

    it("keep the Vary of the host's CORS", async () => {
      await start({ prepare: (app) => app.enableCors({ origin: [/example/], credentials: true }) });
      const [url = ''] = await assets();
      const { headers } = await request(url, { headers: { origin: 'http://shop.example' } });
      expect(parts(headers.vary)).toEqual(['accept-encoding', 'authorization', 'cookie', 'origin']);
    });

    it('are found by their exact name only', async () => {
      await start();
      const [known = ''] = (await assets()).map((url) => url.slice(url.lastIndexOf('/') + 1));
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
  });

  it('and bodies tell nobody the version of the module before the sign-in', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../libs/log-console/package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    await start();
    for (const path of [
      '',
      '/x',
      '/assets/x',
      '/api/session',
      '/api/entries',
      '/api/stream?x=1',
      '/api/stats',
    ]) {
      const reply = await ask(path);
      const told = JSON.stringify(reply.headers) + (await reply.ended);
      expect({ path, told: told.includes(version) || /nestjs-log-console/i.test(told) }).toEqual({
        path,
        told: false,
      });
      expect(told).not.toMatch(/\/work\/|node_modules|\bat .*:\d+:\d+/);
    }
  });
});

/** The parts of a header that is a list, sorted. */
function parts(header: string | undefined): string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .sort();
}
