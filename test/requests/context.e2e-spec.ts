import { Controller, Get, Inject, Logger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleModule, LogConsoleService, type ContextIds } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { createRequestHost } from './request-host.js';

const logger = new Logger('Jobs');
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 5));

describe('context(values, fn), without a server', () => {
  let app: INestApplicationContext;
  let log: LogConsoleService;
  beforeEach(async () => {
    class JobsModule {}
    app = await NestFactory.createApplicationContext({
      module: JobsModule,
      imports: [LogConsoleModule.forRoot({ forward: false })],
    });
    log = app.get(LogConsoleService);
  });
  afterEach(() => app.close());

  const lines = async (): Promise<unknown[]> =>
    (await log.read({ filter: { context: ['Jobs'] } })).entries.map(({ message, requestId, traceId }) => [
      message,
      requestId,
      traceId,
    ]);

  it('gives its ids to each line in it, and to none outside; a nested one adds and replaces', async () => {
    logger.log('before');
    await log.context({ requestId: 'job-1' }, async () => {
      logger.log('begin');
      await tick();
      log.context({ traceId: 't-1' }, () => logger.log('inner'));
      await log.context({ requestId: 'job-2', traceId: undefined }, async () => {
        await tick();
        logger.log('replaced');
      });
      logger.log('end');
    });
    logger.log('after');
    expect(await lines()).toEqual([
      ['before', undefined, undefined],
      ['begin', 'job-1', undefined],
      ['inner', 'job-1', 't-1'],
      ['replaced', 'job-2', undefined],
      ['end', 'job-1', undefined],
      ['after', undefined, undefined],
    ]);
  });

  it('answers what the function answers, and throws what it throws', async () => {
    expect(log.context({}, () => 17)).toBe(17);
    await expect(log.context({ requestId: 'a' }, () => Promise.resolve('later'))).resolves.toBe('later');
    const thrown = new Error('of the job');
    const throwing = (): never => {
      throw thrown;
    };
    expect(() => log.context({ requestId: 'a' }, throwing)).toThrow(thrown);
    await expect(log.context({ requestId: 'a' }, () => Promise.reject(thrown))).rejects.toBe(thrown);
  });

  it('keeps many at once apart', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `job-${index}`);
    await Promise.all(
      ids.map((requestId) =>
        log.context({ requestId }, async () => {
          for (let turn = 0; turn < 5; turn++) {
            logger.log(`${requestId}: ${turn}`);
            await tick();
          }
        }),
      ),
    );
    for (const requestId of ids) {
      const { entries } = await log.read({ filter: { requestId } });
      const expected = Array.from({ length: 5 }, (_, turn) => `${requestId}: ${turn}`);
      expect(entries.map(({ message }) => message)).toEqual(expected);
    }
  });

  it.each<[unknown, string]>([
    [undefined, 'context(): the values are no object.'],
    ['r-1', 'context(): the values are no object.'],
    [{ requestId: '' }, 'context(): requestId must be a text of 1 to 128 characters.'],
    [{ traceId: 'x'.repeat(129) }, 'context(): traceId must be a text of 1 to 128 characters.'],
    [{ spanId: 17 }, 'context(): spanId must be a text of 1 to 128 characters.'],
    [{ operation: 'o' }, 'context(): unknown value operation; accepted: requestId, traceId, spanId.'],
  ])('refuses %j with a message that names it, and does not begin', (values, message) => {
    let isBegun = false;
    const begin = (): void => log.context(values as ContextIds, () => void (isBegun = true));
    expect(begin).toThrow(new TypeError(message));
    expect(isBegun).toBe(false);
  });
});

describe.each(ADAPTERS)('context(values, fn), in a request on %s', (adapter) => {
  it('adds to the id of the request, and the answer has that one still', async () => {
    @Controller('shop')
    class ShopController {
      constructor(@Inject(LogConsoleService) private readonly log: LogConsoleService) {}
      @Get()
      shop(): string {
        return this.log.context({ traceId: 't-1' }, () => {
          logger.log('in both');
          return 'done';
        });
      }
    }
    const host = await createRequestHost(adapter, {}, { controllers: [ShopController] });
    const reply = await request(`${host.url}/shop`, { headers: { 'x-request-id': 'r-1' } });
    expect(reply).toMatchObject({ text: 'done', headers: { 'x-request-id': 'r-1' } });
    expect(await host.linesOf('r-1')).toMatchObject([{ message: 'in both', traceId: 't-1' }]);
    await host.close();
  });
});
