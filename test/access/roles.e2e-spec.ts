import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { open } from '../support/http-client.js';
import { ADMIN, bearer, OPERATOR, PEOPLE, VIEWER } from './people.js';

/** The status for nobody, a viewer, an operator and an admin. */
const MATRIX: readonly (readonly [method: string, path: string, statuses: readonly number[]])[] = [
  ['GET', '/api/session', [401, 200, 200, 200]],
  ['GET', '/api/entries', [401, 200, 200, 200]],
  ['GET', '/api/stream', [401, 200, 200, 200]],
  ['GET', '/api/tail', [401, 200, 200, 200]],
  ['GET', '/api/export', [401, 403, 200, 200]],
  ['GET', '/api/stats', [401, 200, 200, 200]],
  ['DELETE', '/api/entries', [401, 403, 200, 200]],
];

const VISITORS = [undefined, VIEWER, OPERATOR, ADMIN];
const EVERYTHING = ['read', 'clear', 'export', 'files', 'cancel', 'levels', 'redaction', 'audit'];

describe.each(ADAPTERS)('Roles, on %s', (adapter) => {
  let host: Host;

  async function start(abilities = {}): Promise<void> {
    host = await createHost(adapter, { options: { access: { tokens: PEOPLE, abilities } } });
  }

  async function ask(method: string, path: string, visitor?: typeof VIEWER) {
    const reply = await open(`${host.url}/log-console${path}`, {
      method,
      // Nobody has the header that forged requests lack: what is tested here is the role.
      headers: { 'x-log-console': '1', ...bearer(visitor) },
    });
    const isNoJson = reply.status === 200 && /stream|tail|export/.test(path);
    const text = isNoJson ? '' : await reply.ended;
    reply.close();
    return { status: reply.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  afterEach(() => host.close());

  it.each(MATRIX)('lets in whom it should, and nobody else: %s %s', async (method, path, statuses) => {
    await start();
    const given = [];
    for (const visitor of VISITORS) given.push((await ask(method, path, visitor)).status);
    expect(given).toEqual(statuses);
  });

  it('tells everybody what they may do', async () => {
    await start();
    const can = { viewer: EVERYTHING.slice(0, 1), operator: EVERYTHING.slice(0, 5), admin: EVERYTHING };
    for (const person of PEOPLE) {
      expect((await ask('GET', '/api/session', person)).json).toMatchObject({
        user: { name: person.name, role: person.role },
        can: can[person.role],
      });
    }
  });

  it('says what is missing', async () => {
    await start();
    expect((await ask('GET', '/api/entries')).json).toEqual({
      statusCode: 401,
      message: 'Sign in first.',
      error: 'Unauthorized',
    });
    expect((await ask('DELETE', '/api/entries', VIEWER)).json).toEqual({
      statusCode: 403,
      message: 'This needs the ability "clear"; your role is viewer.',
      error: 'Forbidden',
    });
  });

  it('gives and takes abilities as access.abilities says', async () => {
    await start({ read: 'operator', clear: 'admin', audit: 'viewer' });
    for (const [method, path, statuses] of [
      ['GET', '/api/session', [401, 200, 200, 200]],
      ['GET', '/api/entries', [401, 403, 200, 200]],
      ['GET', '/api/stream', [401, 403, 200, 200]],
      ['GET', '/api/tail', [401, 403, 200, 200]],
      ['GET', '/api/stats', [401, 403, 200, 200]],
      ['DELETE', '/api/entries', [401, 403, 403, 200]],
    ] as const) {
      const given = [];
      for (const visitor of VISITORS) given.push((await ask(method, path, visitor)).status);
      expect({ path, given }).toEqual({ path, given: statuses });
    }
    const can = await Promise.all(PEOPLE.map((person) => ask('GET', '/api/session', person)));
    expect(can.map(({ json }) => (json as { can: string[] }).can)).toEqual([
      ['audit'],
      ['read', 'export', 'files', 'cancel', 'audit'],
      EVERYTHING,
    ]);
  });

  it('leaves the log alone when it refuses to clear it', async () => {
    await start();
    const before = await ask('GET', '/api/stats', ADMIN);
    await ask('DELETE', '/api/entries');
    await ask('DELETE', '/api/entries', VIEWER);
    expect((await ask('GET', '/api/stats', ADMIN)).json).toMatchObject({
      cleared: 0,
      oldest: (before.json as { oldest: string }).oldest,
    });
  });
});
