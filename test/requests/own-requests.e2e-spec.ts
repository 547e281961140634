import { Controller, Get, Injectable, Logger, type CanActivate } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { NestFactory } from '@nestjs/core';
import { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { LogConsoleModule, type LogBatch, type LogStats } from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { PrintingLogger } from '../capture/printing-logger.js';
import { EventReader } from '../reading/event-reader.js';
import { eventually } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { createRequestHost, type RequestHost } from './request-host.js';

const logger = new Logger('Requests');

/** What many hosts have: a line when a request comes, one when it is over, one a little later. */
function requestLogger({ method, url }: IncomingMessage, response: ServerResponse, next: () => void): void {
  const what = `${method} ${url}`;
  logger.log(`began ${what}`);
  response.on('finish', () => logger.debug(`finished ${what} ${response.statusCode}`));
  response.on('close', () => setTimeout(() => logger.verbose(`counted ${what}`), 5));
  next();
}

@Controller('shop')
class ShopController {
  @Get()
  shop(): string {
    return 'open';
  }
}

describe.each(ADAPTERS)(
  "Lines of a host's request logger about the console's own requests, on %s",
  (adapter) => {
    let host: RequestHost;
    const printed = new PrintingLogger();
    const start = async (
      options: Parameters<typeof createRequestHost>[1] = {},
      hostOptions: Parameters<typeof createRequestHost>[2] = {},
    ): Promise<void> => {
      host = await createRequestHost(
        adapter,
        { forward: printed, ...options },
        {
          controllers: [ShopController],
          ...hostOptions,
          prepare: async (app) => {
            app.use(requestLogger);
            await hostOptions.prepare?.(app);
          },
        },
      );
      printed.calls.length = 0;
    };
    const count = (what: string): number =>
      printed.messages.filter((line) => String(line).startsWith(what)).length;
    afterEach(async () => {
      await eventually(() => count('counted') === count('began'));
      await host.close();
    });

    const operator = bearer(OPERATOR);
    const captured = async (): Promise<string[]> =>
      (await host.service.read({ filter: { context: ['Requests'] } })).entries.map(({ message }) => message);
    /** All three lines of a request have been written. */
    const counted = (what: string): Promise<void> =>
      eventually(() => printed.messages.includes(`counted ${what}`));
    const suppressed = async (): Promise<number> => (await host.service.stats()).suppressed;

    it('are not captured, but printed and counted', async () => {
      await start();
      for (const path of [
        '/log-console/api/entries',
        '/log-console/api/stats?x',
        '/log-console',
        '/LOG-CONSOLE/api/stats',
      ]) {
        await request(host.url + path, { headers: operator });
        await counted(`GET ${path}`);
      }
      expect(await captured()).toEqual([]);
      expect(await suppressed()).toBe(12);
      expect(count('began')).toBe(4);
      const stats = (await host.ask('stats')).json as LogStats;
      expect(stats.suppressed).toBe(13);
      await counted('GET /log-console/api/stats');
    });

    it('are not captured for who is refused, or finds nothing there', async () => {
      await start();
      for (const path of ['/log-console/api/entries', '/log-console/nothing']) {
        await request(host.url + path);
        await counted(`GET ${path}`);
      }
      expect(await captured()).toEqual([]);
    });

    it('are not captured of a stream, when it begins and when its reader leaves', async () => {
      await start();
      const reader = await EventReader.open(host.at('stream'), operator);
      await reader.first('hello');
      reader.close();
      await counted('GET /log-console/api/stream');
      expect(await captured()).toEqual([]);
    });

    it('do not count as such of other routes, whatever these are called', async () => {
      await start();
      for (const path of [
        '/shop',
        '/log-consoles',
        '/log-console-2/api',
        '/x/log-console/api',
        '/shop?/log-console',
      ])
        await request(host.url + path);
      await counted('GET /shop?/log-console');
      expect((await captured()).filter((line) => line.startsWith('began'))).toHaveLength(5);
      expect(await suppressed()).toBe(0);
    });

    it('are known behind a global prefix, and at another path', async () => {
      await start({ path: 'ops/logs' }, { prepare: (app) => app.setGlobalPrefix('api') });
      await request(`${host.url}/api/ops/logs/api/entries`, { headers: operator });
      await request(`${host.url}/ops/logs/api/entries`, { headers: operator });
      for (const prefix of ['/api', '']) await counted(`GET ${prefix}/ops/logs/api/entries`);
      expect((await captured())[0]).toBe('began GET /ops/logs/api/entries');
      expect(await captured()).not.toContain('began GET /api/ops/logs/api/entries');
    });

    it('are captured if the option says so', async () => {
      await start({ captureOwnRequests: true });
      await request(`${host.url}/log-console/api/stats`, { headers: operator });
      await counted('GET /log-console/api/stats');
      expect(await captured()).toEqual([
        'began GET /log-console/api/stats',
        'finished GET /log-console/api/stats 200',
        'counted GET /log-console/api/stats',
      ]);
      expect(await suppressed()).toBe(0);
    });

    it('are not captured with requests: false either', async () => {
      await start({ requests: false });
      await request(`${host.url}/log-console/api/stats`, { headers: operator });
      await counted('GET /log-console/api/stats');
      await request(`${host.url}/shop`);
      expect((await captured())[0]).toBe('began GET /shop');
      expect(await suppressed()).toBe(3);
    });

    it('are captured where they are grave, and so is what the console says itself', async () => {
      @Injectable()
      class NoisyGuard implements CanActivate {
        canActivate(): boolean {
          for (const level of ['warn', 'error', 'fatal'] as const) new Logger('Guard')[level](level);
          new Logger('LogConsole').warn('of its own');
          return true;
        }
      }
      await start({}, { prepare: (app) => app.useGlobalGuards(new NoisyGuard()) });
      await request(`${host.url}/log-console/api/stats`, { headers: { ...operator, 'x-request-id': 'own' } });
      expect(await host.messagesOf('own')).toEqual(['error', 'fatal', 'of its own']);
    });

    it('are not confused with lines of what a request of the console began and left running', async () => {
      let ticks: NodeJS.Timeout | undefined;
      let tick = (): void => undefined;
      const guard: CanActivate = {
        canActivate: () => {
          // As a pool does that is opened when it is first used.
          ticks ??= setInterval(() => tick(), 5);
          return true;
        },
      };
      await start({}, { prepare: (app) => app.useGlobalGuards(guard) });
      const reader = await EventReader.open(host.at('stream'), operator);
      await reader.first('hello');
      const seen = eventually(async () => (await host.lineOf('reconnected')) !== undefined);
      tick = () => new Logger('Pool').warn('reconnected');
      await seen.finally(() => clearInterval(ticks));
      reader.close();
    });
  },
);

it('Middleware that an Express application brought along comes after the console all the same', async () => {
  const adapter = new ExpressAdapter();
  adapter.use(requestLogger);
  class HostModule {}
  const app = await NestFactory.create(
    {
      module: HostModule,
      imports: [LogConsoleModule.forRoot({ forward: false, access: { tokens: PEOPLE } })],
    },
    adapter,
  );
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as { port: number };
  const url = `http://127.0.0.1:${port}/log-console/api`;
  await request(`${url}/stats`, { headers: bearer(OPERATOR) });
  const { json } = await request(`${url}/entries?context=Requests`, { headers: bearer(OPERATOR) });
  expect(json).toMatchObject({ entries: [] });
  const { headers } = await request(`http://127.0.0.1:${port}/nowhere`);
  const after = await request(`${url}/entries?context=Requests`, { headers: bearer(OPERATOR) });
  const [began] = (after.json as LogBatch).entries;
  expect(began).toMatchObject({ message: 'began GET /nowhere', requestId: headers['x-request-id'] });
  await app.close();
});
