import {
  Body,
  Catch,
  Controller,
  Get,
  Injectable,
  Logger,
  Param,
  Post,
  Req,
  Res,
  UploadedFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type MiddlewareConsumer,
  type NestInterceptor,
  type NestMiddleware,
  type NestModule,
  type PipeTransform,
  Module,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { EventEmitter, once } from 'node:events';
import { Agent, get, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { tap } from 'rxjs';
import { eventually } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { createRequestHost, MADE, type RequestHost } from './request-host.js';

type HostRequest = IncomingMessage & { readonly raw?: IncomingMessage };
type HostReply = ServerResponse & { readonly raw?: ServerResponse };
const AT_ONCE = 200;
const logger = new Logger('Work');
const log = (message: string): void => logger.log(message);

/** Each kind of waiting there is, with a line after each of them. */
async function numberedLines(of: string): Promise<void> {
  let number = 0;
  const line = (): void => log(`${of}: ${number++}`);
  line();
  await sleep(Math.random() * 20);
  line();
  await new Promise<void>((resolve) => setImmediate(resolve)).then(line);
  await new Promise<void>((resolve) => process.nextTick(resolve));
  line();
  queueMicrotask(line);
  await Promise.resolve();
  const emitter = new EventEmitter();
  emitter.on('done', line);
  setTimeout(() => emitter.emit('done'), Math.random() * 20);
  await once(emitter, 'done');
  await Promise.all([sleep(Math.random() * 10).then(line), Promise.resolve().then(line)]);
  line();
}
const NUMBERED = 9;

@Controller('work')
class WorkController {
  @Get('background/:of')
  background(@Param('of') of: string): string {
    setTimeout(() => log(`${of}: after the answer`), 20);
    return of;
  }

  @Get('never')
  never(@Req() request: HostRequest, @Res() response: HostReply): void {
    log('waits');
    (request.raw ?? request).on('close', () => log('request closed'));
    (response.raw ?? response).on('close', () => log('response closed'));
  }

  @Get(':of')
  async work(@Param('of') of: string): Promise<string> {
    await numberedLines(of);
    return of;
  }

  @Post('json')
  json(@Body() body: { readonly line: string }): string {
    log(body.line);
    return 'done';
  }

  @Post('file')
  @UseInterceptors(FileInterceptor('file'))
  file(@UploadedFile() file: { readonly buffer: Buffer }): string {
    log(`file of ${file.buffer.length}`);
    return 'done';
  }
}

@Injectable()
class LoggingGuard implements CanActivate {
  async canActivate(): Promise<boolean> {
    log('guard');
    await sleep(1);
    return true;
  }
}
@Injectable()
class LoggingInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    log('interceptor before');
    return next.handle().pipe(tap({ error: () => log('interceptor after') }));
  }
}
@Injectable()
class LoggingPipe implements PipeTransform {
  transform(value: unknown): unknown {
    log('pipe');
    return value;
  }
}
@Catch()
class LoggingFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost): void {
    log('filter');
    const response = host.switchToHttp().getResponse<{ send(body: string): void }>();
    response.send('filtered');
  }
}
@Injectable()
class LoggingMiddleware implements NestMiddleware {
  use(_request: IncomingMessage, response: ServerResponse, next: () => void): void {
    log('middleware');
    response.on('finish', () => log('finish'));
    response.on('close', () => setImmediate(() => log('close')));
    next();
  }
}
@Controller()
@UseGuards(LoggingGuard)
@UseInterceptors(LoggingInterceptor)
@UsePipes(LoggingPipe)
class LayersController {
  @Get('layers/:of')
  @UseFilters(LoggingFilter)
  layers(@Param('of') _of: string): never {
    log('handler');
    throw new Error('layers');
  }
}
@Controller('broken')
class BrokenController {
  @Get()
  broken(): never {
    throw new Error('broken');
  }
}
@Module({ controllers: [LayersController] })
class LayersModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(LoggingMiddleware).forRoutes(LayersController);
  }
}

