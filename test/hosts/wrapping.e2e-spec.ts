import {
  Catch,
  ClassSerializerInterceptor,
  HttpException,
  Injectable,
  Logger,
  ValidationPipe,
  type ArgumentsHost,
  type CallHandler,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
  type PipeTransform,
} from '@nestjs/common';
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { CacheInterceptor, CacheModule } from '@nestjs/cache-manager';
import { LogConsoleService, type LogBatch, type LogEntry } from 'nestjs-log-console';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Socket } from 'node:net';
import { map, tap, timeout, type Observable } from 'rxjs';
import { bearer, OPERATOR, VIEWER } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, eventually, logLines, type LogHost } from '../reading/log-host.js';
import { ADAPTERS, type HostOptions } from '../support/host-app.js';
import { open, request } from '../support/http-client.js';
import { describeHost } from './describe-host.js';
import { ask, consoleAt, order, startHost, type RunningHost } from './running-host.js';

const using =
  (...interceptors: NestInterceptor[]): HostOptions['prepare'] =>
  (app) =>
    app.useGlobalInterceptors(...interceptors);

const own = async ({ url, operator }: RunningHost) => request(`${url}/orders`, { headers: operator });

describeHost('a ValidationPipe that allows what it knows only', (adapter) =>
  startHost(adapter, {
    prepare: (app) =>
      app.useGlobalPipes(
        new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }),
      ),
  }),
);

/** Makes something else of whatever it is given, but for the one parameter it knows. */
const hostilePipe: PipeTransform = {
  transform: (value: unknown, { data }) => (data === 'line' ? value : 'made by the host'),
};

describeHost('a pipe that converts everything', (adapter) =>
  startHost(adapter, { prepare: (app) => app.useGlobalPipes(hostilePipe) }),
);

describeHost('a ClassSerializerInterceptor', (adapter) =>
  startHost(adapter, {
    prepare: (app) =>
      app.useGlobalInterceptors(
        new ClassSerializerInterceptor(app.get(Reflector), { strategy: 'excludeAll' }),
      ),
  }),
);

const envelope: NestInterceptor = {
  intercept: (_context, next) => next.handle().pipe(map((data: unknown) => ({ data }))),
};

describeHost(
  'an interceptor that wraps every answer',
  (adapter) => startHost(adapter, { prepare: using(envelope) }),
  (host) => {
    it('wraps its own answers only', async () => {
      expect((await own(host())).json).toMatchObject({ data: { listed: 1 } });
      expect((await ask(host(), '/api/stats')).json).toHaveProperty('held');
    });
  },
);

/** Logs every request and every emission. */
@Injectable()
class LoggingInterceptor implements NestInterceptor {
  readonly #logger = new Logger('Requests');
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    this.#logger.log(`begin ${context.getHandler().name}`);
    return next.handle().pipe(tap(() => this.#logger.log('emission')));
  }
}

describeHost(
  'an interceptor that logs every answer',
  (adapter) => startHost(adapter, { prepare: using(new LoggingInterceptor()) }),
  (host) => {
    it('does not log a line again because somebody follows it', async () => {
      const service = host().app!.get(LogConsoleService);
      const total = async (): Promise<number> => (await service.stats()).accepted.total;
      const reader = await EventReader.open(
        consoleAt(host(), '/api/stream?limit=0&context=Lines,Requests'),
        host().operator,
      );
      await reader.first('hello');
      const before = await total();
      const lines = logLines(3);
      await reader.until(() => reader.messages.length >= 3);
      await reader.first('ping');
      expect(reader.messages).toEqual(lines);
      expect(await total()).toBe(before + 3);
      reader.close();
    });
  },
);

const ending = (ms: number): HostOptions['prepare'] =>
  using({ intercept: (_context, next) => next.handle().pipe(timeout(ms)) });

describeHost('an interceptor that ends every answer after a while', (adapter) =>
  startHost(adapter, { prepare: ending(4000) }),
);

describe.each(ADAPTERS)('A host that ends every answer after a short while, on %s', (adapter) => {
  let host: LogHost;
  const headers = bearer(OPERATOR);
  const start = async (): Promise<void> => {
    host = await createLogHost(adapter, {}, { prepare: ending(150) });
  };
  /** Until it would have ended what was asked for before. */
  const aWhile = async (): Promise<void> => (await EventReader.open(host.at('stream'))).ended;
  beforeEach(start);
  afterEach(() => host.close());

  it('lets the reader of a stream resume, and it misses nothing', async () => {
    const lines: string[] = [];
    const got: string[] = [];
    let id = await host.now();
    for (let turn = 0; turn < 3; turn++) {
      const reader = await EventReader.open(host.at('stream'), { ...headers, 'last-event-id': id });
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
  });

  it('does not end a tail', async () => {
    const tail = await open(host.at('tail?context=Lines&limit=0'), { headers });
    await aWhile();
    logLines(1);
    expect(await tail.until('line 0')).toMatch(/^\S+Z {5}LOG \[Lines\] line 0\n$/);
    tail.close();
  });

  it('does not cut a download short, however slow it is taken', async () => {
    // More than a connection holds on its way.
    const lines = Array.from({ length: 3000 }, (_, index) => `line ${index} ${'x'.repeat(4000)}`);
    for (const line of lines) new Logger('Lines').log(line);
    const response = await new Promise<IncomingMessage>((resolve) =>
      get(host.at('export?context=Lines'), { agent: false, headers }, resolve),
    );
    await aWhile();
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LogEntry);
    expect(entries.map(({ message }) => message)).toEqual(lines);
  });

  it('answers a poll that waits longer than that itself', async () => {
    expect(await host.ask(`entries?wait=25&after=${await host.now()}`)).toMatchObject({
      status: 500,
      json: { statusCode: 500, message: 'Internal server error' },
    });
    await eventually(async () => (await host.service.stats()).readers.polls === 0);
  });
});

/** As where a client takes nothing: until the call of what is returned, an answer that is ended is not over. */
function holdBack(socket: Socket): () => void {
  const write = socket._write.bind(socket);
  let next = (): void => undefined;
  socket._writev = undefined;
  socket._write = (...args) => {
    next = () => write(...args);
  };
  return () => {
    socket._write = write;
    next();
  };
}

describe.each(ADAPTERS)('A host that ends an answer in the middle, on %s', (adapter) => {
  it.each(['tail', 'stream'])('goes on, and lets go of it: %s', async (path) => {
    const answers: ServerResponse[] = [];
    const host = await createLogHost(
      adapter,
      {},
      {
        prepare: (app) =>
          app.use((_request: unknown, response: ServerResponse, next: () => void) => {
            answers.push(response);
            next();
          }),
      },
    );
    const headers = bearer(OPERATOR);
    const reader = await open(host.at(path), { headers });
    const other = await open(host.at('stream'), { headers });
    logLines(1);
    for (const { until } of [reader, other]) await until('line 0');
    const letGo = holdBack(answers[0].socket!);
    answers[0].end();
    logLines(1, 'Late');
    await other.until('Late');
    letGo();
    expect(await reader.ended).not.toContain('Late');
    other.close();
    await eventually(async () => (await host.service.stats()).readers.streams === 0);
    expect((await host.ask('session')).status).toBe(200);
    await host.close();
  });
});

@Catch()
class TeapotFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    const response: unknown = host.switchToHttp().getResponse();
    const status = exception instanceof HttpException ? 418 : 500;
    const reply = response as { status(code: number): { send(body: object): void } };
    reply.status(status).send({ ours: 'a teapot' });
  }
}

