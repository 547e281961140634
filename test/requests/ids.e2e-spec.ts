import { Controller, Get, Logger, Post, Res, VersioningType, type INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { LogConsoleModule, LogConsoleService } from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { askRaw } from '../security/raw.js';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { open, request } from '../support/http-client.js';
import { createRequestHost, MADE, type RequestHost } from './request-host.js';

const logger = new Logger('Shop');

@Controller({ path: 'shop', version: '2' })
class ShopController {
  @Get()
  shop(): string {
    logger.log('shop');
    return 'open';
  }
  @Get('own')
  own(@Res({ passthrough: true }) response: { header(name: string, value: string): void }): string {
    logger.log('own');
    response.header('x-request-id', 'of-the-host');
    return 'open';
  }
  @Post()
  order(): string {
    return 'ordered';
  }
}

/** Nobody may be given these as an id, and nobody is told them. */
const HOSTILE: readonly [string, string][] = [
  ['a tab', 'a\tb'],
  ['a space', 'a b'],
  ['nothing', ''],
  ['10 kB', 'x'.repeat(10_000)],
  ['one character too many', 'x'.repeat(129)],
  ['a script', '<script>alert(1)</script>'],
  ['quotes', '"id"'],
  ['a comma', 'a,b'],
  ['bytes that are no ASCII', 'caf\u00e9'],
  ['a null', '%00\u0080'],
  ['a semicolon', 'id;x=1'],
];
const VALID = ['a', 'x'.repeat(128), '7f3e-41', 'Root=1-67891233:abc', 'a/b+c@d_e.f', '0'];

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const PARENTS: readonly [what: string, header: string, isValid: boolean][] = [
  ['valid', `00-${TRACE}-${SPAN}-01`, true],
  ['of a later version', `cc-${TRACE}-${SPAN}-01`, true],
  ['of a later version, with more', `cc-${TRACE}-${SPAN}-01-what-comes`, true],
  ['of version 00 with more', `00-${TRACE}-${SPAN}-01-more`, false],
  ['of version ff', `ff-${TRACE}-${SPAN}-01`, false],
  ['with a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`, false],
  ['with a span of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`, false],
  ['in capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`, false],
  ['too short', `00-${TRACE.slice(1)}-${SPAN}-01`, false],
  ['without flags', `00-${TRACE}-${SPAN}`, false],
  ['of something else', 'hello', false],
  ['of 10 kB', `cc-${TRACE}-${SPAN}-01-${'x'.repeat(10_000)}`, false],
];

describe.each(ADAPTERS)('The id of a request, on %s', (adapter) => {
  let host: RequestHost;
  const start = async (
    ...[options, hostOptions]: Parameters<typeof createRequestHost> extends [unknown, ...infer R] ? R : never
  ) => {
    host = await createRequestHost(adapter, options, { controllers: [ShopController], ...hostOptions });
  };
  afterEach(() => host.close());
  const ask = (path: string, headers: Record<string, string | string[]> = {}, method = 'GET') =>
    request(host.url + path, { headers, method });

  it('is the one the client brings, where it is one', async () => {
    await start();
    for (const id of VALID) {
      const { headers } = await ask('/shop', { 'x-request-id': id });
      expect(headers['x-request-id']).toBe(id);
      expect(await host.messagesOf(id)).toEqual(['shop']);
    }
  });

  it('is made where the client brings none that is one, and that is never echoed', async () => {
    await start();
    for (const [what, hostile] of HOSTILE) {
      const reply = await ask('/shop', { 'x-request-id': hostile });
      const id = reply.headers['x-request-id'];
      expect([what, reply.status, id]).toEqual([what, 200, expect.stringMatching(MADE)]);
      if (hostile !== '') expect(JSON.stringify(reply.headers) + reply.text).not.toContain(hostile);
      expect(await host.messagesOf(id)).toEqual(['shop']);
    }
  });

  it('is made where the client brings several, or a line break in one', async () => {
    await start();
    const twice = await ask('/shop', { 'x-request-id': ['a', 'b'] });
    expect(twice.headers['x-request-id']).toMatch(MADE);
    const folded = await askRaw(host.url, 'GET', '/shop', 'X-Request-Id: a\r\n Set-Cookie: stolen=1\r\n');
    expect(folded).not.toContain('stolen');
  });

  it('is another one for each request that brings none', async () => {
    await start();
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => (await ask('/shop')).headers['x-request-id']),
    );
    expect(new Set(ids).size).toBe(20);
  });

  it('comes back with every answer: found or not, wrong or refused, without a body, of the console too', async () => {
    await start({}, { create: { cors: true } });
    const operator = bearer(OPERATOR);
    for (const [status, method, path, more] of [
      [200, 'GET', '/shop', {}],
      [200, 'HEAD', '/shop', {}],
      [204, 'OPTIONS', '/shop', { origin: 'http://elsewhere', 'access-control-request-method': 'POST' }],
      [404, 'GET', '/nowhere', {}],
      [404, 'DELETE', '/nowhere/at/all', {}],
      [401, 'GET', '/log-console/api/entries', {}],
      [400, 'GET', '/log-console/api/entries?limit=x', operator],
      [200, 'GET', '/log-console/api/entries', operator],
      [200, 'GET', '/log-console/api/tail?follow=false', operator],
      [200, 'GET', '/log-console/api/export', operator],
      [200, 'GET', '/log-console', {}],
    ] as const) {
      const reply = await ask(path, { ...more, 'x-request-id': 'known' }, method);
      expect([method, path, reply.status, reply.headers['x-request-id']]).toEqual([
        method,
        path,
        status,
        'known',
      ]);
    }
    const broken = await request(`${host.url}/shop`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'broken' },
      body: '{"a":',
    });
    expect(broken).toMatchObject({ status: 400, headers: { 'x-request-id': 'broken' } });
    const tail = await open(host.at('tail'), { headers: { ...operator, 'x-request-id': 'live' } });
    expect(tail.headers['x-request-id']).toBe('live');
    tail.close();
    const stream = await EventReader.open(host.at('stream'), { ...operator, 'x-request-id': 'live' });
    expect(stream.response.headers['x-request-id']).toBe('live');
    stream.close();
  });

  it('of a handler that sets one itself wins', async () => {
    await start();
    const { headers } = await ask('/shop/own', { 'x-request-id': 'brought' });
    expect(headers['x-request-id']).toBe('of-the-host');
  });

  it('comes in another header, if the option says so, and in no other', async () => {
    await start({ requests: { header: 'X-Correlation-ID' } });
    const { headers } = await ask('/shop', { 'x-correlation-id': 'c-1', 'x-request-id': 'r-1' });
    expect(headers['x-correlation-id']).toBe('c-1');
    expect(headers).not.toHaveProperty('x-request-id');
    expect(await host.messagesOf('c-1')).toEqual(['shop']);
  });

  it('is not there with requests: false, and neither is a trace', async () => {
    await start({ requests: false });
    const { headers } = await ask('/shop', { 'x-request-id': 'r-1', traceparent: PARENTS[0][1] });
    expect(headers).not.toHaveProperty('x-request-id');
    expect(Object.keys((await host.lineOf('shop')) ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/requestId|traceId|spanId/)]),
    );
    expect(await host.lineOf('shop')).toBeDefined();
  });

  it('holds with a global prefix and with versions in the address', async () => {
    await start(
      {},
      {
        prepare: (app) => {
          app.setGlobalPrefix('api/shop-1');
          app.enableVersioning({ type: VersioningType.URI });
        },
      },
    );
    const { headers, status } = await ask('/api/shop-1/v2/shop', { 'x-request-id': 'r-1' });
    expect({ status, id: headers['x-request-id'] }).toEqual({ status: 200, id: 'r-1' });
    expect(await host.messagesOf('r-1')).toEqual(['shop']);
  });

  it('stands beside the trace of a traceparent, where that is valid', async () => {
    await start();
    for (const [what, traceparent, isValid] of PARENTS) {
      await ask('/shop', { 'x-request-id': what.replaceAll(/[ ,]/g, '-'), traceparent });
      const [{ traceId, spanId }] = await host.linesOf(what.replaceAll(/[ ,]/g, '-'));
      const expected = isValid ? [TRACE, SPAN] : [undefined, undefined];
      expect([what, traceId, spanId]).toEqual([what, ...expected]);
    }
  });

  it('is in lines of a middleware of the host, wherever it stands', async () => {
    await start(
      {},
      {
        prepare: (app) =>
          app.use((_request: unknown, _response: unknown, next: () => void) => {
            logger.log('of app.use');
            next();
          }),
      },
    );
    await ask('/shop', { 'x-request-id': 'r-1' });
    expect(await host.messagesOf('r-1')).toEqual(['of app.use', 'shop']);
  });
});

