import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import { type AccessOptions } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { open, request } from '../support/http-client.js';
import { ADMIN, bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { createRouteHost, routesOf, type Route, type RouteHost } from './routes.js';

const OURS = { 'x-log-console': '1' };

const APPS = await Promise.all(
  ADAPTERS.map(async (adapter) => {
    const routes = await routesOf(adapter);
    const isApi = ({ path }: Route): boolean => path.startsWith('/api/');
    const nameInApi = ({ url }: Route): string => url.slice('/log-console/api/'.length);
    const reads = routes.filter((route) => isApi(route) && route.method === 'GET').map(nameInApi);
    const writes = routes
      .filter((route) => isApi(route) && route.method !== 'GET')
      .map((route) => [route.method, nameInApi(route)] as const);
    return [adapter, reads, writes] as const;
  }),
);

describe.each(APPS)('T21, T29: A page of another site, on %s', (adapter, reads, writes) => {
  let host: RouteHost;
  let cookie: string;

  async function start(access: AccessOptions = {}): Promise<void> {
    host = await createRouteHost(adapter, { options: { access: { tokens: PEOPLE, ...access } } });
    const { headers } = await request(`${host.url}/log-console/api/session`, {
      method: 'POST',
      headers: bearer(OPERATOR),
    });
    cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  /** The status of a request as a browser with our cookie sends it; of a stream without its end. */
  async function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<number> {
    const reply = await open(`${host.url}/log-console${host.named(path)}`, {
      method,
      headers: { cookie, ...headers },
    });
    reply.close();
    return reply.status;
  }

  const authority = (): string => host.url.slice('http://'.length);

  afterEach(() => host.close());

  it.each(writes)('cannot %s %s: the header a form cannot send is missing', async (method, path) => {
    await start();
    for (const headers of [
      {},
      { 'x-log-console': '' },
      { 'x-log-console': 'true' },
      { 'x-log-console': '01' },
    ]) {
      const reply = await request(`${host.url}/log-console/api/${path}`, {
        method,
        headers: { cookie, ...headers },
      });
      expect(reply).toMatchObject({
        status: 403,
        json: {
          message: 'Requests without Authorization that change something need the header X-Log-Console: 1.',
        },
      });
      expect(reply.headers).not.toHaveProperty('set-cookie');
    }
    const stats = await request(`${host.url}/log-console/api/stats`, { headers: { cookie } });
    expect(stats.json).toMatchObject({ cleared: 0 });
  });

  it('is told apart by Sec-Fetch-Site, for reading and for writing', async () => {
    await start();
    for (const path of reads) {
      for (const site of ['same-origin', 'none'])
        expect({ path, site, status: await ask('GET', `/api/${path}`, { 'sec-fetch-site': site }) }).toEqual({
          path,
          site,
          status: 200,
        });
      for (const site of ['cross-site', 'same-site', 'Same-Origin', 'same-origin, none', 'x'])
        expect({ path, site, status: await ask('GET', `/api/${path}`, { 'sec-fetch-site': site }) }).toEqual({
          path,
          site,
          status: 403,
        });
    }
    for (const [method, path] of writes)
      expect(await ask(method, `/api/${path}`, { ...OURS, 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await ask('DELETE', '/api/entries', { ...OURS, 'sec-fetch-site': 'same-origin' })).toBe(200);
  });

  it('does not help itself with an Origin that looks right', async () => {
    await start({ origins: ['https://ops.example.com'] });
    const headers = { 'sec-fetch-site': 'cross-site' };
    for (const origin of [host.url, 'https://ops.example.com'])
      expect(await ask('GET', '/api/entries', { ...headers, origin })).toBe(403);
  });

  it('is told apart by Origin, where a browser sends no Sec-Fetch-Site', async () => {
    await start({ origins: ['https://ops.example.com'] });
    const port = authority().split(':')[1] ?? '';
    const verdicts: [status: number, headers: Record<string, string>][] = [
      [200, { origin: host.url }],
      [200, { origin: `https://${authority()}` }],
      [200, { origin: 'https://ops.example.com' }],
      [200, { origin: 'http://logs.example.com', host: 'LOGS.example.com' }],
      [200, { origin: 'http://logs.example.com', 'x-forwarded-host': 'logs.example.com' }],
      [200, { origin: 'http://logs.example.com', 'x-forwarded-host': 'logs.example.com, inner' }],
      [200, { origin: 'http://[::1]:3000', host: '[::1]:3000' }],
      [403, { origin: 'http://evil.example' }],
      [403, { origin: 'http://evil.example', 'x-forwarded-host': 'inner, evil.example' }],
      [403, { origin: 'http://127.0.0.1' }],
      [403, { origin: `http://127.0.0.1:${Number(port) + 1}` }],
      [403, { origin: `http://${authority()}.evil.example` }],
      [403, { origin: `http://evil.example/${authority()}` }],
      [403, { origin: `http://${authority()}@evil.example` }],
      [403, { origin: 'http://ops.example.com' }],
      [403, { origin: 'https://ops.example.com.evil.example' }],
      [403, { origin: 'null' }],
      [403, { origin: '' }],
      [403, { origin: authority() }],
    ];
    for (const [status, headers] of verdicts) {
      for (const path of ['entries', 'stream'])
        expect({ headers, given: await ask('GET', `/api/${path}`, headers) }).toEqual({
          headers,
          given: status,
        });
    }
  });

  it('is refused with the name of the option that helps behind a proxy', async () => {
    await start();
    const headers = { cookie, origin: 'http://logs.example.com' };
    expect((await request(`${host.url}/log-console/api/entries`, { headers })).json).toEqual({
      statusCode: 403,
      message:
        'The Origin of this request is not the host it was sent to; behind a proxy that rewrites Host, list the origin in access.origins.',
      error: 'Forbidden',
    });
  });

  it('is no concern for requests with an Authorization of their own', async () => {
    await start();
    const headers = { ...bearer(OPERATOR), 'sec-fetch-site': 'cross-site', origin: 'http://other.example' };
    for (const path of reads) {
      const reply = await open(`${host.url}/log-console/api/${host.named(path)}`, { headers });
      reply.close();
      expect({ path, status: reply.status }).toEqual({ path, status: 200 });
    }
    for (const [method, path] of writes) {
      const { status } = await request(`${host.url}/log-console/api/${host.named(path)}`, {
        method,
        headers: { ...headers, ...bearer(ADMIN) },
        ...(method === 'POST' && { body: { text: 'a', token: ADMIN.token } }),
        ...(method === 'PUT' && { body: { level: 'verbose' } }),
      });
      const special = { 'DELETE session': 204, 'POST operations/x/cancel': 202 };
      expect({ path, status }).toEqual({
        path,
        status: special[`${method} ${path}` as keyof typeof special] ?? 200,
      });
    }
  });

  it.each(['Basic dTpw', 'basic dTpw', 'Digest username="u"', 'Negotiate YII='])(
    'is refused where the browser adds %j by itself, to our cookie or for a guard of the host',
    async (authorization) => {
      const guard: CanActivate = {
        canActivate: (context: ExecutionContext) =>
          context.switchToHttp().getRequest<{ headers: { authorization?: string } }>().headers
            .authorization === authorization,
      };
      await start({ guards: [guard], role: () => 'admin' });
      for (const known of [cookie, '']) {
        const headers = { authorization, cookie: known };
        expect(await ask('DELETE', '/api/entries', headers)).toBe(403);
        expect(await ask('GET', '/api/entries', { ...headers, 'sec-fetch-site': 'same-site' })).toBe(403);
        expect(await ask('GET', '/api/entries', { ...headers, 'sec-fetch-site': 'same-origin' })).toBe(200);
        expect(await ask('DELETE', '/api/entries', { ...headers, ...OURS })).toBe(200);
      }
    },
  );

  it.each([`Bearer ${'x'.repeat(43)}`, 'Anything', ''])(
    'cannot ride on the cookie with a made-up Authorization: %j',
    async (authorization) => {
      await start();
      expect(await ask('DELETE', '/api/entries', { authorization })).toBe(403);
      expect(await ask('GET', '/api/entries', { authorization, 'sec-fetch-site': 'same-site' })).toBe(403);
      // What a proxy adds to every request does not lock the console out.
      expect(
        await ask('DELETE', '/api/entries', { authorization, ...OURS, 'sec-fetch-site': 'same-origin' }),
      ).toBe(200);
    },
  );

  it("is refused where the host's own cookie signs in", async () => {
    const guard: CanActivate = {
      canActivate: (context: ExecutionContext) =>
        context.switchToHttp().getRequest<{ headers: { cookie?: string } }>().headers.cookie === 'sid=7',
    };
    await start({ tokens: [], guards: [guard], role: () => 'admin' });
    cookie = 'sid=7';
    expect(await ask('GET', '/api/entries')).toBe(200);
    expect(await ask('GET', '/api/entries', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask('DELETE', '/api/entries')).toBe(403);
    expect(await ask('DELETE', '/api/entries', OURS)).toBe(200);
  });

  it('may link to the console', async () => {
    await start();
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'http://tickets.example' };
    const page = await request(`${host.url}/log-console`, { headers });
    expect(page).toMatchObject({ status: 200 });
    const asset = /assets\/[\w.-]+/.exec(page.text)?.[0] ?? '';
    expect(await request(`${host.url}/log-console/${asset}`, { headers })).toMatchObject({ status: 200 });
  });

  it('learns nothing about who is signed in: everybody is refused alike', async () => {
    await start();
    const headers = { 'sec-fetch-site': 'cross-site' };
    const url = `${host.url}/log-console/api/entries`;
    const [known, unknown] = await Promise.all([
      request(url, { headers: { ...headers, cookie } }),
      request(url, { headers }),
    ]);
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
  });

  it.each(['GET', 'HEAD'])('does not need the header of ours for %s', async (method) => {
    await start();
    for (const path of reads) expect(await ask(method, `/api/${path}`)).toBe(200);
  });

  it('gets no CORS header from the console, whatever it asks for', async () => {
    await start();
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'DELETE' };
    for (const [method, path] of [...writes, ['OPTIONS', 'entries'], ['GET', 'entries']] as const) {
      const reply = await request(`${host.url}/log-console/api/${path}`, { method, headers });
      expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});
