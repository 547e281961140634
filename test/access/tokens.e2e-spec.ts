import { createHash, createHmac } from 'node:crypto';
import { jest } from '@jest/globals';
import { LogConsoleModule, LogConsoleService, type AccessToken } from 'nestjs-log-console';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { open, request, type Reply } from '../support/http-client.js';
import { ADMIN, bearer, OPERATOR, PEOPLE, VIEWER } from './people.js';

const BROWSER = { 'x-log-console': '1', 'sec-fetch-site': 'same-origin' };
const TWELVE_HOURS_S = 12 * 60 * 60;

/** A cookie's value, made as the contract says and not as the code does. */
function seal({ name, token }: AccessToken, expiryS: number): string {
  const key = createHash('sha256').update(token).digest();
  return `${name}.${expiryS}.${createHmac('sha256', key).update(`${name}.${expiryS}`).digest('base64url')}`;
}

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

    it.each([
      ['a wrong one', `Bearer ${'x'.repeat(43)}`],
      ['a right one with more behind it', `Bearer ${OPERATOR.token}x`],
      ['a right one cut short', `Bearer ${OPERATOR.token.slice(0, -1)}`],
      ['two of them', `Bearer ${OPERATOR.token} ${OPERATOR.token}`],
      ['another case', `Bearer ${OPERATOR.token.toUpperCase()}`],
      ['none', 'Bearer'],
      ['another scheme', `Token ${OPERATOR.token}`],
      ['the bare token', OPERATOR.token],
      ['Basic', `Basic ${Buffer.from(`operator-1:${OPERATOR.token}`).toString('base64')}`],
    ])('are refused with 401: %s', async (_what, authorization) => {
      const url = await start();
      const reply = await request(`${url}/api/entries`, { headers: { authorization } });
      expect(reply).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    });
  });

  it.each(['token', 'access_token', 'authorization', 'key'])(
    'are never read from the address: ?%s=',
    async (name) => {
      const url = await start();
      for (const path of ['session', 'entries', 'stream', 'tail', 'export', 'stats']) {
        const query = `${name}=${OPERATOR.token}`;
        expect(await request(`${url}/api/${path}?${query}`)).toMatchObject({ status: 401 });
      }
    },
  );

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

    it('cannot be forged', async () => {
      const url = await start();
      const [name = '', value = ''] = (await cookieOf(url, VIEWER)).split('=');
      const [who, expiry = '', mac = ''] = value.split('.');
      const stranger = { ...ADMIN, token: 'a-token-nobody-here-ever-knew-of' };
      for (const forged of [
        `admin-1.${expiry}.${mac}`,
        `${who}.${Number(expiry) + 1}.${mac}`,
        `${who}.${expiry}.${'A'.repeat(43)}`,
        `${who}.${expiry}.`,
        `${who}.${expiry}`,
        `${who}..${mac}`,
        `${who}.99999999999999.${mac}`,
        seal(stranger, nowS() + 60),
        VIEWER.token,
        ADMIN.token,
        '',
        '..',
        '%',
      ]) {
        expect({ forged, status: (await session(url, `${name}=${forged}`)).status }).toEqual({
          forged,
          status: 401,
        });
      }
      expect(await session(url, `${name.toUpperCase()}=${value}`)).toMatchObject({ status: 401 });
      expect(await session(url, `x${name}=${value}`)).toMatchObject({ status: 401 });
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

    it.each([
      [{ token: 'x'.repeat(43) }, 401],
      [{ token: VIEWER.token.slice(1) }, 401],
      [{ token: '' }, 400],
      [{ token: 7 }, 400],
      [{ token: null }, 400],
      [{ token: [OPERATOR.token] }, 400],
      [{ token: { toString: 'x' } }, 400],
      [{ token: 'x'.repeat(1025) }, 400],
      [{}, 400],
      [[OPERATOR.token], 400],
    ])('refuse %j with %d and no cookie', async (body, status) => {
      const url = await start();
      const reply = await request(`${url}/api/session`, { method: 'POST', headers: BROWSER, body });
      expect(reply).toMatchObject({ status });
      expect(reply.headers).not.toHaveProperty('set-cookie');
      expect(reply.text).not.toContain(OPERATOR.token);
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

  describe('that are wrong', () => {
    const wrong = { authorization: `Bearer ${'x'.repeat(43)}` };

    it('are slowed down above ten a minute, while a right one always passes', async () => {
      const url = await start();
      const cookie = await cookieOf(url, OPERATOR);
      const statuses = [];
      for (let turn = 0; turn < 12; turn++)
        statuses.push((await request(`${url}/api/session`, { headers: wrong })).status);
      expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);

      const tooMany = await request(`${url}/api/stream`, { headers: wrong });
      expect(tooMany.json).toEqual({
        statusCode: 429,
        message: 'Too many wrong tokens from this address.',
        error: 'Too Many Requests',
      });
      const wait = Number(tooMany.headers['retry-after']);
      expect(Number.isInteger(wait) && wait >= 1 && wait <= 60).toBe(true);

      expect(await request(`${url}/api/session`, { headers: bearer(OPERATOR) })).toMatchObject({
        status: 200,
      });
      expect(await signIn(url, OPERATOR.token)).toMatchObject({ status: 200 });
      expect(await session(url, cookie)).toMatchObject({ status: 200 });
      expect(await request(`${url}/api/session`)).toMatchObject({ status: 401 });
    });

    it('are counted together, in the header and at the sign-in', async () => {
      const url = await start();
      for (let turn = 0; turn < 5; turn++) {
        await request(`${url}/api/stats`, { headers: wrong });
        await signIn(url, 'x'.repeat(43));
      }
      expect(await signIn(url, 'x'.repeat(43))).toMatchObject({ status: 429 });
      expect(await request(`${url}/api/stats`, { headers: wrong })).toMatchObject({ status: 429 });
    });

    it('are counted by the socket: X-Forwarded-For is not a fresh start', async () => {
      const url = await start();
      for (let turn = 0; turn < 10; turn++)
        await request(`${url}/api/stats`, { headers: { ...wrong, 'x-forwarded-for': `10.0.0.${turn}` } });
      const reply = await request(`${url}/api/stats`, {
        headers: { ...wrong, 'x-forwarded-for': '10.0.1.1' },
      });
      expect(reply).toMatchObject({ status: 429 });
    });

    it('are not written to the log', async () => {
      const url = await start();
      await request(`${url}/api/stats`, { headers: { authorization: `Bearer ${'guess'.repeat(9)}` } });
      await signIn(url, 'guess'.repeat(9));
      const { entries } = await hosts[0].app.get(LogConsoleService).read();
      expect(JSON.stringify(entries)).not.toContain('guess');
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
      ]);
    });

    it.each(['short-secret', 'x'.repeat(31), `${'x'.repeat(20)} ${'x'.repeat(20)}`])(
      'fail the boot when they are weak, without repeating them: %j',
      async (weak) => {
        process.env.LOG_CONSOLE_TOKEN = weak;
        const boot = createHost(adapter);
        await expect(boot).rejects.toThrow(/LOG_CONSOLE_TOKEN .* at least 32 characters/);
        await expect(boot).rejects.not.toThrow(weak);
      },
    );

    it('do nothing when the variable is empty', async () => {
      process.env.LOG_CONSOLE_TOKEN = '';
      const host = await createHost(adapter);
      hosts.push(host);
      expect(await request(`${host.url}/log-console/api/session`)).toMatchObject({ status: 404 });
    });
  });

  it('in code that are too short fail the boot, without repeating them', async () => {
    const tokens = [{ ...VIEWER, token: 'x'.repeat(31) }];
    expect(() => LogConsoleModule.forRoot({ access: { tokens } })).toThrow(
      /access\.tokens\[0\]\.token is a text of 31/,
    );
    const boot = createHost(adapter, {
      console: LogConsoleModule.forRootAsync({ useFactory: () => ({ forward: false, access: { tokens } }) }),
    });
    await expect(boot).rejects.toThrow(/access\.tokens\[0\]\.token is a text of 31/);
    await expect(boot).rejects.not.toThrow('xxx');
  });
});
