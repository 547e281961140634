import { jest } from '@jest/globals';
import { networkInterfaces } from 'node:os';
import { linkOf } from '../access/terminal-link.js';
import { AppFolder, type RunningApp } from '../support/app-process.js';
import { ADAPTERS } from '../support/host-app.js';
import { request, type RequestOptions } from '../support/http-client.js';
import { startNginx } from '../support/nginx.js';
import { describeWith } from '../support/services.js';
import { sendRaw, statusOf } from './raw.js';
import { isOpen, routesOf } from './routes.js';

/** An address of this machine that is not loopback, where it has one. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.internal === false && address.family === 'IPv4')?.address;

const APPS = await Promise.all(ADAPTERS.map(async (adapter) => [adapter, await routesOf(adapter)] as const));

// Processes of their own take their time to start.
jest.setTimeout(30_000);

describeWith('script', 'Local mode', () => {
  const folder = new AppFolder();
  afterAll(() => folder.remove());

  describe.each(APPS)('At a terminal, with nothing configured, on %s', (adapter, routes) => {
    let app: RunningApp;
    let given: Awaited<ReturnType<typeof linkOf>>;
    const origin = (host = '127.0.0.1'): string => `http://${host}:${app.port}`;
    const ask = (path: string, options?: RequestOptions) =>
      request(`${origin()}/log-console${path}`, options);

    beforeAll(async () => {
      app = await folder.start(adapter, { terminal: true });
      given = await linkOf(app);
    });
    afterAll(() => app.stop());

    it('T25: the link is printed once, with the real port, and never logged', async () => {
      const { text, port, path, token } = given;
      expect(port).toBe(app.port);
      expect(path).toBe('/log-console');
      expect(text.split(token)).toHaveLength(2);
      expect(text).toContain('open for business');

      const entries = await ask('/api/entries', { headers: { authorization: `Bearer ${token}` } });
      expect(entries.text).toContain('open for business');
      expect(entries.text).not.toContain(token);
      expect(entries.text).not.toContain('#token');
      expect(entries.text).not.toContain('console is closed');
    });

    it('T24, T27: without the token there is the page, and no data', async () => {
      const { token } = given;
      expect(await ask('')).toMatchObject({ status: 200 });
      for (const { method, path } of routes.filter((route) => !isOpen(route))) {
        for (const query of ['', `?token=${token}`]) {
          const { status } = await ask(path + query, { method, headers: { 'x-log-console': '1' } });
          expect({ method, path, status }).toEqual({ method, path, status: 401 });
        }
      }
    });

    it('T27, T28: everything is refused that did not come straight from this machine', async () => {
      const { token } = given;
      const authorization = `Bearer ${token}`;
      const { text } = await ask('');
      const asset = `/${/assets\/[\w.-]+/.exec(text)?.[0] ?? ''}`;
      const own = `localhost:${app.port}`;
      const verdicts: [status: number, headers: Record<string, string>][] = [
        [200, {}],
        [200, { host: own }],
        [200, { host: 'LOCALHOST' }],
        [200, { host: '127.1.2.3:80' }],
        [200, { host: '[::1]:3000' }],
        [200, { host: 'LocalHost:80' }],
        [200, { 'sec-fetch-site': 'same-origin' }],
        [200, { 'sec-fetch-site': 'none' }],
        [403, { host: 'example.com' }],
        [403, { host: `localhost.example.com:${app.port}` }],
        [403, { host: '127.0.0.1.nip.io' }],
        [403, { host: 'localhost:3000@example.com' }],
        [403, { host: 'localhost.' }],
        [403, { host: 'localhost,example.com' }],
        [403, { host: 'localhost:' }],
        [403, { host: 'example.com#localhost' }],
        [403, { host: '127.0.0.1.' }],
        [403, { host: '128.0.0.1' }],
        [403, { host: '2130706433' }],
        [403, { host: '0x7f.1' }],
        [403, { host: '[::]' }],
        [403, { host: '[::ffff:10.0.0.1]' }],
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
      'T27: everything is refused from another address of this machine',
      async () => {
        const { token } = given;
        const headers = { authorization: `Bearer ${token}`, host: `localhost:${app.port}` };
        for (const path of ['', '/api/session', '/api/entries'])
          expect(await request(`${origin(outside)}/log-console${path}`, { headers })).toMatchObject({
            status: 403,
            json: { message: 'Local mode answers requests from this machine only.' },
          });
      },
    );

    it('T28: a request without a Host of this machine is refused, whatever else it names', async () => {
      const { token } = given;
      const who = `Authorization: Bearer ${token}\r\nConnection: close\r\n\r\n`;
      const path = '/log-console/api/session';
      for (const head of [
        `GET ${path} HTTP/1.0\r\n`,
        `GET ${path} HTTP/1.1\r\nHost:\r\n`,
        `GET http://localhost${path} HTTP/1.1\r\nHost: example.com\r\n`,
        `GET ${path} HTTP/1.1\r\nHost: example.com\r\nHost: localhost\r\n`,
      ]) {
        const status = statusOf(await sendRaw(origin(), head + who));
        expect({ head, refused: status === 400 || status === 403 }).toEqual({ head, refused: true });
      }
    });

    describeWith('nginx', 'T27: behind nginx on this machine', (command) => {
      it.each([
        ['as it is set up by itself', '', 401, 200],
        [
          'that says whom it asks for',
          'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
          403,
          403,
        ],
        ['that hands the Host on', 'proxy_set_header Host $http_host;', 403, 403],
        ['that says Via', 'proxy_set_header Via "1.1 nginx";', 403, 403],
      ])('a stranger gets no data through one %s', async (_what, setting, strangers, withToken) => {
        const proxy = await startNginx(
          command,
          (port) => `server { listen 127.0.0.1:${port}; location / { proxy_pass ${origin()}; ${setting} } }`,
        );
        const through = (headers: Record<string, string> = {}) =>
          request(`${proxy.url}/log-console/api/entries`, {
            headers: { host: 'logs.example.com', ...headers },
          });
        try {
          const stranger = await through();
          expect(stranger.status).toBe(strangers);
          expect(stranger.text).not.toContain('open for business');
          // Loopback alone lets nobody in; the token is what a plain proxy cannot add.
          const { status } = await through({ authorization: `Bearer ${given.token}` });
          expect(status).toBe(withToken);
        } finally {
          await proxy.close();
        }
      });
    });
  });
});
