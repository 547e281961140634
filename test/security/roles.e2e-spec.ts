import { LogConsoleService, type Role } from 'nestjs-log-console';
import { ADMIN, bearer, OPERATOR, VIEWER } from '../access/people.js';
import { ADAPTERS } from '../support/host-app.js';
import { open } from '../support/http-client.js';
import { createRouteHost, isOpen, nameOf, OPEN, routesOf, type Route, type RouteHost } from './routes.js';

/** The lowest role that each route is for, as the contract says; whoever adds a route says it here too. */
const LOWEST: Readonly<Record<string, Role>> = {
  'GET /api/session': 'viewer',
  'GET /api/entries': 'viewer',
  'GET /api/stream': 'viewer',
  'GET /api/tail': 'viewer',
  'GET /api/export': 'operator',
  'GET /api/files': 'operator',
  'GET /api/files/:id/entries': 'operator',
  'GET /api/files/:id/stream': 'operator',
  'GET /api/files/:id/tail': 'operator',
  'GET /api/files/:id/export': 'operator',
  'GET /api/operations': 'viewer',
  'GET /api/operations/:id': 'viewer',
  'GET /api/operations/:id/entries': 'viewer',
  'GET /api/operations/:id/stream': 'viewer',
  'GET /api/operations/:id/tail': 'viewer',
  'GET /api/operations/:id/export': 'operator',
  'POST /api/operations/:id/cancel': 'operator',
  'GET /api/stats': 'viewer',
  'GET /api/instances': 'viewer',
  'GET /api/levels': 'viewer',
  'PUT /api/levels/:context': 'admin',
  'DELETE /api/levels/:context': 'admin',
  'GET /api/requests/:id': 'viewer',
  'DELETE /api/entries': 'operator',
  'POST /api/redaction/preview': 'admin',
};

const VISITORS = [undefined, VIEWER, OPERATOR, ADMIN];

/** The status for nobody, a viewer, an operator and an admin. */
const STATUSES: Readonly<Record<Role, readonly number[]>> = {
  viewer: [401, 200, 200, 200],
  operator: [401, 403, 200, 200],
  admin: [401, 403, 403, 200],
};

const APPS = await Promise.all(ADAPTERS.map(async (adapter) => [adapter, await routesOf(adapter)] as const));

describe.each(APPS)('T2, T4: The routes of the running application, on %s', (adapter, routes) => {
  let host: RouteHost;
  const guarded = routes.filter((route) => !isOpen(route));

  beforeEach(async () => {
    host = await createRouteHost(adapter);
  });
  afterEach(() => host.close());

  async function ask({ url, body }: Route, method: string, visitor?: typeof VIEWER) {
    // Nobody has the header that forged requests lack: what is tested here is the role.
    const headers = { 'x-log-console': '1', ...bearer(visitor) };
    const reply = await open(host.url + host.named(url), { method, headers, ...(body && { body }) });
    const text = reply.status < 300 ? '' : await reply.ended;
    reply.close();
    return { status: reply.status, text };
  }

  it('are those whose roles the contract knows, and the open ones that give no data', () => {
    const known = [
      ...OPEN.filter((name) => name !== 'GET /' || adapter === 'fastify'),
      ...Object.keys(LOWEST),
    ];
    expect(routes.map(nameOf).sort()).toEqual(known.sort());
  });

  it.each(guarded.map((route) => [nameOf(route), route] as const))(
    'let in whom they should, and nobody else: %s',
    async (name, route) => {
      const { method } = route;
      for (const each of method === 'GET' ? ['GET', 'HEAD'] : [method]) {
        const given = [];
        for (const visitor of VISITORS) given.push((await ask(route, each, visitor)).status);
        const expected = STATUSES[LOWEST[name]].map((status) => (status === 200 ? route.ok : status));
        expect({ each, given }).toEqual({ each, given: expected });
      }
    },
  );

  it.each(guarded.map((route) => [nameOf(route), route] as const))(
    'say to a refused viewer what is missing and nothing else: %s',
    async (name, route) => {
      const { text } = await ask(route, route.method);
      expect(JSON.parse(text)).toEqual({
        statusCode: 401,
        message: 'Sign in first.',
        error: 'Unauthorized',
      });
      if (LOWEST[name] === 'viewer') return;
      expect(JSON.parse((await ask(route, route.method, VIEWER)).text)).toEqual({
        statusCode: 403,
        message: expect.stringMatching(/^This needs the ability "\w+"; your role is viewer\.$/) as unknown,
        error: 'Forbidden',
      });
    },
  );

  it('change nothing for who is refused', async () => {
    const service = host.app.get(LogConsoleService);
    const before = await service.stats();
    const levels = service.levels();
    for (const route of guarded.filter(({ method }) => method !== 'GET')) {
      await ask(route, route.method);
      await ask(route, route.method, VIEWER);
    }
    expect(await service.stats()).toMatchObject({ cleared: 0, oldest: before.oldest, held: before.held });
    expect(service.levels()).toEqual(levels);
  });
});
