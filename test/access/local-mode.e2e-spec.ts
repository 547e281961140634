import { jest } from '@jest/globals';
import { networkInterfaces } from 'node:os';
import { ADAPTERS, type Adapter } from '../support/host-app.js';
import { request, type RequestOptions } from '../support/http-client.js';
import { AppFolder, type RunningApp, type StartOptions } from '../support/app-process.js';
import { describeWith } from '../support/services.js';

const LINK = /(https?:\/\/localhost:(\d+)(\/\S*?))#token=([\w-]{43})/;

/** An address of this machine that is not loopback, where it has one. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.internal === false && address.family === 'IPv4')?.address;

// Processes of their own take their time to start.
jest.setTimeout(30_000);

const folder = new AppFolder();
let app: RunningApp | undefined;

afterAll(() => folder.remove());

async function stop(): Promise<void> {
  await app?.stop();
  app = undefined;
}

/** Starts it at a terminal and reads the link there. */
async function start(adapter: Adapter, options: Partial<StartOptions> = {}) {
  app = await folder.start(adapter, { terminal: true, ...options });
  const text = await app.printed(LINK);
  const [, address = '', port = '', path = '', token = ''] = LINK.exec(text) ?? [];
  return { text, address, port: Number(port), path, token };
}

const origin = (host = '127.0.0.1'): string => `http://${host}:${app?.port}`;
const ask = (path: string, options?: RequestOptions) => request(`${origin()}/log-console${path}`, options);

