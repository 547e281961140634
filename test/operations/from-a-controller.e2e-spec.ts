import { jest } from '@jest/globals';
import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Logger,
  Param,
  Post,
  Query,
  Res,
  StreamableFile,
  type INestApplication,
  type NestInterceptor,
} from '@nestjs/common';
import compression from 'compression';
import fastifyCompress from '@fastify/compress';
import { LogConsoleService, type TailOptions } from 'nestjs-log-console';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { map, timeout } from 'rxjs';
import { bearer, OPERATOR } from '../access/people.js';
import { createLogHost, eventually, type LogHost, type LogHostOptions } from '../reading/log-host.js';
import { ADAPTERS, type Adapter } from '../support/host-app.js';
import { open, request, type OpenReply } from '../support/http-client.js';
import { linesOf, readersOf } from './operation-in-hand.js';

// Some of them move tens of megabytes.
jest.setTimeout(20_000);

/** An application's own way to its imports. */
@Controller('imports')
class ImportsController {
  readonly #logger = new Logger('Imports');
  step: (line?: string) => void = () => undefined;

  constructor(@Inject(LogConsoleService) private readonly logConsole: LogConsoleService) {}

  #import() {
    return this.logConsole.start('Import', { by: 'somebody' }, async () => {
      for (;;) {
        const line = await new Promise<string | undefined>((resolve) => (this.step = resolve));
        if (line === undefined) return;
        this.#logger.log(line);
      }
    });
  }

  @Post()
  @HttpCode(202)
  start(@Res({ passthrough: true }) response: { header(name: string, value: string): unknown }): {
    id: string;
  } {
    const { id } = this.#import();
    response.header('Location', `/log-console/api/operations/${id}`);
    return { id };
  }

  @Post('live')
  @HttpCode(200)
  live(): StreamableFile {
    return this.logConsole.tail(this.#import());
  }

  @Get(':id/live')
  watch(@Param('id') id: string, @Query() options: TailOptions): StreamableFile {
    return this.logConsole.tail({ id }, options);
  }

  /** For a host that makes something else of whatever a handler returns. */
  @Get(':id/raw')
  raw(
    @Param('id') id: string,
    @Res() response: ServerResponse | { hijack(): void; raw: ServerResponse },
  ): void {
    const text = this.logConsole.tail({ id }).getStream();
    if ('hijack' in response) response.hijack();
    text.pipe('raw' in response ? response.raw : response);
  }
}

const outcome = (text: string): string =>
  linesOf(text)
    .at(-1)
    ?.replace(/\d+\.\d s/, '… s') ?? '';

