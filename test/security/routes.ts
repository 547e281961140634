import { Logger, type INestApplication } from '@nestjs/common';
import { LogConsoleService } from 'nestjs-log-console';
import { PEOPLE } from '../access/people.js';
import { OrdersController } from '../hosts/orders.controller.js';
import { createHost, type Adapter, type Host, type HostOptions } from '../support/host-app.js';
import { request } from '../support/http-client.js';

/** One route of the running console. */
export interface Route {
  readonly method: string;
  /** Behind the mount, as declared: `/api/entries`, `/assets/:name`, `` for the page. */
  readonly path: string;
  /** The same with a value for each of its parameters, and the mount: what a request asks for. */
  readonly url: string;
  /** What has to be sent along, so that it is answered. */
  readonly body?: object | undefined;
  /** The status of a right answer. */
  readonly ok: number;
}

const MOUNT = '/log-console';

/** What routes want in the body. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/redaction/preview': { text: 'a' },
  'PUT /api/levels/:context': { level: 'verbose' },
};

const CANCEL = 'POST /api/operations/:id/cancel';

/** What may be asked without a sign-in: the page, its assets, signing in and signing out. They give no data. */
export const OPEN = ['GET ', 'GET /', 'GET /assets/:name', 'POST /api/session', 'DELETE /api/session'];

export const isOpen = ({ method, path }: Route): boolean => OPEN.includes(`${method} ${path}`);

export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** A host that has what the addresses of routes name. */
export interface RouteHost extends Host {
  /** An address of a route as this host knows it: with the id of its operation, where it asks for an operation `x`. */
  readonly named: (address: string) => string;
}

/**
 * Starts a host with a request of the id `x`, in which a line was captured, and an operation that runs until the host
 * closes, has this line, and can be cancelled as often as one likes.
 */
export async function createRouteHost(
  adapter: Adapter,
  options: HostOptions = {},
  line = 'a line of it',
): Promise<RouteHost> {
  const controllers = [...(options.controllers ?? []), OrdersController];
  const host = await createHost(adapter, {
    ...options,
    options: { access: { tokens: PEOPLE }, ...options.options },
    controllers,
  });
  await request(`${host.url}/orders/1`, { method: 'POST', headers: { 'x-request-id': 'x' } });
  const { id } = host.app.get(LogConsoleService).start('Inventory', { cancellable: true }, async () => {
    new Logger('Inventory').log(line);
    await new Promise(() => undefined);
  });
  return { ...host, named: (address) => address.replace(/\boperations\/x/, `operations/${id}`) };
}

/** The routes the framework's own router has, once it listens: one that is added later is attacked by itself. */
export async function routesOf(adapter: Adapter): Promise<Route[]> {
  const found: [method: string, path: string][] = [];
  const host = await createHost(adapter, {
    options: { access: { tokens: PEOPLE } },
    prepare: (app) => {
      if (adapter === 'fastify') watchFastify(app, found);
    },
  });
  if (adapter === 'express') found.push(...expressRoutes(host.app));
  await host.close();
  return found
    .filter(([method, path]) => path.startsWith(MOUNT) && method !== 'HEAD')
    .map(([method, path]) => ({
      method,
      path: path.slice(MOUNT.length).replace('*', ''),
      url: path.replace('*', '').replaceAll(/:\w+/g, 'x'),
    }))
    .map((route) => ({ ...route, body: BODIES[nameOf(route)], ok: nameOf(route) === CANCEL ? 202 : 200 }));
}

interface Fastify {
  addHook(
    name: 'onRoute',
    hook: (route: { readonly method: string | string[]; readonly url: string }) => void,
  ): void;
}

function watchFastify(app: INestApplication, found: [string, string][]): void {
  const fastify = app.getHttpAdapter().getInstance() as Fastify;
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) found.push([each, url]);
  });
}

interface Express {
  readonly router: {
    readonly stack: readonly {
      readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
    }[];
  };
}

function expressRoutes(app: INestApplication): [string, string][] {
  const { stack } = (app.getHttpAdapter().getInstance() as Express).router;
  return stack.flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map((method): [string, string] => [
      method.toUpperCase(),
      route?.path ?? '',
    ]),
  );
}