describeWith('script', 'Local mode', () => {
  describe.each(ADAPTERS)('At a terminal, with nothing configured, on %s', (adapter) => {
    let given: Awaited<ReturnType<typeof start>>;

    beforeAll(async () => {
      given = await start(adapter);
    });
    afterAll(stop);

    it('the link is printed once, with the real port, and never logged', async () => {
      const { text, port, path, token } = given;
      expect(port).toBe(app?.port);
      expect(path).toBe('/log-console');
      expect(text.split(token)).toHaveLength(2);
      expect(text).toContain('open for business');

      const entries = await ask('/api/entries', { headers: { authorization: `Bearer ${token}` } });
      expect(entries.text).toContain('open for business');
      expect(entries.text).not.toContain(token);
      expect(entries.text).not.toContain('#token');
      expect(entries.text).not.toContain('console is closed');
    });

    it('the token is an admin, as a bearer and at the sign-in', async () => {
      const { token } = given;
      const user = { name: 'developer', role: 'admin' };
      expect(await ask('/api/session', { headers: { authorization: `Bearer ${token}` } })).toMatchObject({
        status: 200,
        json: { user },
      });
      const signedIn = await ask('/api/session', {
        method: 'POST',
        headers: { 'x-log-console': '1', 'sec-fetch-site': 'same-origin' },
        body: { token },
      });
      expect(signedIn).toMatchObject({ status: 200, json: { user } });
      const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0];
      expect(await ask('/api/entries', { headers: { cookie } })).toMatchObject({ status: 200 });
    });

    it('without the token there is the page, and no data', async () => {
      const { token } = given;
      expect(await ask('')).toMatchObject({ status: 200 });
      for (const path of ['session', 'entries', 'stream', 'tail', 'export', 'stats']) {
        expect(await ask(`/api/${path}`)).toMatchObject({ status: 401 });
        expect(await ask(`/api/${path}?token=${token}`)).toMatchObject({ status: 401 });
      }
    });

    it('everything is refused that did not come straight from this machine', async () => {
      const { token } = given;
      const authorization = `Bearer ${token}`;
      const { text } = await ask('');
      const asset = `/${/assets\/[\w.-]+/.exec(text)?.[0] ?? ''}`;
      const own = `localhost:${app?.port}`;
      const verdicts: [status: number, headers: Record<string, string>][] = [
        [200, {}],
        [200, { host: own }],
        [200, { host: 'LOCALHOST' }],
        [200, { host: '127.1.2.3:80' }],
        [200, { host: '[::1]:3000' }],
        [200, { 'sec-fetch-site': 'same-origin' }],
        [200, { 'sec-fetch-site': 'none' }],
        [403, { host: 'example.com' }],
        [403, { host: `localhost.example.com:${app?.port}` }],
        [403, { host: '127.0.0.1.nip.io' }],
        [403, { host: 'localhost:3000@example.com' }],
        [403, { host: '0.0.0.0' }],
        [403, { host: '192.168.0.1' }],
        [403, { forwarded: 'for=127.0.0.1' }],
        [403, { 'x-forwarded-for': '127.0.0.1' }],
        [403, { 'x-forwarded-host': own }],
        [403, { 'x-forwarded-proto': 'http' }],
        [403, { 'X-Forwarded-Anything': '' }],
        [403, { via: '1.1 proxy' }],
        [403, { 'sec-fetch-site': 'cross-site' }],
        [403, { 'sec-fetch-site': 'same-site' }],
      ];
      for (const [status, headers] of verdicts) {
        for (const path of ['', asset, '/api/session', '/api/entries', '/api/stats']) {
          const reply = await ask(path, { headers: { authorization, ...headers } });
          expect({ path, headers, status: reply.status }).toEqual({ path, headers, status });
          if (status === 403) expect(reply.json).toMatchObject({ statusCode: 403, error: 'Forbidden' });
        }
      }
      const signIn = { method: 'POST', body: { token }, headers: { 'x-log-console': '1', via: '1.1 proxy' } };
      const refused = await ask('/api/session', signIn);
      expect(refused).toMatchObject({ status: 403 });
      expect(refused.headers).not.toHaveProperty('set-cookie');
    });

    (outside === undefined ? it.skip : it)(
      'everything is refused from another address of this machine',
      async () => {
        const { token } = given;
        const headers = { authorization: `Bearer ${token}`, host: `localhost:${app?.port}` };
        for (const path of ['', '/api/session', '/api/entries'])
          expect(await request(`${origin(outside)}/log-console${path}`, { headers })).toMatchObject({
            status: 403,
            json: { message: 'Local mode answers requests from this machine only.' },
          });
      },
    );
  });

  // The same code decides on both: each of these starts a process.
  describe('Started otherwise', () => {
    afterEach(stop);

    it.each(ADAPTERS)(
      'the link leads on %s to the page, also behind a global prefix and a path of its own',
      async (adapter) => {
        const { address, path } = await start(adapter, {
          options: "{ path: 'ops/logs' }",
          prepare: "app.setGlobalPrefix('api'); app.enableVersioning({ type: VersioningType.URI });",
        });
        expect(path).toBe('/api/ops/logs');
        const page = await request(address.replace('localhost', '127.0.0.1'), {
          headers: { host: `localhost:${app?.port}` },
        });
        expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
      },
    );

    it('a terminal on stderr alone is enough, and gets the link', async () => {
      const { text, token } = await start('express', { redirect: '| cat' });
      expect(text.split(token)).toHaveLength(2);
      expect(await ask('/api/session', { headers: { authorization: `Bearer ${token}` } })).toMatchObject({
        status: 200,
      });
    });

    it.each(['production', 'test'])('it is closed with NODE_ENV=%s, and no link is printed', async (env) => {
      app = await folder.start('express', { terminal: true, env: { NODE_ENV: env } });
      const text = await app.printed(/console is closed: .*/);
      expect(text).not.toContain('#token');
      expect(text).toContain('LOG_CONSOLE_TOKEN (at least 32 characters)');
      for (const path of ['', '/api/entries']) expect(await ask(path)).toMatchObject({ status: 404 });
    });

    it('a token in LOG_CONSOLE_TOKEN decides instead: no link, and proxies are welcome', async () => {
      const token = 'v'.repeat(43);
      app = await folder.start('fastify', { terminal: true, env: { LOG_CONSOLE_TOKEN: token } });
      const headers = {
        authorization: `Bearer ${token}`,
        'x-forwarded-for': '10.0.0.1',
        host: 'logs.example.com',
      };
      expect(await ask('/api/session', { headers })).toMatchObject({
        status: 200,
        json: { user: { role: 'operator' } },
      });
      expect(await app.printed(/open for business/)).not.toMatch(/#token|console is closed/);
    });

    it('without any terminal it is closed, and the log holds a line to paste', async () => {
      app = await folder.start('fastify', { terminal: false });
      const text = await app.printed(/console is closed: .*/);
      expect(text.match(/console is closed/g)).toHaveLength(1);
      const [, token = ''] =
        /start it with a token: LOG_CONSOLE_TOKEN=([\w-]{43}) npm run start:dev/.exec(text) ?? [];
      expect(text).not.toContain('#token');
      const headers = { authorization: `Bearer ${token}` };
      for (const path of ['', '/api/entries', '/api/session'])
        expect(await ask(path, { headers })).toMatchObject({ status: 404 });

      await stop();
      app = await folder.start('fastify', { terminal: false, env: { LOG_CONSOLE_TOKEN: token } });
      expect(await ask('/api/session', { headers })).toMatchObject({
        status: 200,
        json: { user: { name: 'operator' } },
      });
    });
  });
});