describe.each(ADAPTERS)("An application's own handlers, on %s", (adapter) => {
  let host: LogHost;
  let imports: ImportsController;
  const opened: { close(): void }[] = [];
  const start = async (options: LogHostOptions = {}): Promise<void> => {
    host = await createLogHost(adapter, {}, { controllers: [ImportsController], ...options });
    imports = host.app.get(ImportsController);
  };
  afterEach(async () => {
    for (const one of opened.splice(0)) one.close();
    await host.close();
  });

  const log = (...lines: string[]): Promise<void> =>
    lines.reduce(async (before, line) => {
      await before;
      imports.step(line);
      await new Promise((resolve) => setImmediate(resolve));
    }, Promise.resolve());
  const finish = (): void => imports.step();
  const ask = async (
    path: string,
    method = 'GET',
    headers: Record<string, string> = {},
  ): Promise<OpenReply> => {
    const reply = await open(`${host.url}/imports${path}`, { method, headers });
    opened.push(reply);
    return reply;
  };
  const startOne = async (): Promise<string> =>
    ((await request(`${host.url}/imports`, { method: 'POST' })).json as { id: string }).id;

  it('start one and answer 202 with where it is to be followed', async () => {
    await start();
    const { status, headers, json } = await request(`${host.url}/imports`, { method: 'POST' });
    expect(status).toBe(202);
    const at = `${host.url}${headers.location}`;
    const asOperator = { headers: bearer(OPERATOR) };
    expect((await request(at, asOperator)).json).toMatchObject({
      ...(json as object),
      state: 'running',
      by: 'somebody',
    });
    const tail = await open(`${at}/tail`, asOperator);
    await log('one');
    finish();
    expect(outcome(await tail.ended)).toBe('=== ok in … s, 1 line ===');
    expect((await request(at, asOperator)).json).toMatchObject({ state: 'ok' });
  });

  it('answer with its live text: the head at once, each line as it comes, and its end', async () => {
    await start();
    const text = await ask('/live', 'POST');
    expect(text).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
        'transfer-encoding': 'chunked',
      },
    });
    for (const line of ['one', 'two']) {
      await log(line);
      await text.until(`${line}\n`);
    }
    finish();
    expect(linesOf(await text.ended).slice(0, -1)).toEqual(['one', 'two']);
    expect(outcome(await text.ended)).toBe('=== ok in … s, 2 lines ===');
    await readersOf(host, 0);
  });

  it('answer with a page that grows, with its own policy', async () => {
    await start({
      prepare: (app) =>
        app.use((_request: unknown, response: ServerResponse, next: () => void) => {
          response.setHeader('Content-Security-Policy', "script-src 'self'");
          next();
        }),
    });
    const id = await startOne();
    const page = await ask(`/${id}/live?format=html`);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-.*; sandbox$/,
    );
    await page.until('<main>');
    await log('<b>one');
    await page.until('[Imports] &#60;b&#62;one</p>');
    finish();
    expect(await page.ended).toMatch(/<p class="ok">=== ok in .* ===<\/p>\n<\/main>\n<\/body>\n<\/html>\n$/);
  });

  it('keep colours where they are asked to', async () => {
    await start();
    const id = await startOne();
    await log('\x1b[31mred\x1b[0m\x1b[2J');
    finish();
    expect(await (await ask(`/${id}/live?ansi=sgr`)).ended).toContain('\x1b[31mred\x1b[0m\\x1b[2J');
    expect(await (await ask(`/${id}/live`)).ended).toContain(String.raw`\x1b[31mred\x1b[0m\x1b[2J`);
  });

  it('answer several viewers, who join late or come afterwards, with the same', async () => {
    await start();
    const first = await ask('/live', 'POST');
    await log('one');
    await first.until('one\n');
    const [{ id }] = host.service.operations();
    const late = [await ask(`/${id}/live`), await ask(`/${id}/live`)];
    await log('two');
    finish();
    const whole = await first.ended;
    expect(linesOf(whole)).toHaveLength(3);
    for (const viewer of [...late, await ask(`/${id}/live`)]) expect(await viewer.ended).toBe(whole);
  });

  it('go on when the viewer leaves', async () => {
    await start();
    const viewer = await ask('/live', 'POST');
    await log('one');
    await viewer.until('one\n');
    await readersOf(host, 1);
    viewer.close();
    await readersOf(host, 0);
    await log('two');
    finish();
    await eventually(() => host.service.operations()[0].state === 'ok');
    expect(host.service.operations()[0].lines.total).toBe(2);
  });

  it('take no slot of the console, however many there are', async () => {
    await start();
    const id = await startOne();
    for (let viewer = 0; viewer < 15; viewer++) await ask(`/${id}/live`);
    await readersOf(host, 15);
    expect((await host.ask('tail', 'HEAD')).status).toBe(200);
    const console = await open(host.at('stream'), { headers: bearer(OPERATOR) });
    expect(console.status).toBe(200);
    console.close();
    finish();
  });

  it('answer 404 for one that nobody knows', async () => {
    await start();
    for (const id of ['none', '__proto__'])
      expect(await request(`${host.url}/imports/${id}/live`)).toMatchObject({
        status: 404,
        json: { message: 'There is no operation of this id, or it is no longer kept.' },
      });
  });

  it('hold no memory for a viewer who takes nothing, and leave nobody else waiting', async () => {
    await start();
    const id = await startOne();
    const [slow, healthy] = [
      await viewerWhoTakesNothing(`${host.url}/imports/${id}/live`),
      await ask(`/${id}/live`),
    ];
    const line = 'x'.repeat(100_000);
    for (let index = 0; index < 120; index++) await log(`${index} ${line}`);
    finish();
    expect(outcome(await healthy.ended)).toBe('=== ok in … s, 120 lines ===');
    await readersOf(host, 1);
    let text = '';
    for await (const chunk of slow) text += String(chunk);
    expect(linesOf(text)).toHaveLength(121);
  });

  it('are told at a shutdown that it was abandoned, and do not hold it up, whether they take it or not', async () => {
    await start();
    const id = await startOne();
    const viewers = [await ask(`/${id}/live`), await ask(`/${id}/live`)];
    for (let index = 0; index < 100; index++) await log(`${index} ${'x'.repeat(100_000)}`);
    const slow = await viewerWhoTakesNothing(`${host.url}/imports/${id}/live`);
    await readersOf(host, 3);
    const before = performance.now();
    await host.app.close();
    expect(performance.now() - before).toBeLessThan(1000);
    for (const viewer of viewers)
      expect(outcome(await viewer.ended)).toBe('=== abandoned after … s, 100 lines ===');
    slow.on('error', () => undefined).destroy();
  });

  describe('behind what hosts have', () => {
    it('an interceptor that gives up on slow answers: it does not cut the text', async () => {
      await start({ prepare: using({ intercept: (_context, next) => next.handle().pipe(timeout(100)) }) });
      const text = await ask('/live', 'POST');
      const ended = await open(host.at('stream'), { headers: bearer(OPERATOR) });
      await ended.ended;
      await log('after the time limit');
      finish();
      expect(linesOf(await text.ended)).toEqual(['after the time limit', expect.stringMatching(/^=== ok/)]);
    });

    it('an interceptor that wraps what is not a stream, as interceptors for files have to', async () => {
      const envelope: NestInterceptor = {
        intercept: (_context, next) =>
          next.handle().pipe(map((data: unknown) => (data instanceof StreamableFile ? data : { data }))),
      };
      await start({ prepare: using(envelope) });
      const wrapped = await request(`${host.url}/imports`, { method: 'POST' });
      const { id } = (wrapped.json as { data: { id: string } }).data;
      const text = await ask(`/${id}/live`);
      await log('one');
      finish();
      expect(linesOf(await text.ended)).toEqual(['one', expect.stringMatching(/^=== ok/)]);
    });

    it('an interceptor that wraps everything: the handler writes the text itself', async () => {
      const envelope: NestInterceptor = {
        intercept: (_context, next) => next.handle().pipe(map((data: unknown) => ({ data }))),
      };
      await start({ prepare: using(envelope) });
      const wrapped = await request(`${host.url}/imports`, { method: 'POST' });
      const { id } = (wrapped.json as { data: { id: string } }).data;
      const text = await ask(`/${id}/raw`);
      expect(text).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } });
      await log('one');
      await text.until('one\n');
      finish();
      expect(outcome(await text.ended)).toBe('=== ok in … s, 1 line ===');
      await readersOf(host, 0);
    });

    it('compression: it is not packed, and each line comes at once', async () => {
      await start({ prepare: (app) => compress(app, adapter) });
      const id = await startOne();
      // @fastify/compress packs every stream that a handler returns, and keeps it back.
      const path = adapter === 'fastify' ? 'raw' : 'live';
      const text = await ask(`/${id}/${path}`, 'GET', { 'accept-encoding': 'gzip' });
      expect(text.headers['content-encoding']).toBeUndefined();
      for (const line of ['one', 'two']) {
        await log(line);
        await text.until(`${line}\n`);
      }
      finish();
      expect(outcome(await text.ended)).toBe('=== ok in … s, 2 lines ===');
    });
  });
});

const using =
  (interceptor: NestInterceptor): LogHostOptions['prepare'] =>
  (app) =>
    app.useGlobalInterceptors(interceptor);

async function compress(app: INestApplication, adapter: Adapter): Promise<void> {
  if (adapter === 'express') app.use(compression({ threshold: 0 }));
  else
    await (app as unknown as { register(plugin: unknown, options: object): Promise<void> }).register(
      fastifyCompress,
      { threshold: 0 },
    );
}

function respond(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, headers }, resolve).on('error', reject);
  });
}

async function viewerWhoTakesNothing(url: string): Promise<IncomingMessage> {
  return (await respond(url)).pause();
}
