import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { open } from '../support/http-client.js';
import { ADMIN, bearer, OPERATOR, PEOPLE, VIEWER } from './people.js';

const VISITORS = [undefined, VIEWER, OPERATOR, ADMIN];
const EVERYTHING = ['read', 'clear', 'export', 'files', 'cancel', 'levels', 'redaction', 'audit', 'sinks'];

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
});
