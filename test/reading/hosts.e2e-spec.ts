import {
  Catch,
  Controller,
  Get,
  HttpException,
  Injectable,
  Logger,
  ValidationPipe,
  VersioningType,
  type ArgumentsHost,
  type CallHandler,
  type ExceptionFilter,
  type ExecutionContext,
  type INestApplication,
  type NestInterceptor,
  type PipeTransform,
} from '@nestjs/common';
import { map, tap, timeout, type Observable } from 'rxjs';
import { type LogBatch } from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { EventReader } from './event-reader.js';
import { createLogHost, eventually, logLines, type LogHost } from './log-host.js';

const signedIn = { headers: bearer(OPERATOR) };

/** An application's own route, to see that it goes on as before. */
@Controller({ path: 'orders', version: '1' })
class OrdersController {
  @Get()
  list(): object {
    return [];
  }
}

/** What many applications do to every answer of theirs. */
@Injectable()
class EnvelopeInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

/** Logs every request and every emission. */
@Injectable()
class LoggingInterceptor implements NestInterceptor {
  readonly #logger = new Logger('Requests');
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    this.#logger.log(`begin ${context.getHandler().name}`);
    return next.handle().pipe(tap(() => this.#logger.log('emission')));
  }
}

@Catch()
class TeapotFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    const response: unknown = host.switchToHttp().getResponse();
    const status = exception instanceof HttpException ? 418 : 500;
    const reply = response as { status(code: number): { send(body: object): void } };
    reply.status(status).send({ ours: 'a teapot' });
  }
}

/** Makes something else of whatever it is given. */
const hostilePipe: PipeTransform = { transform: () => 'made by the host' };

describe.each(ADAPTERS)('the routes in a host on %s', (adapter) => {
  describe.each<[string, string, (app: INestApplication) => unknown, string?]>([
    ['a global prefix', '/api/log-console', (app) => app.setGlobalPrefix('api')],
    [
      'a prefix that leaves them out',
      '/log-console',
      (app) => app.setGlobalPrefix('api', { exclude: ['log-console', 'log-console/*path'] }),
    ],
    [
      'URI versioning',
      '/log-console',
      (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
    ],
    [
      'header versioning',
      '/log-console',
      (app) => app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' }),
    ],
    [
      'prefix and versioning',
      '/api/log-console',
      (app) => app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI }),
    ],
    ['another path', '/ops/logs', () => undefined, 'ops/logs'],
    ['another path with slashes', '/ops/logs', () => undefined, '/ops/logs/'],
    [
      'another path behind a prefix',
      '/api/v2/ops/logs',
      (app) => app.setGlobalPrefix('/api/v2/'),
      'ops/logs',
    ],
  ])('with %s', (_what, mount, prepare, path) => {
    let host: Host;
    beforeEach(async () => {
      host = await createHost(adapter, {
        options: { access: { tokens: PEOPLE }, ...(path === undefined ? {} : { path }) },
        controllers: [OrdersController],
        prepare,
      });
    });
    afterEach(() => host.close());

    it(`answer at ${mount}`, async () => {
      for (const route of ['entries', 'tail?follow=false', 'stats', 'session']) {
        const { status } = await request(`${host.url}${mount}/api/${route}`, signedIn);
        expect(`${route} ${status}`).toBe(`${route} 200`);
      }
      const reader = await EventReader.open(`${host.url}${mount}/api/stream?limit=1`);
      await reader.first('message');
      reader.close();
      expect((await request(`${host.url}${mount}`, signedIn)).headers['content-type']).toBe(
        'text/html; charset=utf-8',
      );
    });
  });

  describe('that wraps, logs, rewords and converts everything', () => {
    let host: LogHost;
    beforeEach(async () => {
      host = await createLogHost(
        adapter,
        {},
        {
          prepare: (app) => {
            app.useGlobalInterceptors(new EnvelopeInterceptor(), new LoggingInterceptor());
            app.useGlobalFilters(new TeapotFilter());
            app.useGlobalPipes(
              hostilePipe,
              new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }),
            );
          },
        },
      );
    });
    afterEach(() => host.close());

    it('answer their own JSON', async () => {
      const lines = logLines(3);
      const batch = (await host.ask('entries?context=Lines&limit=3')).json as LogBatch;
      expect(batch.entries.map(({ message }) => message)).toEqual(lines);
      expect((await host.ask('stats')).json).toHaveProperty('held');
      expect((await host.ask('session')).json).toHaveProperty('user');
    });

    it('answer their own errors', async () => {
      expect((await host.ask('entries?limit=x')).json).toEqual({
        statusCode: 400,
        error: 'Bad Request',
        message: 'limit must be a whole number from 0 to 5000.',
      });
      expect((await host.ask('entries?upTo=earlier-1', 'DELETE')).status).toBe(409);
      expect((await request(host.at('stream'))).json).toMatchObject({ statusCode: 401 });
    });

    it('send their own events, and a line is not logged again by being read', async () => {
      const reader = await EventReader.open(host.at('stream?limit=0&context=Lines,Requests'));
      await reader.first('hello');
      const before = (await host.service.stats()).accepted.total;
      logLines(3);
      await reader.until(() => reader.messages.length === 3);
      await reader.until(() => reader.named('ping').length > 0);
      expect((await host.service.stats()).accepted.total).toBe(before + 3);
      expect(new Set(reader.events.map(({ event }) => event))).toEqual(new Set(['hello', 'message', 'ping']));
      reader.close();
    });
  });

  it('whose interceptor ends every stream after a while: the reader resumes and misses nothing', async () => {
    const host = await createLogHost(
      adapter,
      {},
      {
        prepare: (app) =>
          app.useGlobalInterceptors({ intercept: (_context, next) => next.handle().pipe(timeout(150)) }),
      },
    );
    const lines: string[] = [];
    const got: string[] = [];
    let id = await host.now();
    for (let turn = 0; turn < 3; turn++) {
      const reader = await EventReader.open(host.at('stream'), { ...bearer(OPERATOR), 'last-event-id': id });
      await reader.first('hello');
      lines.push(...logLines(5, `Turn ${turn}`));
      await reader.ended;
      lines.push(...logLines(5, `Between ${turn}`));
      expect(reader.gaps).toEqual([]);
      got.push(...reader.messages);
      id = reader.events.findLast((event) => event.id?.includes('-'))?.id ?? '';
    }
    const { entries } = await host.entries(`after=${id}&limit=5000`);
    got.push(...entries.map(({ message }) => message));
    const logged = new Set(lines);
    expect(got.filter((message) => logged.has(message))).toEqual(lines);
    await eventually(async () => (await host.service.stats()).readers.streams === 0);
    await host.close();
  });

  it('with CORS: its headers are there, on streams too, and none of ours allows an origin', async () => {
    const host = await createLogHost(
      adapter,
      {},
      { prepare: (app) => app.enableCors({ origin: 'https://ops.example.com' }) },
    );
    for (const path of ['entries', 'stream', 'tail'])
      expect((await host.ask(path, 'HEAD')).headers['access-control-allow-origin']).toBe(
        'https://ops.example.com',
      );
    await host.close();
    const plain = await createLogHost(adapter);
    for (const path of ['entries', 'stream', 'tail'])
      expect((await plain.ask(path, 'HEAD')).headers['access-control-allow-origin']).toBeUndefined();
    await plain.close();
  });
});
