import { jest } from '@jest/globals';
import { type AccessToken } from 'nestjs-log-console';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { open, request, type Reply } from '../support/http-client.js';
import { ADMIN, bearer, OPERATOR, PEOPLE, seal, VIEWER } from './people.js';

const BROWSER = { 'x-log-console': '1', 'sec-fetch-site': 'same-origin' };
const TWELVE_HOURS_S = 12 * 60 * 60;

const nowS = (): number => Math.floor(Date.now() / 1000);

describe.each(ADAPTERS)('Tokens, on %s', (adapter) => {
  const hosts: Host[] = [];
  const environment = { ...process.env };

  async function start(tokens: readonly AccessToken[] = PEOPLE): Promise<string> {
    const host = await createHost(adapter, { options: { access: { tokens } } });
    hosts.push(host);
    return `${host.url}/log-console`;
  }

  afterEach(async () => {
    process.env = { ...environment };
    for (const host of hosts.splice(0)) await host.close();
  });

  function signIn(url: string, token: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return request(`${url}/api/session`, {
      method: 'POST',
      headers: { ...BROWSER, ...headers },
      body: { token },
    });
  }

  function session(url: string, cookie: string): Promise<Reply> {
    return request(`${url}/api/session`, { headers: { cookie, 'sec-fetch-site': 'same-origin' } });
  }

  async function cookieOf(url: string, person: AccessToken): Promise<string> {
    const { headers } = await signIn(url, person.token);
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  describe('in the Authorization header', () => {
    it('open the console, however the scheme is written', async () => {
      const url = await start();
      for (const scheme of ['Bearer', 'bearer', 'BEARER ']) {
        const headers = { authorization: `${scheme} ${OPERATOR.token}` };
        expect(await request(`${url}/api/session`, { headers })).toMatchObject({
          status: 200,
          json: { user: { name: 'operator-1', role: 'operator' } },
        });
      }
    });
  });

  describe('exchanged for a cookie', () => {
    it('sign in with a cookie scripts cannot read and other sites do not send', async () => {
      const url = await start();
      const reply = await signIn(url, OPERATOR.token);
      expect(reply).toMatchObject({ status: 200, json: { user: { name: 'operator-1', role: 'operator' } } });
      expect(reply.headers['set-cookie']).toHaveLength(1);
      const [pair = '', ...attributes] = reply.headers['set-cookie']![0].split('; ');
      expect(pair).toMatch(/^lc_[0-9a-f]{12}=operator-1\.\d{10}\.[\w-]{43}$/);
      expect(attributes).toEqual([`Max-Age=${TWELVE_HOURS_S}`, 'HttpOnly', 'SameSite=Strict']);
      const expiry = Number(pair.split('.')[1]);
      expect(Math.abs(expiry - nowS() - TWELVE_HOURS_S)).toBeLessThanOrEqual(5);
    });

    it('sign in by Authorization too, without the header forged requests lack', async () => {
      const url = await start();
      const reply = await request(`${url}/api/session`, { method: 'POST', headers: bearer(VIEWER) });
      expect(reply).toMatchObject({ status: 200, json: { can: ['read'] } });
      expect(reply.headers['set-cookie']).toHaveLength(1);
    });

    it.each(['https', 'HTTPS', 'https, http'])('mark the cookie Secure behind %s', async (proto) => {
      const url = await start();
      const { headers } = await signIn(url, OPERATOR.token, { 'x-forwarded-proto': proto });
      expect(headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
    });

    it('leave the cookie usable on plain http', async () => {
      const url = await start();
      const { headers } = await signIn(url, OPERATOR.token, { 'x-forwarded-proto': 'http' });
      expect(headers['set-cookie']?.[0]).not.toContain('Secure');
    });

    it('read the log, follow it and clear it with the cookie', async () => {
      const url = await start();
      const headers = { ...BROWSER, cookie: await cookieOf(url, OPERATOR) };
      expect(await request(`${url}/api/entries`, { headers })).toMatchObject({ status: 200 });
      const stream = await open(`${url}/api/stream`, { headers });
      await stream.until('event: hello');
      stream.close();
      expect(await request(`${url}/api/entries`, { method: 'DELETE', headers })).toMatchObject({
        status: 200,
      });
    });

    it('are valid on every instance with the same tokens, whatever else it knows', async () => {
      const cookie = await cookieOf(await start(), OPERATOR);
      const other = await start([ADMIN, OPERATOR]);
      expect(await session(other, cookie)).toMatchObject({
        status: 200,
        json: { user: { name: 'operator-1' } },
      });
    });

    it('are void once the token is changed or removed', async () => {
      const cookie = await cookieOf(await start(), OPERATOR);
      const changed = await start([{ ...OPERATOR, token: 'another-'.repeat(5) }]);
      expect(await session(changed, cookie)).toMatchObject({ status: 401 });
      expect(await session(await start([ADMIN]), cookie)).toMatchObject({ status: 401 });
    });

    it('give the role the token has now, not the one it had', async () => {
      const cookie = await cookieOf(await start(), OPERATOR);
      const demoted = await start([{ ...OPERATOR, role: 'viewer' }]);
      expect(await session(demoted, cookie)).toMatchObject({
        json: { user: { role: 'viewer' }, can: ['read'] },
      });
    });

    it('end after 12 hours', async () => {
      const url = await start();
      const name = (await cookieOf(url, OPERATOR)).split('=')[0];
      expect(await session(url, `${name}=${seal(OPERATOR, nowS() + 60)}`)).toMatchObject({ status: 200 });
      expect(await session(url, `${name}=${seal(OPERATOR, nowS() - 1)}`)).toMatchObject({ status: 401 });
    });

    it('hold where a browser sends two cookies of the same name, in either order', async () => {
      const url = await start();
      const good = await cookieOf(url, OPERATOR);
      const bad = `${good.split('=')[0]}=operator-1.1.${'A'.repeat(43)}`;
      for (const cookie of [`${bad}; ${good}`, `${good};${bad}`, `a=b; ${bad}; ${good}; c=d`]) {
        expect(await session(url, cookie)).toMatchObject({
          status: 200,
          json: { user: { name: 'operator-1' } },
        });
      }
    });

    it('of two consoles on one host do not sign each other out', async () => {
      const url = await start();
      const options = { path: 'other/place', access: { tokens: PEOPLE } };
      const other = await createHost(adapter, { options });
      hosts.push(other);
      const names = await Promise.all([cookieOf(url, VIEWER), cookieOf(`${other.url}/other/place`, VIEWER)]);
      expect(names[0].split('=')[0]).not.toBe(names[1].split('=')[0]);
    });

    it('sign out by emptying the cookie', async () => {
      const url = await start();
      const cookie = await cookieOf(url, OPERATOR);
      const reply = await request(`${url}/api/session`, {
        method: 'DELETE',
        headers: { ...BROWSER, cookie },
      });
      expect(reply).toMatchObject({ status: 204, text: '' });
      const emptied = `${cookie.split('=')[0]}=; Max-Age=0; HttpOnly; SameSite=Strict`;
      expect(reply.headers['set-cookie']).toEqual([emptied]);
      expect(await session(url, emptied.split(';')[0])).toMatchObject({ status: 401 });
    });

    it('sign out also where nobody is signed in', async () => {
      const url = await start();
      expect(await request(`${url}/api/session`, { method: 'DELETE', headers: BROWSER })).toMatchObject({
        status: 204,
      });
    });
  });

  describe('in LOG_CONSOLE_TOKEN', () => {
    const inVariable = { token: 'v'.repeat(32) };

    function listener() {
      const warn = jest.fn<(message: unknown) => void>();
      return { log: jest.fn(), error: jest.fn(), warn };
    }

    it('open the console for one operator, in every environment', async () => {
      process.env.LOG_CONSOLE_TOKEN = inVariable.token;
      for (const env of ['production', 'test', 'development']) {
        process.env.NODE_ENV = env;
        const forward = listener();
        const host = await createHost(adapter, { options: { forward } });
        hosts.push(host);
        expect(
          await request(`${host.url}/log-console/api/session`, { headers: bearer(inVariable) }),
        ).toMatchObject({
          status: 200,
          json: { user: { name: 'operator', role: 'operator' } },
        });
        expect(forward.warn).not.toHaveBeenCalled();
      }
    });

    it('lose against access in code, with a warning', async () => {
      process.env.LOG_CONSOLE_TOKEN = inVariable.token;
      const forward = listener();
      const host = await createHost(adapter, { options: { forward, access: { tokens: [VIEWER] } } });
      hosts.push(host);
      const url = `${host.url}/log-console/api/session`;
      expect(await request(url, { headers: bearer(inVariable) })).toMatchObject({ status: 401 });
      expect(await request(url, { headers: bearer(VIEWER) })).toMatchObject({ status: 200 });
      expect(forward.warn.mock.calls.map(([message]) => message)).toEqual([
        'LOG_CONSOLE_TOKEN is set, but access in LogConsoleModule.forRoot() wins: the variable is not used.',
        'Somebody (127.0.0.1) was denied GET /api/session: This token is not known.',
      ]);
    });

    it('do nothing when the variable is empty', async () => {
      process.env.LOG_CONSOLE_TOKEN = '';
      const host = await createHost(adapter);
      hosts.push(host);
      expect(await request(`${host.url}/log-console/api/session`)).toMatchObject({ status: 404 });
    });
  });
});
