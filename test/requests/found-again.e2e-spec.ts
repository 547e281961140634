import { Controller, Get, HttpCode, HttpException, Logger, Param } from '@nestjs/common';
import { type RequestSummary } from 'nestjs-log-console';
import { bearer, OPERATOR, VIEWER } from '../access/people.js';
import { eventually } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { open, request } from '../support/http-client.js';
import { createRequestHost, type RequestHost } from './request-host.js';

const logger = new Logger('Shop');
let answer = (): void => undefined;

@Controller('shop')
class ShopController {
  @Get('quiet')
  quiet(): string {
    return 'nothing is logged';
  }
  @Get('slow')
  async slow(): Promise<string> {
    logger.log('slow');
    await new Promise<void>((resolve) => (answer = resolve));
    return 'done';
  }
  @Get('of/:name')
  of(@Param('name') name: string): string {
    logger.log(`of ${name}`);
    return name;
  }
  @Get('teapot')
  @HttpCode(418)
  teapot(): never {
    logger.warn('no coffee');
    throw new HttpException('short and stout', 418);
  }
}

describe.each(ADAPTERS)('A request is found again by the id of its lines, on %s', (adapter) => {
  let host: RequestHost;
  beforeEach(async () => {
    host = await createRequestHost(adapter, {}, { controllers: [ShopController] });
  });
  afterEach(() => host.close());

  const ask = (path: string, id: string, method = 'GET') =>
    request(`${host.url}/shop/${path}`, { method, headers: { 'x-request-id': id } });
  const find = (id: string, person = OPERATOR) =>
    request(host.at(`requests/${encodeURIComponent(id)}`), { headers: bearer(person) });
  const found = async (id: string): Promise<RequestSummary> => (await find(id)).json as RequestSummary;
  const NOT_KEPT = {
    statusCode: 404,
    message: 'There is no request of this id, or it is no longer kept.',
    error: 'Not Found',
  };

  it('with method, path, status, time and duration', async () => {
    const before = Date.now();
    await ask('of/tea', 'r-1');
    await ask('teapot', 'r-2');
    expect(await found('r-1')).toEqual({
      id: 'r-1',
      method: 'GET',
      path: '/shop/of/tea',
      status: 200,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      durationMs: expect.any(Number) as number,
      instance: 'web-1',
    });
    const { startedAt, durationMs = -1 } = await found('r-1');
    expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(before);
    expect(durationMs).toBeGreaterThanOrEqual(0);
    expect(durationMs).toBeLessThanOrEqual(Date.now() - before);
    expect(await found('r-2')).toMatchObject({ path: '/shop/teapot', status: 418 });
  });

  it('by a viewer too, and by code', async () => {
    await ask('of/tea', 'r-1');
    expect((await find('r-1', VIEWER)).status).toBe(200);
    expect(host.service.request('r-1')).toEqual(await found('r-1'));
    expect(host.service.request('r-2')).toBeUndefined();
  });

  it('while it is served, without what is not known yet', async () => {
    const asked = ask('slow', 'r-1');
    await eventually(async () => (await host.messagesOf('r-1')).length > 0);
    expect(Object.keys(await found('r-1')).sort()).toEqual(['id', 'instance', 'method', 'path', 'startedAt']);
    answer();
    await asked;
    expect(await found('r-1')).toMatchObject({ status: 200 });
  });

  it('as one whose client left', async () => {
    const asked = open(`${host.url}/shop/slow`, { headers: { 'x-request-id': 'r-1' } });
    asked.catch(() => undefined);
    await eventually(async () => (await host.messagesOf('r-1')).length > 0);
    host.sockets.at(-1)?.destroy();
    await expect(asked).rejects.toThrow();
    await eventually(async () => (await found('r-1')).aborted === true);
    expect(await found('r-1')).not.toHaveProperty('status');
    expect(await found('r-1')).toHaveProperty('durationMs');
    answer();
  });

  it('without its query, without secrets, and not longer than needed', async () => {
    await ask('of/tea?token=abcdefghijklmnop&x=1', 'r-1');
    expect((await found('r-1')).path).toBe('/shop/of/tea');
    await ask('of/ghp_0123456789abcdefghijABCDEFGHIJ012345', 'r-2');
    expect((await found('r-2')).path).toMatch(/^\/shop\/of\/\[redacted:[a-z-]+\]$/);
    // Of a longer one Fastify takes no parameter.
    await request(`${host.url}/${'x/'.repeat(2000)}`, { headers: { 'x-request-id': 'r-3' } });
    expect((await find('r-3')).status).toBe(404);
    const { status } = await ask(`of/${'y'.repeat(90)}/../tea`, 'r-4');
    expect(status).toBe(404);
  });

  it('by any id it may have, however it is spelled in an address', async () => {
    for (const id of ['a/b', 'a=b+c@d:e', '..', 'x'.repeat(100)]) {
      await ask('of/tea', id);
      expect(await found(id)).toMatchObject({ id, path: '/shop/of/tea' });
    }
  });

  it('the newest, where several had one id', async () => {
    await ask('of/tea', 'r-1');
    await ask('of/coffee', 'r-1');
    expect(await found('r-1')).toMatchObject({ path: '/shop/of/coffee' });
  });

  it('not where it logged nothing, or nobody made it', async () => {
    await ask('quiet', 'r-1');
    for (const id of ['r-1', 'unknown', '__proto__', 'constructor', 'hasOwnProperty', '<script>'])
      expect(await find(id)).toMatchObject({ status: 404, json: NOT_KEPT });
  });

  it('not with parameters, and not by who is not signed in', async () => {
    const reply = await host.ask('requests/r-1?x=1');
    expect(reply).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('accepted: none') as string },
    });
    expect((await request(host.at('requests/r-1'))).status).toBe(401);
  });
});
