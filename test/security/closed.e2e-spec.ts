import {
  Catch,
  HttpException,
  Logger,
  VersioningType,
  type ArgumentsHost,
  type DynamicModule,
  type ExceptionFilter,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { jest } from '@jest/globals';
import { LogConsoleModule, LogConsoleService } from 'nestjs-log-console';
import { ADAPTERS, createHost, type Host, type HostOptions } from '../support/host-app.js';
import { request, type Reply, type RequestOptions } from '../support/http-client.js';
import { routesOf } from './routes.js';

/** What somebody might try beside asking each route. */
const REQUESTS: readonly (readonly [method: string, path: string, options?: RequestOptions])[] = [
  ['GET', '/'],
  ['GET', '/api'],
  ['GET', '/assets/client.js'],
  ['GET', '/api/entries?limit=wrong&nonsense=1'],
  ['GET', '/api/%65ntries'],
  ['HEAD', ''],
  ['HEAD', '/api/entries'],
  ['HEAD', '/api/stream'],
  ['OPTIONS', '/api/entries'],
  [
    'OPTIONS',
    '/api/session',
    { headers: { origin: 'http://a.example', 'access-control-request-method': 'PUT' } },
  ],
  ['PUT', '/api/entries'],
  ['DELETE', '/api/session', { headers: { 'x-log-console': '1' } }],
  ['POST', '/api/session', { body: { token: 'x'.repeat(43) } }],
  ['POST', '/api/session', { body: '{"token":', headers: { 'content-type': 'application/json' } }],
  ['POST', '/api/session', { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ['POST', '/api/session', { body: { token: 'x'.repeat(300_000) } }],
  ['GET', '//api/entries'],
  ['GET', '/api/entries/'],
  ['GET', '/api/session', { headers: { authorization: `Bearer ${'x'.repeat(43)}` } }],
  ['GET', '/api/entries', { headers: { origin: 'http://a.example', 'sec-fetch-site': 'cross-site' } }],
  ['GET', '/api/entries', { headers: { accept: 'text/html' } }],
];

/** A shape of its own for every error, as many hosts have. */
@Catch()
class HostFilter implements ExceptionFilter {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    const response = host.switchToHttp().getResponse<object>();
    const { httpAdapter } = this.host;
    httpAdapter.setHeader(response, 'X-Host', 'filtered');
    httpAdapter.reply(response, { failed: exception instanceof Error ? exception.message : '?' }, status);
  }
}

const HOSTS: readonly (readonly [name: string, prefix: string, prepare: HostOptions['prepare']])[] = [
  ['a plain host', '', undefined],
  ['a global prefix', '/api/v2', (app) => app.setGlobalPrefix('api/v2')],
  ['a global exception filter', '', (app) => app.useGlobalFilters(new HostFilter(app.get(HttpAdapterHost)))],
  ['CORS', '', (app) => app.enableCors()],
  ['versioning', '', (app) => app.enableVersioning({ type: VersioningType.URI })],
];

const CONSOLES: readonly (readonly [name: string, make: () => DynamicModule])[] = [
  ['forRoot', () => LogConsoleModule.forRoot({ forward: false })],
  ['forRootAsync', () => LogConsoleModule.forRootAsync({ useFactory: () => ({ forward: false }) })],
];

const APPS = await Promise.all(ADAPTERS.map(async (adapter) => [adapter, await routesOf(adapter)] as const));

/** What tells two answers apart: all but the time of day. */
function comparable({ status, headers, text }: Reply): unknown {
  const { date: _date, ...others } = headers;
  return { status, headers: others, text };
}

describe.each(APPS)('T1: A console nobody opened, on %s', (adapter, routes) => {
  const environment = process.env.NODE_ENV;
  const hosts: Host[] = [];

  async function start(options: HostOptions): Promise<Host> {
    const host = await createHost(adapter, options);
    hosts.push(host);
    return host;
  }

  afterEach(async () => {
    process.env.NODE_ENV = environment;
    for (const host of hosts.splice(0)) await host.close();
  });

  describe.each(['production', 'test'])('with NODE_ENV=%s', (env) => {
    it.each(CONSOLES.flatMap(([make, console]) => HOSTS.map((host) => [make, ...host, console] as const)))(
      'cannot be told from a host without one: %s, %s',
      async (_make, _name, prefix, prepare, makeConsole) => {
        process.env.NODE_ENV = env;
        const without = await start({ console: false, prepare });
        const closed = await start({ console: makeConsole(), prepare });
        const known = routes.map(({ method, path }) => [method, path] as const);
        for (const [method, path, options] of [...known, ...REQUESTS]) {
          const url = `${prefix}/log-console${path}`;
          const given = { method, path: url, ...options };
          const answer = await request(closed.url + url, { method, ...options });
          const unknown = await request(without.url + url, { method, ...options });
          expect({ given, answer: comparable(answer) }).toEqual({ given, answer: comparable(unknown) });
        }
      },
    );

    it('still captures, and says once at boot how to open it', async () => {
      process.env.NODE_ENV = env;
      const lines: string[] = [];
      const forward = {
        log: jest.fn(),
        error: jest.fn(),
        warn: (message: unknown) => lines.push(String(message)),
      };
      const { app } = await start({ options: { forward } });
      new Logger('Shop').log('still captured');
      const { entries } = await app.get(LogConsoleService).read();
      expect(entries.map(({ message }) => message)).toContain('still captured');
      expect(lines).toEqual([
        'The log console is closed: every route answers 404. To open it, set access in LogConsoleModule.forRoot(), ' +
          'or the variable LOG_CONSOLE_TOKEN (at least 32 characters).',
      ]);
    });
  });
});