describe.each(ADAPTERS)('In a test of the host, on %s', (adapter) => {
  let app: INestApplication;
  afterEach(() => app.close());

  it('lines have the id of their request, those of middleware too', async () => {
    const module = await Test.createTestingModule({
      imports: [LogConsoleModule.forRoot({ forward: false, access: { tokens: PEOPLE } })],
      controllers: [ShopController],
    }).compile();
    app = module.createNestApplication(adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter());
    app.use((_request: unknown, _response: unknown, next: () => void) => {
      logger.log('of app.use');
      next();
    });
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as Server).address() as { port: number };
    const reply = await request(`http://127.0.0.1:${port}/shop`, { headers: { 'x-request-id': 'r-1' } });
    expect(reply).toMatchObject({ status: 200, headers: { 'x-request-id': 'r-1' } });
    const { entries } = await app.get(LogConsoleService).read({ filter: { requestId: 'r-1' } });
    expect(entries.map(({ message }) => message)).toEqual(['of app.use', 'shop']);
  });
});

describe.each(ADAPTERS)('By a server that is not the one of Nest, on %s', (adapter) => {
  it('requests have ids, and so have the lines of middleware', async () => {
    const { app, close } = await createHost(adapter, {
      options: { access: { tokens: PEOPLE } },
      controllers: [ShopController],
      prepare: (host) =>
        host.use((_request: unknown, _response: unknown, next: () => void) => {
          logger.log('of app.use');
          next();
        }),
    });
    const instance: unknown = app.getHttpAdapter().getInstance();
    const { routing } = instance as { routing: RequestListener };
    const server = createServer(adapter === 'express' ? (instance as RequestListener) : routing);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as { port: number };
    const reply = await request(`http://127.0.0.1:${port}/shop`, { headers: { 'x-request-id': 'r-1' } });
    expect(reply).toMatchObject({ status: 200, headers: { 'x-request-id': 'r-1' } });
    const { entries } = await app.get(LogConsoleService).read({ filter: { requestId: 'r-1' } });
    expect(entries.map(({ message }) => message)).toEqual(['of app.use', 'shop']);
    server.close();
    await close();
  });
});