describe.each(ADAPTERS)('The lines of a request, on %s', (adapter) => {
  let host: RequestHost;
  beforeEach(async () => {
    host = await createRequestHost(
      adapter,
      {},
      {
        controllers: [WorkController, BrokenController],
        imports: [LayersModule],
        prepare: (app) =>
          app.use((request: IncomingMessage, _response: unknown, next: () => void) => {
            if (request.headers['x-in-pieces'] !== undefined) {
              log('begun');
              request.on('end', () => log('read'));
            }
            next();
          }),
      },
    );
  });
  afterEach(() => host.close());

  const ask = (path: string, id: string, options: Parameters<typeof request>[1] = {}) =>
    request(`${host.url}/${path}`, {
      ...options,
      headers: { 'x-request-id': id, ...options.headers },
    });

  it('are its own, of 200 at once on kept connections, however each of them waits', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 40 });
    const ids = await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, index) => {
        const [response] = (await once(get(`${host.url}/work/r${index}`, { agent }), 'response')) as [
          IncomingMessage,
        ];
        await once(response.resume(), 'end');
        return response.headers['x-request-id'];
      }),
    );
    agent.destroy();
    expect(new Set(ids).size).toBe(AT_ONCE);
    expect(host.sockets.length).toBeLessThanOrEqual(40);
    for (const [index, id] of ids.entries()) {
      expect(id).toMatch(MADE);
      const expected = Array.from({ length: NUMBERED }, (_, number) => `r${index}: ${number}`);
      expect((await host.messagesOf(id)).toSorted()).toEqual(expected);
    }
  });

  it('are its own also after the answer', async () => {
    await ask('work/background/a', 'late');
    await eventually(async () => (await host.messagesOf('late')).length > 0);
    expect(await host.messagesOf('late')).toEqual(['a: after the answer']);
  });

  it('come from middleware, guard, interceptor, pipe, handler, filter, and when the response is over', async () => {
    expect((await ask('layers/x', 'layers')).text).toBe('filtered');
    await eventually(async () => (await host.messagesOf('layers')).includes('close'));
    expect(await host.messagesOf('layers')).toEqual([
      'middleware',
      'guard',
      'interceptor before',
      'pipe',
      'handler',
      'interceptor after',
      'filter',
      'finish',
      'close',
    ]);
  });

  it('come from listeners of the request and of the response, however these end', async () => {
    const asked = once(
      get(`${host.url}/work/never`, { agent: false, headers: { 'x-request-id': 'left' } }),
      'error',
    );
    await eventually(async () => (await host.messagesOf('left')).length > 0);
    host.sockets.at(-1)?.destroy();
    await asked;
    await eventually(async () => (await host.messagesOf('left')).includes('response closed'));
    expect((await host.messagesOf('left')).toSorted()).toEqual([
      'request closed',
      'response closed',
      'waits',
    ]);
  });

  it("include Nest's own about an error nobody caught", async () => {
    const reply = await ask('broken', 'broken');
    expect(reply).toMatchObject({ status: 500, headers: { 'x-request-id': 'broken' } });
    expect(await host.linesOf('broken')).toMatchObject([
      { level: 'error', context: 'ExceptionsHandler', message: 'Error: broken' },
    ]);
  });

  /** Sends the pieces one by one; the first when the request is being served. */
  async function sendPieces(
    path: string,
    id: string,
    type: string,
    pieces: readonly string[],
  ): Promise<number> {
    const sent = httpRequest(`${host.url}/${path}`, {
      method: 'POST',
      agent: false,
      headers: {
        'x-request-id': id,
        'x-in-pieces': '1',
        'content-type': type,
        'content-length': pieces.join('').length,
      },
    });
    const answered = once(sent, 'response');
    sent.flushHeaders();
    await eventually(async () => (await host.messagesOf(id)).includes('begun'));
    for (const piece of pieces) {
      sent.write(piece);
      await sleep(5);
    }
    sent.end();
    const [response] = (await answered) as [IncomingMessage];
    await once(response.resume(), 'end');
    return response.statusCode ?? 0;
  }

  it('are found behind a JSON body that comes in pieces', async () => {
    expect(
      await sendPieces('work/json', 'json', 'application/json', ['{"line"', ':"from a', ' body"}']),
    ).toBe(201);
    expect(await host.messagesOf('json')).toEqual(['begun', 'read', 'from a body']);
  });

  if (adapter === 'express') {
    it('are found behind a file that is uploaded', async () => {
      const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
      const pieces = [head, 'y'.repeat(100_000), 'z'.repeat(100_000), '\r\n--b--\r\n'];
      expect(await sendPieces('work/file', 'file', 'multipart/form-data; boundary=b', pieces)).toBe(201);
      expect(await host.messagesOf('file')).toEqual(['begun', 'read', 'file of 200000']);
    });
  }

  it('outside of all requests belong to none', async () => {
    await ask('work/a', 'inside');
    log('outside');
    const line = await host.lineOf('outside');
    expect(Object.keys(line ?? {}).sort()).toEqual(['context', 'id', 'instance', 'level', 'message', 'time']);
  });

  it('carry the id in every form they are read in, and are found by it', async () => {
    await ask('work/json', 'a/b=c', { method: 'POST', body: { line: 'here' } });
    log('elsewhere');
    const query = 'requestId=a%2Fb%3Dc';
    const { entries } = await host.entries(query);
    expect(entries).toMatchObject([{ message: 'here', requestId: 'a/b=c' }]);
    expect((await host.ask(`export?format=csv&${query}`)).text).toContain(',a/b=c,');
    expect((await host.ask(`tail?follow=false&${query}`)).text).toMatch(/^\S+Z {5}LOG \[Work\] here\n$/);
  });
});
