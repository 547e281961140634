import { gunzipSync, gzipSync } from 'node:zlib';
import { ADAPTERS, createHost, type Host, type HostOptions } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { PEOPLE } from './people.js';

/** What somebody who opens the console waits for at most, compressed: page, script, style and a language. */
const MAX_BYTES = 45_000;

describe.each(ADAPTERS)('The page and its assets, on %s', (adapter) => {
  let host: Host;

  async function start(options: HostOptions = {}): Promise<void> {
    host = await createHost(adapter, {
      ...options,
      options: { access: { tokens: PEOPLE }, ...options.options },
    });
  }

  afterEach(() => host.close());

  /** What the page links, and what its script loads when it is wanted. */
  async function assets(): Promise<string[]> {
    const base = `${host.url}/log-console/`;
    const linked = [...(await request(base)).text.matchAll(/"\.\/(assets\/[^"]+)"/g)].map(
      ([, path = '']) => path,
    );
    const script = linked.find((path) => path.endsWith('.js')) ?? '';
    const loaded = [...(await request(base + script)).text.matchAll(/import\(`\.\/([^`]+)`\)/g)];
    expect(loaded).toHaveLength(4);
    return [...linked, ...loaded.map(([, name = '']) => `assets/${name}`)].map((path) => base + path);
  }

  it('let a browser ask whether the page has changed', async () => {
    await start();
    const { headers } = await request(`${host.url}/log-console`);
    const same = await request(`${host.url}/log-console`, { headers: { 'if-none-match': headers.etag } });
    expect(same).toMatchObject({ status: 304, text: '', headers: { etag: headers.etag } });
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
      expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
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

  it('are at most 45 kB with any one language, as a browser asks for them', async () => {
    await start();
    const { text } = await request(`${host.url}/log-console/`);
    const names = await assets();
    const sizes = await Promise.all(
      names.map(async (name) => {
        const { bytes, headers } = await request(name, { headers: { 'accept-encoding': 'gzip' } });
        expect(headers['content-encoding']).toBe('gzip');
        return { name, size: bytes.length };
      }),
    );
    const languages = sizes.filter(({ name }) => /console-(en|de)-/.test(name));
    const first = sizes.filter(({ name }) => text.includes(name.slice(name.lastIndexOf('/') + 1)));
    expect([languages, first].map(({ length }) => length)).toEqual([2, 2]);
    const sum = first.reduce((all, { size }) => all + size, gzipSync(text).length);
    for (const { size } of languages) {
      expect(size).toBeGreaterThan(0);
      expect(sum + size).toBeLessThanOrEqual(MAX_BYTES);
    }
  });

  it('say where the host signs people in, as text whatever it is, and are then another page', async () => {
    await start();
    const plain = await request(`${host.url}/log-console`);
    expect(plain.text).toContain('<meta name="sign-in-url" content="" />');
    await host.close();
    const signInUrl = '/login?a="&b=<i>$&';
    await start({ options: { access: { tokens: PEOPLE }, ui: { signInUrl } } });
    const page = await request(`${host.url}/log-console`);
    expect(page.text).toContain('content="/login?a=&#34;&#38;b=&#60;i&#62;$&#38;"');
    expect(page.headers.etag).not.toBe(plain.headers.etag);
  });

  it('come without a body for HEAD', async () => {
    await start();
    const head = await request(`${host.url}/log-console`, { method: 'HEAD' });
    const get = await request(`${host.url}/log-console`);
    expect(head).toMatchObject({ status: 200, text: '', headers: { etag: get.headers.etag } });
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  });

  it('are gone with ui: false, and what is beside the page never was there', async () => {
    await start();
    for (const path of ['/x', '/assets', '/assets/', '/index.html'])
      expect({ path, status: (await request(`${host.url}/log-console${path}`)).status }).toEqual({
        path,
        status: 404,
      });
    await host.close();
    await start({ options: { access: { tokens: PEOPLE }, ui: false } });
    for (const path of ['', '/', '/assets/client.js'])
      expect(await request(`${host.url}/log-console${path}`)).toMatchObject({
        status: 404,
        json: { message: `Cannot GET /log-console${path}` },
      });
  });

  describe('the assets', () => {
    it('may be kept by a browser for good, compressed where it can', async () => {
      await start();
      for (const url of await assets()) {
        const plain = await request(url);
        const gzip = await request(url, { headers: { 'accept-encoding': 'br, gzip;q=0.8' } });
        for (const { status, headers } of [plain, gzip]) {
          expect(status).toBe(200);
          expect(headers).toMatchObject({
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

    it('are answered 304 to a browser that has them', async () => {
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
