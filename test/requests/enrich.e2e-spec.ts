import { Controller, Get, Logger } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import { type LogConsoleOptions, type LogEntry } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { createRequestHost, type RequestHost } from './request-host.js';

const logger = new Logger('Shop');

/** What a host has of its own, as nestjs-cls does. */
const ownStorage = new AsyncLocalStorage<{ readonly id: string }>();

@Controller('shop')
class ShopController {
  @Get()
  async shop(): Promise<string> {
    logger.log('begin');
    await new Promise((resolve) => setTimeout(resolve, 1));
    logger.log('end');
    return 'done';
  }
}

describe.each(ADAPTERS)('The option enrich, on %s', (adapter) => {
  let host: RequestHost;
  const start = async (enrich: unknown, more: LogConsoleOptions = {}): Promise<void> => {
    host = await createRequestHost(
      adapter,
      { enrich: enrich as LogConsoleOptions['enrich'], ...more },
      {
        controllers: [ShopController],
        prepare: (app) =>
          app.use((_request: unknown, _response: unknown, next: () => void) =>
            ownStorage.run({ id: `cls-${++asked}` }, next),
          ),
      },
    );
  };
  let asked = 0;
  beforeEach(() => (asked = 0));
  afterEach(() => host.close());
  const ask = (id: string) => request(`${host.url}/shop`, { headers: { 'x-request-id': id } });
  const shop = async (): Promise<readonly LogEntry[]> =>
    (await host.service.read({ filter: { context: ['Shop'] } })).entries;
  const complaints = async (): Promise<string[]> =>
    (await host.service.read({ filter: { context: ['LogConsole'], level: ['error'] } })).entries.map(
      ({ message }) => message,
    );

  it('gives lines the id the host has for the request, which is found by it too', async () => {
    await start(() => ({ requestId: ownStorage.getStore()?.id }));
    await Promise.all([ask('r-1'), ask('r-2')]);
    logger.log('outside');
    expect((await host.messagesOf('cls-1')).concat(await host.messagesOf('cls-2'))).toEqual([
      'begin',
      'end',
      'begin',
      'end',
    ]);
    expect(await host.messagesOf('r-1')).toEqual([]);
    expect(await host.lineOf('outside')).not.toHaveProperty('requestId');
    expect((await host.ask('requests/cls-1')).json).toMatchObject({
      id: 'cls-1',
      path: '/shop',
      status: 200,
    });
  });

  it('adds to what is known, and replaces nothing it does not name', async () => {
    let number = 0;
    await start(() => ({ traceId: `t-${++number}`, spanId: undefined }));
    number = 0;
    await ask('r-1');
    expect(await host.linesOf('r-1')).toMatchObject([{ traceId: 't-1' }, { traceId: 't-2' }]);
    expect((await host.linesOf('r-1'))[0]).not.toHaveProperty('spanId');
  });

  it('works without ids of requests', async () => {
    await start(() => ({ requestId: ownStorage.getStore()?.id }), { requests: false });
    await ask('r-1');
    expect(await host.messagesOf('cls-1')).toEqual(['begin', 'end']);
  });

  it.each<[string, () => unknown, string | undefined]>([
    [
      'throws',
      () => {
        throw new Error('no store');
      },
      'enrich threw: [Threw: no store]',
    ],
    [
      'throws something hostile',
      () => {
        throw Object.create(null);
      },
      'enrich threw: ',
    ],
    [
      'answers a promise, even one that rejects',
      () => Promise.reject(new Error('later')),
      'enrich answered a promise; it has to answer at once.',
    ],
    ['answers nothing', () => undefined, undefined],
    ['answers something else', () => 'r-9', undefined],
    ['answers what is no id', () => ({ requestId: { a: 1 }, traceId: '', spanId: null }), undefined],
    [
      'answers with a getter that throws',
      () => ({
        get requestId() {
          throw new Error('getter');
        },
      }),
      'enrich threw: [Threw: getter]',
    ],
  ])('that %s loses no line, and is reported once', async (_what, enrich, complaint) => {
    await start(enrich);
    await ask('r-1');
    expect(await host.messagesOf('r-1')).toEqual(['begin', 'end']);
    const said = await complaints();
    expect(said).toHaveLength(complaint === undefined ? 0 : 1);
    if (complaint !== undefined) expect(said[0]).toContain(complaint);
  });

  it('that logs is not asked about its own lines, and none of them is lost', async () => {
    let calls = 0;
    await start(() => {
      calls++;
      new Logger('Inner').log('asked');
      return { traceId: 't' };
    });
    calls = 0;
    const before = (await host.service.stats()).rejected;
    await ask('r-1');
    expect(calls).toBe(2);
    expect((await host.linesOf('r-1')).map(({ message, traceId }) => [message, traceId])).toEqual([
      ['asked', undefined],
      ['begin', 't'],
      ['asked', undefined],
      ['end', 't'],
    ]);
    expect((await host.service.stats()).rejected).toBe(before);
  });

  it('cannot make an id longer than one may be', async () => {
    await start(() => ({ requestId: 'x'.repeat(100_000), traceId: 17 }));
    await ask('r-1');
    expect((await shop())[0]).toMatchObject({ requestId: 'x'.repeat(128), traceId: '17' });
  });
});
