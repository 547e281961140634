import { Logger } from '@nestjs/common';
import { LOG_LEVELS, type LogRecord } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { createLogHost, messagesOf, type LogHost } from './log-host.js';

describe.each(ADAPTERS)('filters, on %s', (adapter) => {
  let host: LogHost;
  let start: string;
  beforeAll(
    async () => (host = await createLogHost(adapter, { capacity: 200_000, maxBytes: 64 * 1024 ** 2 })),
  );
  beforeEach(async () => (start = await host.now()));
  afterAll(() => host.close());

  /** The messages of what was logged in this test and passes the filter. */
  const found = async (filter: string): Promise<string[]> =>
    messagesOf(await host.entries(`after=${start}&${filter}`));

  describe('level', () => {
    beforeEach(() => {
      const logger = new Logger('Levels');
      for (const level of LOG_LEVELS) logger[level](level);
    });

    it.each([
      ['warn', ['warn']],
      ['warn,error', ['warn', 'error']],
      ['error,warn', ['warn', 'error']],
      ['>=warn', ['warn', 'error', 'fatal']],
      ['>warn', ['error', 'fatal']],
      ['>error', ['fatal']],
      ['>=verbose', [...LOG_LEVELS]],
      ['fatal,verbose,fatal', ['verbose', 'fatal']],
    ])('%s lets through exactly %j', async (level, expected) => {
      expect(await found(`level=${encodeURIComponent(level)}`)).toEqual(expected);
      if (!level.includes('>')) expect(await found(`level=${level}`)).toEqual(expected);
    });
  });

  describe('context', () => {
    beforeEach(() => {
      for (const context of ['Orders', 'OrdersService', 'Stock', 'orders']) new Logger(context).log(context);
      new Logger().log('nowhere');
    });

    it.each([
      ['Orders', ['Orders']],
      ['Orders*', ['Orders', 'OrdersService']],
      ['Orders,Stock', ['Orders', 'Stock']],
      ['Stock,OrdersS*', ['OrdersService', 'Stock']],
      ['*', ['Orders', 'OrdersService', 'Stock', 'orders']],
      ['Unknown', []],
      ['Ord.*', []],
    ])('%s finds exactly %j', async (context, expected) => {
      expect(await found(`context=${context}`)).toEqual(expected);
    });
  });

  it('search finds a part of message, context, stack or data, in any case', async () => {
    new Logger('A').log('Needle in the message');
    new Logger('NEEDLES').log('in the context');
    new Logger('A').error('in the stack', 'Error: x\n    at needle (file.js:1:1)');
    new Logger('A').log('in the data', { of: ['neEDle'] });
    new Logger('A').log('in a key', { needle: 1 });
    new Logger('A').log('nothing');
    expect(await found('search=needle')).toHaveLength(5);
    expect(await found('search=NEEDLE%20IN')).toEqual(['Needle in the message']);
  });

  it('search takes a pattern as text: no expression can make it slow', async () => {
    new Logger('A').log('a'.repeat(30_000));
    new Logger('A').log('(a+)+$ .*');
    expect(await found(`search=${encodeURIComponent('(a+)+$')}`)).toEqual(['(a+)+$ .*']);
    expect(await found(`search=${encodeURIComponent('.*')}`)).toEqual(['(a+)+$ .*']);
  });

  it.each(['requestId', 'operation', 'instance'] as const)('%s finds the exact one', async (name) => {
    const record = (value: string): LogRecord => ({ level: 'log', message: value, [name]: value });
    for (const value of ['r-1', 'r-10', 'R-1']) host.store.append(record(value));
    expect(await found(`${name}=r-1`)).toEqual(['r-1']);
  });

  it('instance finds what this process wrote', async () => {
    new Logger('A').log('mine');
    expect(await found('instance=web-1')).toEqual(['mine']);
    expect(await found('instance=web-2')).toEqual([]);
  });

  it('from and to find what was logged in between: from included, to not', async () => {
    for (const second of [10, 11, 12])
      host.store.append({ level: 'log', message: `${second}`, time: `2026-11-20T08:00:${second}.000Z` });
    expect(await found('from=2026-11-20T08:00:11Z&to=2026-11-20T08:00:13Z')).toEqual(['11', '12']);
    expect(await found('from=2026-11-20T08:00:10.001Z&to=2026-11-20T08:00:12.000Z')).toEqual(['11']);
    expect(await found('to=2026-11-20T10:00:11%2B02:00')).toEqual(['10']);
  });

  it('all must match where several are given', async () => {
    for (const [context, level, text] of [
      ['Orders', 'warn', 'low stock'],
      ['Orders', 'log', 'low stock'],
      ['Stock', 'warn', 'low stock'],
      ['Orders', 'warn', 'other'],
    ] as const)
      new Logger(context)[level](text, { which: `${context}/${level}/${text}` });
    const { entries } = await host.entries(
      `after=${start}&context=Orders&level=warn&search=low&instance=web-1`,
    );
    expect(entries.map(({ data }) => data)).toEqual([{ which: 'Orders/warn/low stock' }]);
  });

  it('moves next past what was dropped, so that nothing is looked at twice', async () => {
    const logger = new Logger('A');
    logger.log('dropped');
    logger.warn('kept');
    logger.log('dropped');
    const batch = await host.entries(`after=${start}&level=warn`);
    expect(messagesOf(batch)).toEqual(['kept']);
    expect(batch).toMatchObject({ next: await host.now(), more: false });
    expect(batch.gap).toBeUndefined();
  });

  it('answers the newest matching entries where there is no cursor', async () => {
    const logger = new Logger('Newest');
    for (let index = 0; index < 10; index++) logger[index % 2 === 0 ? 'log' : 'warn'](`${index}`);
    const newest = await host.entries('context=Newest&level=warn&limit=2');
    expect(messagesOf(newest)).toEqual(['7', '9']);
    expect(messagesOf(await host.entries(`context=Newest&level=warn&limit=2&before=${newest.prev}`))).toEqual(
      ['3', '5'],
    );
  });

  it('examines 50,000 entries at most in one read, and says where to go on', async () => {
    for (let index = 0; index < 60_000; index++) host.store.append({ level: 'log', message: 'haystack' });
    host.store.append({ level: 'fatal', message: 'the needle' });
    const first = await host.entries(`after=${start}&level=fatal`);
    expect(first).toMatchObject({ entries: [], more: true });
    expect(first.next).not.toBe(start);
    let batch = first;
    while (batch.more) batch = await host.entries(`after=${batch.next}&level=fatal`);
    expect(messagesOf(batch)).toEqual(['the needle']);
  });
});