describeHost(
  'a filter that rewords every error',
  (adapter) => startHost(adapter, { prepare: (app) => app.useGlobalFilters(new TeapotFilter()) }),
  (host) => {
    it('rewords its own errors only, and those of addresses that are not there', async () => {
      for (const path of ['/api/nonsense', '/nonsense']) {
        expect(await ask(host(), path)).toMatchObject({ status: 418, json: { ours: 'a teapot' } });
      }
      const url = consoleAt(host(), '/api/entries?upTo=earlier-1');
      const { status, json } = await request(url, { method: 'DELETE', headers: host().operator });
      expect({ status, json }).toMatchObject({ status: 409, json: { statusCode: 409, error: 'Conflict' } });
    });
  },
);

describeHost(
  'an interceptor that answers from a cache',
  (adapter) =>
    startHost(adapter, {
      imports: [CacheModule.register({ ttl: 60_000 })],
      providers: [{ provide: APP_INTERCEPTOR, useClass: CacheInterceptor }],
    }),
  (host) => {
    const as = async (headers: Record<string, string>, path: string) =>
      request(consoleAt(host(), path), { headers });

    it('answers its own questions from there', async () => {
      const first = await own(host());
      const second = await own(host());
      expect(second).toMatchObject({ json: first.json, headers: { 'x-cache': 'HIT' } });
    });

    it('gives nobody the answer to another', async () => {
      const names: unknown[] = [];
      for (const person of [OPERATOR, VIEWER, OPERATOR]) {
        const { json, headers } = await as(bearer(person), '/api/session');
        expect(headers['x-cache']).not.toBe('HIT');
        names.push((json as { user: { name: string } }).user.name);
      }
      expect(names).toEqual(['operator-1', 'viewer-1', 'operator-1']);
      expect((await as({}, '/api/session')).status).toBe(401);
      expect((await as(bearer(OPERATOR), '/api/export')).status).toBe(200);
      expect((await as(bearer(VIEWER), '/api/export')).status).toBe(403);
    });

    it('gives the same question a new answer, and two readers a stream each', async () => {
      const polled = async (): Promise<string | undefined> => {
        const reply = await ask(host(), '/api/entries?context=Orders&limit=1');
        return (reply.json as LogBatch).entries.at(-1)?.message;
      };
      const url = consoleAt(host(), '/api/stream?context=Orders&limit=0');
      const readers = [await EventReader.open(url), await EventReader.open(url, bearer(VIEWER))];
      for (const reader of readers) await reader.first('hello');
      for (const line of ['first', 'second']) {
        await order(host(), line);
        expect(await polled()).toBe(line);
        for (const reader of readers) await reader.until(() => reader.messages.includes(line));
      }
      for (const reader of readers) reader.close();
    });
  },
);