describe.each(ADAPTERS)('Several applications in one process, on %s', (adapter) => {
  const hosts: Host[] = [];
  afterEach(() => Promise.all(hosts.splice(0).map((host) => host.close())));

  it('a request that one makes of the other is one of its own, and each console has both', async () => {
    @Controller('asks')
    class AskingController {
      @Get()
      async ask(): Promise<string> {
        logger.log('asking');
        await request(`${hosts[1].url}/shop`, { headers: { 'x-request-id': 'inner' } });
        logger.log('asked');
        return 'done';
      }
    }
    for (const controllers of [[AskingController], [ShopController]])
      hosts.push(await createHost(adapter, { options: { access: { tokens: PEOPLE } }, controllers }));
    await request(`${hosts[0].url}/asks`, { headers: { 'x-request-id': 'outer' } });
    for (const { app } of hosts) {
      const { entries } = await app.get(LogConsoleService).read({ filter: { context: ['Shop'] } });
      expect(entries.map(({ message, requestId }) => [message, requestId])).toEqual([
        ['asking', 'outer'],
        ['shop', 'inner'],
        ['asked', 'outer'],
      ]);
    }
    for (const { app } of hosts)
      expect(app.get(LogConsoleService).request('outer')).toMatchObject({ path: '/asks', status: 200 });
  });

  it('one that was started in a request of the other has requests of its own', async () => {
    @Controller('starts')
    class StartingController {
      @Get()
      async start(): Promise<string> {
        hosts.push(
          await createHost(adapter, {
            options: { access: { tokens: PEOPLE } },
            controllers: [ShopController],
          }),
        );
        return 'started';
      }
    }
    hosts.push(
      await createHost(adapter, {
        options: { access: { tokens: PEOPLE } },
        controllers: [StartingController],
      }),
    );
    const traceparent = PARENTS[0][1];
    await request(`${hosts[0].url}/starts`, { headers: { 'x-request-id': 'outer', traceparent } });
    const { headers } = await request(`${hosts[1].url}/shop`, { headers: { 'x-request-id': 'inner' } });
    expect(headers['x-request-id']).toBe('inner');
    const { entries } = await hosts[1].app.get(LogConsoleService).read({ filter: { context: ['Shop'] } });
    expect(entries).toMatchObject([{ message: 'shop', requestId: 'inner' }]);
    expect(entries[0]).not.toHaveProperty('traceId');
  });

  it('two consoles in one application agree about the id', async () => {
    const consoles = ['first', 'second'].map((path) =>
      LogConsoleModule.forRoot({ path, forward: false, access: { tokens: PEOPLE } }),
    );
    hosts.push(
      await createHost(adapter, {
        console: consoles[0],
        imports: [consoles[1]],
        controllers: [ShopController],
      }),
    );
    const reply = await request(`${hosts[0].url}/shop`);
    const id = String(reply.headers['x-request-id']);
    for (const path of ['first', 'second']) {
      const { json } = await request(`${hosts[0].url}/${path}/api/entries?requestId=${id}`, {
        headers: bearer(OPERATOR),
      });
      expect(json).toMatchObject({ entries: [{ message: 'shop' }] });
    }
  });
});
