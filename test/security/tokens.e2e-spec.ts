import { LogConsoleModule, LogConsoleService } from 'nestjs-log-console';
import { ADMIN, bearer, OPERATOR, PEOPLE, seal, VIEWER } from '../access/people.js';
import { ADAPTERS, createHost, type Host, type HostOptions } from '../support/host-app.js';
import { open, request, type Reply } from '../support/http-client.js';
import { isOpen, nameOf, routesOf } from './routes.js';

const BROWSER = { 'x-log-console': '1', 'sec-fetch-site': 'same-origin' };
const guess = { authorization: `Bearer ${'x'.repeat(43)}` };

const APPS = await Promise.all(ADAPTERS.map(async (adapter) => [adapter, await routesOf(adapter)] as const));

describe.each(APPS)('Tokens, on %s', (adapter, routes) => {
  let host: Host;
  let url: string;
  const environment = { ...process.env };
  const guarded = routes.filter((route) => !isOpen(route));

  async function start(options: HostOptions = { options: { access: { tokens: PEOPLE } } }): Promise<void> {
    host = await createHost(adapter, options);
    url = `${host.url}/log-console`;
  }

  afterEach(async () => {
    process.env = { ...environment };
    await host.close();
  });

  function signIn(body: object, query = ''): Promise<Reply> {
    return request(`${url}/api/session${query}`, { method: 'POST', headers: BROWSER, body });
  }

  function session(cookie: string): Promise<Reply> {
    return request(`${url}/api/session`, { headers: { cookie, 'sec-fetch-site': 'same-origin' } });
  }

  async function cookieOf(person: typeof VIEWER): Promise<string> {
    const { headers } = await signIn({ token: person.token });
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  describe('T24: in an address', () => {
    beforeEach(() => start());

    it.each(['token', 'access_token', 'auth', 'authorization', 'bearer', 'key', 'api_key', 'session', 'lc_'])(
      'are never read, not even the right one: ?%s=',
      async (name) => {
        for (const { method, url: path } of guarded) {
          for (const value of [ADMIN.token, `Bearer%20${ADMIN.token}`]) {
            const { status } = await request(`${host.url}${path}?${name}=${value}`, {
              method,
              headers: { 'x-log-console': '1' },
            });
            expect({ method, path, status }).toEqual({ method, path, status: 401 });
          }
        }
      },
    );

    it('sign nobody in', async () => {
      const reply = await signIn({}, `?token=${ADMIN.token}`);
      expect(reply).toMatchObject({ status: 400 });
      expect(reply.headers).not.toHaveProperty('set-cookie');
      expect(reply.text).not.toContain(ADMIN.token);
    });
  });

  describe('T26: that are nearly right', () => {
    beforeEach(() => start());

    it.each([
      ['a wrong one', `Bearer ${'x'.repeat(43)}`],
      ['a right one with more behind it', `Bearer ${OPERATOR.token}x`],
      ['a right one cut short', `Bearer ${OPERATOR.token.slice(0, -1)}`],
      ['two of them', `Bearer ${OPERATOR.token} ${OPERATOR.token}`],
      ['a list', `Bearer ${OPERATOR.token}, Bearer ${OPERATOR.token}`],
      ['another case', `Bearer ${OPERATOR.token.toUpperCase()}`],
      ['none', 'Bearer'],
      ['a name', 'Bearer operator-1'],
      ['another scheme', `Token ${OPERATOR.token}`],
      ['the bare token', OPERATOR.token],
      ['Basic', `Basic ${Buffer.from(`operator-1:${OPERATOR.token}`).toString('base64')}`],
    ])('are refused with 401: %s', async (_what, authorization) => {
      for (const [index, { method, url: path }] of guarded.entries()) {
        // Of more than ten wrong ones in a minute the next are told that they are too many.
        if (index > 0 && index % 10 === 0) {
          await host.close();
          await start();
        }
        const headers = { authorization, 'x-log-console': '1' };
        const reply = await request(host.url + path, { method, headers });
        expect(reply).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
      }
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
    ])('sign nobody in: %j is answered %d, without a cookie', async (body, status) => {
      const reply = await signIn(body);
      expect(reply).toMatchObject({ status });
      expect(reply.headers).not.toHaveProperty('set-cookie');
      expect(reply.text).not.toContain(OPERATOR.token);
    });
  });

  it('a cookie cannot be forged', async () => {
    await start();
    const [name = '', value = ''] = (await cookieOf(VIEWER)).split('=');
    const [who, expiry = '', mac = ''] = value.split('.');
    const stranger = { ...ADMIN, token: 'a-token-nobody-here-ever-knew-of' };
    const soon = Math.floor(Date.now() / 1000) + 60;
    expect(await session(`${name}=${seal(VIEWER, soon)}`)).toMatchObject({ status: 200 });
    for (const forged of [
      `admin-1.${expiry}.${mac}`,
      `${who}.${Number(expiry) + 1}.${mac}`,
      `${who}.${expiry}.${'A'.repeat(43)}`,
      `${who}.${expiry}.`,
      `${who}.${expiry}`,
      `${who}..${mac}`,
      `${who}.99999999999999.${mac}`,
      seal(stranger, soon),
      seal({ ...ADMIN, token: VIEWER.token }, soon),
      VIEWER.token,
      ADMIN.token,
      '',
      '..',
      '%',
    ]) {
      const { status } = await session(`${name}=${forged}`);
      expect({ forged, status }).toEqual({ forged, status: 401 });
    }
    expect(await session(`${name.toUpperCase()}=${value}`)).toMatchObject({ status: 401 });
    expect(await session(`x${name}=${value}`)).toMatchObject({ status: 401 });
  });

  describe('T26: that are guessed', () => {
    beforeEach(() => start());

    const statusOf = async (headers: Record<string, string>, path = 'stats'): Promise<number> =>
      (await request(`${url}/api/${path}`, { headers })).status;

    it('are slowed down above ten a minute, while a right one always passes', async () => {
      const cookie = await cookieOf(OPERATOR);
      const statuses = [];
      for (let turn = 0; turn < 12; turn++) statuses.push(await statusOf(guess));
      expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);

      const tooMany = await request(`${url}/api/stream`, { headers: guess });
      expect(tooMany.json).toEqual({
        statusCode: 429,
        message: 'Too many wrong tokens from this address.',
        error: 'Too Many Requests',
      });
      const wait = Number(tooMany.headers['retry-after']);
      expect(Number.isInteger(wait) && wait >= 1 && wait <= 60).toBe(true);

      expect(await statusOf(bearer(OPERATOR))).toBe(200);
      expect(await signIn({ token: OPERATOR.token })).toMatchObject({ status: 200 });
      expect(await session(cookie)).toMatchObject({ status: 200 });
      expect(await statusOf({})).toBe(401);
    });

    it('are not faster all at once: of 60 together ten are looked at, and a right one among them passes', async () => {
      const together = Array.from({ length: 60 }, (_, turn) =>
        statusOf(turn === 50 ? bearer(OPERATOR) : { authorization: `Bearer ${turn}${'x'.repeat(40)}` }),
      );
      const statuses = await Promise.all(together);
      expect(statuses[50]).toBe(200);
      expect(statuses.filter((status) => status === 401)).toHaveLength(10);
      expect(statuses.filter((status) => status === 429)).toHaveLength(49);
    });

    it.each(guarded.map((route) => [nameOf(route), route] as const))(
      'are counted together, at the sign-in and at %s',
      async (_name, { method, url: path }) => {
        const ask = () => request(host.url + path, { method, headers: guess });
        for (let turn = 0; turn < 5; turn++) {
          expect(await ask()).toMatchObject({ status: 401 });
          expect(await signIn({ token: 'x'.repeat(43) })).toMatchObject({ status: 401 });
        }
        expect(await ask()).toMatchObject({ status: 429 });
        expect(await signIn({ token: 'x'.repeat(43) })).toMatchObject({ status: 429 });
      },
    );

    it('are counted by the socket: what a header says of the address is not a fresh start', async () => {
      const claims = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'cf-connecting-ip', 'true-client-ip'];
      for (let turn = 0; turn < 10; turn++)
        await statusOf({ ...guess, [claims[turn % claims.length]]: `10.0.0.${turn}` });
      for (const claim of claims) expect(await statusOf({ ...guess, [claim]: '10.0.1.1' })).toBe(429);
    });

    it('hold no stream, no waiting poll and no slot', async () => {
      for (const path of ['stream', 'tail', 'entries?wait=25', 'export']) {
        const reply = await open(`${url}/api/${path}`, { headers: guess });
        expect(reply.status).toBe(401);
        await reply.ended;
      }
      const { readers } = await host.app.get(LogConsoleService).stats();
      expect(readers).toEqual({ streams: 0, polls: 0 });
    });

    it('are not written to the log', async () => {
      await statusOf({ authorization: `Bearer ${'guess'.repeat(9)}` });
      await signIn({ token: 'guess'.repeat(9) });
      const { entries } = await host.app.get(LogConsoleService).read();
      expect(JSON.stringify(entries)).not.toContain('guess');
    });
  });

  describe('T26: that are weak', () => {
    beforeEach(() => start());

    it.each(['short-secret', 'x'.repeat(31), `${'x'.repeat(20)} ${'x'.repeat(20)}`])(
      'fail the boot in LOG_CONSOLE_TOKEN, and are not repeated: %j',
      async (weak) => {
        process.env.LOG_CONSOLE_TOKEN = weak;
        const boot = createHost(adapter);
        await expect(boot).rejects.toThrow(/LOG_CONSOLE_TOKEN .* at least 32 characters/);
        await expect(boot).rejects.not.toThrow(weak);
      },
    );

    it('fail the boot in code, and are not repeated', async () => {
      const tokens = [{ ...VIEWER, token: 'x'.repeat(31) }];
      const says = /access\.tokens\[0\]\.token is a text of 31/;
      expect(() => LogConsoleModule.forRoot({ access: { tokens } })).toThrow(says);
      const boot = createHost(adapter, {
        console: LogConsoleModule.forRootAsync({
          useFactory: () => ({ forward: false, access: { tokens } }),
        }),
      });
      await expect(boot).rejects.toThrow(says);
      await expect(boot).rejects.not.toThrow('xxx');
    });
  });
});
