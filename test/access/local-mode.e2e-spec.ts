import { jest } from '@jest/globals';
import { AppFolder, type RunningApp, type StartOptions } from '../support/app-process.js';
import { ADAPTERS, type Adapter } from '../support/host-app.js';
import { request, type RequestOptions } from '../support/http-client.js';
import { describeWith } from '../support/services.js';
import { linkOf } from './terminal-link.js';

// Processes of their own take their time to start.
jest.setTimeout(30_000);

describeWith('script', 'Local mode', () => {
  const folder = new AppFolder();
  let app: RunningApp | undefined;

  /** Starts it at a terminal and reads the link there. */
  async function start(adapter: Adapter, options: Partial<StartOptions> = {}) {
    app = await folder.start(adapter, { terminal: true, ...options });
    return linkOf(app);
  }
  async function stop(): Promise<void> {
    await app?.stop();
    app = undefined;
  }
  const ask = (path: string, options?: RequestOptions) =>
    request(`http://127.0.0.1:${app?.port}/log-console${path}`, options);

  afterEach(stop);
  afterAll(() => folder.remove());

  it.each(ADAPTERS)(
    'the token of the link is an admin, as a bearer and at the sign-in, on %s',
    async (adapter) => {
      const { token } = await start(adapter);
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
    },
  );

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
