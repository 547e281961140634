import { Controller, Get, Logger } from '@nestjs/common';
import { LogConsoleService } from 'nestjs-log-console';
import { bearer, OPERATOR, VIEWER } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { messagesOf } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { captured, createLevelHost, logEach, type LevelHost } from './level-host.js';

const LEVELS = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'];
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

@Controller('picking')
class PickingController {
  @Get()
  pick(): string {
    new Logger('Picking').debug('a debug line of a request');
    return 'picked';
  }
}

describe.each(ADAPTERS)('Levels at run time, on %s', (adapter) => {
  let host: LevelHost;
  let readers: EventReader[];
  beforeEach(async () => {
    readers = [];
    host = await createLevelHost(
      adapter,
      { level: '>=log', levels: { HttpLogger: 'error', 'Shelf*': 'warn' } },
      { controllers: [PickingController] },
    );
  });
  afterEach(async () => {
    for (const reader of readers) reader.close();
    await host.close();
  });

  async function stream(query = 'limit=0'): Promise<EventReader> {
    const reader = await EventReader.open(host.at(`stream?${query}`));
    readers.push(reader);
    await reader.first('hello');
    return reader;
  }

  /** What is captured of a context from here on. */
  async function capturedNow(context: string): Promise<string[]> {
    const before = await host.now();
    logEach(context);
    return captured(host, context, before);
  }

  it('begin as the options say', async () => {
    for (const context of ['OrdersService', 'HttpLogger', 'ShelfRobot']) logEach(context);
    expect(await captured(host, 'OrdersService')).toEqual(LEVELS.slice(2));
    expect(await captured(host, 'HttpLogger')).toEqual(['error', 'fatal']);
    expect(await captured(host, 'ShelfRobot')).toEqual(['warn', 'error', 'fatal']);
    const { levels, contexts, others } = await host.levels();
    expect(levels).toEqual(LEVELS);
    expect(others).toBeUndefined();
    expect(contexts).toMatchObject({
      '*': { configured: null, effective: 'log' },
      OrdersService: { configured: null, effective: 'log', lines: 4 },
      HttpLogger: { configured: null, effective: 'error', lines: 2 },
      'Shelf*': { configured: null, effective: 'warn', lines: 3 },
      ShelfRobot: { configured: null, effective: 'warn', lines: 3 },
    });
    expect((await host.service.stats()).belowLevel).toBe(2 + 4 + 3);
  });

  it('bring the debug lines of one context into an open stream, and take them out again', async () => {
    const reader = await stream('limit=0&context=OrdersService,Other,LogConsole');
    logEach('OrdersService');
    const set = await host.set('OrdersService', { level: 'debug', ttlSeconds: 600, reason: 'lost orders' });
    expect(set).toEqual({
      configured: 'debug',
      effective: 'debug',
      lines: 4,
      expiresAt: expect.stringMatching(RFC_3339) as unknown,
      setBy: 'admin-1',
      reason: 'lost orders',
    });
    const seconds = (Date.parse(set.expiresAt ?? '') - Date.now()) / 1000;
    expect(Math.round(seconds / 10)).toBe(60);
    logEach('OrdersService');
    logEach('Other');
    const reset = await host.reset('OrdersService');
    expect([reset.status, reset.json]).toEqual([200, { configured: null, effective: 'log', lines: 9 }]);
    logEach('OrdersService');
    const of = (context: string, from: number): string[] =>
      LEVELS.slice(from).map((level) => `${context} ${level}`);
    const expected = [
      ...of('OrdersService', 2),
      `admin-1 set OrdersService to debug until ${set.expiresAt}: lost orders`,
      ...of('OrdersService', 1),
      ...of('Other', 2),
      'admin-1 reset the level of OrdersService: it is log again',
      ...of('OrdersService', 2),
    ];
    await reader.until(() => reader.messages.length >= expected.length);
    expect(reader.messages).toEqual(expected);
  });

  it('take everything away that is below, but never error and fatal, nor what is said of it', async () => {
    expect(await host.set('*', { level: 'fatal' })).toMatchObject({
      configured: 'fatal',
      effective: 'error',
    });
    expect(await capturedNow('OrdersService')).toEqual(['error', 'fatal']);
    const { belowLevel } = await host.service.stats();
    logEach('OrdersService');
    expect((await host.service.stats()).belowLevel - belowLevel).toBe(4);
    await host.reset('*');
    const { entries } = await host.entries('context=LogConsole&level=warn');
    expect(entries.at(-2)?.message).toMatch(/^admin-1 set \* to fatal until /);
    expect(entries.at(-1)?.message).toBe('admin-1 reset the level of *: it is log again');
  });

  it('are decided by the most specific name', async () => {
    await host.set('*', { level: 'warn' });
    await host.set('Orders*', { level: 'verbose' });
    await host.set('OrdersRepository', { level: 'error' });
    expect(await capturedNow('OrdersService')).toEqual(LEVELS);
    expect(await capturedNow('OrdersRepository')).toEqual(['error', 'fatal']);
    expect(await capturedNow('Other')).toEqual(['warn', 'error', 'fatal']);
    expect(await capturedNow('HttpLogger')).toEqual(['error', 'fatal']);
    await host.set('HttpLogger', { level: 'debug' });
    expect(await capturedNow('HttpLogger')).toEqual(LEVELS.slice(1));
    const { contexts } = await host.levels();
    expect(contexts['Orders*']).toMatchObject({ configured: 'verbose', lines: 6 });
    expect(contexts.OrdersService).toMatchObject({ configured: null, effective: 'verbose', lines: 6 });
    expect(contexts['*']).toMatchObject({ configured: 'warn', effective: 'warn' });
  });

  it('end by themselves: who watches is told, and the debug lines are gone', async () => {
    const reader = await stream('limit=0&context=OrdersService,LogConsole');
    await host.set('OrdersService', { level: 'debug', ttlSeconds: 1 });
    logEach('OrdersService');
    await reader.until(() => reader.messages.includes('The level of OrdersService is log again'));
    expect(reader.messages).toContain('OrdersService debug');
    expect(await capturedNow('OrdersService')).toEqual(LEVELS.slice(2));
    const { contexts } = await host.levels();
    expect(contexts.OrdersService).toEqual({ configured: null, effective: 'log', lines: 9 });
  });

  it('are those of the options again after a restart', async () => {
    await host.set('OrdersService', { level: 'debug' });
    await host.set('HttpLogger', { level: 'debug' });
    await host.close();
    host = await createLevelHost(adapter, { level: '>=log', levels: { HttpLogger: 'error' } });
    expect(await capturedNow('OrdersService')).toEqual(LEVELS.slice(2));
    expect(await capturedNow('HttpLogger')).toEqual(['error', 'fatal']);
    expect((await host.levels()).contexts.HttpLogger).toMatchObject({ configured: null, effective: 'error' });
  });

  it('hold for the lines of a request and of an operation, which are found by their ids', async () => {
    const ask = (id: string) => request(`${host.url}/picking`, { headers: { 'x-request-id': id } });
    await ask('before');
    await host.set('Picking', { level: 'debug' });
    await ask('while');
    expect(messagesOf(await host.entries('requestId=while'))).toEqual(['a debug line of a request']);
    expect(messagesOf(await host.entries('requestId=before'))).toEqual([]);
    const { id, done } = host.service.start('Inventory', async () => new Logger('Picking').debug('counted'));
    await done;
    const { json } = await host.ask(`operations/${id}`);
    expect(json).toMatchObject({ lines: { byLevel: { debug: 1 } } });
  });

  it('are read by a viewer, and changed by nobody but an admin, or whom the options allow it', async () => {
    const read = await request(host.at('levels'), { headers: bearer(VIEWER) });
    expect(read.status).toBe(200);
    expect((await host.put('Orders', { level: 'debug' }, OPERATOR)).status).toBe(403);
    expect((await host.reset('Orders', OPERATOR)).status).toBe(403);
    expect((await host.levels()).contexts.Orders).toBeUndefined();
    await host.close();
    host = await createLevelHost(adapter, {
      access: { tokens: [VIEWER, OPERATOR], abilities: { levels: 'operator' } },
    });
    expect((await host.put('Orders', { level: 'debug' }, OPERATOR)).json).toMatchObject({
      setBy: 'operator-1',
    });
    expect((await host.put('Orders', { level: 'debug' }, VIEWER)).status).toBe(403);
  });

  it('can be set by code, as by HTTP', async () => {
    const service = host.app.get(LogConsoleService);
    expect(service.setLevel('OrdersService', 'debug')).toMatchObject({
      configured: 'debug',
      setBy: 'The application',
    });
    expect(await capturedNow('OrdersService')).toEqual(LEVELS.slice(1));
    expect(service.levels()).toEqual(await host.levels());
    expect(service.resetLevel('OrdersService', { by: 'Ann' })).toMatchObject({
      configured: null,
      effective: 'log',
    });
    const { entries } = await host.entries('context=LogConsole&level=warn');
    expect(entries.at(-1)?.message).toBe('Ann reset the level of OrdersService: it is log again');
    expect(() => service.setLevel('Or*ders', 'off' as 'log', { ttlSeconds: 0.5, by: '' })).toThrow(
      new TypeError(
        'setLevel(): context must be the name of a context, 1 to 200 characters, or the beginning of one and *, or * alone. level must be one of verbose, debug, log, warn, error, fatal. ttlSeconds must be a whole number from 1 to 86400. by must be a text of 1 to 200 characters.',
      ),
    );
    expect(() => service.resetLevel('')).toThrow(/^resetLevel\(\): context must be/);
    expect(() => service.resetLevel('A', { by: 'x'.repeat(201) })).toThrow(/by must be/);
  });

  it('are 100 at most: one more is refused, and can be set when one is reset', async () => {
    for (let i = 0; i < 100; i++) host.service.setLevel(`Context${i}`, 'debug');
    const refused = await host.put('More', { level: 'debug' });
    expect(refused.status).toBe(409);
    expect(refused.json).toMatchObject({ message: expect.stringMatching(/^100 contexts have/) as unknown });
    expect(() => host.service.setLevel('More', 'debug')).toThrow(/^100 contexts have/);
    expect((await host.levels()).contexts.More).toBeUndefined();
    await host.reset('Context7');
    expect((await host.put('More', { level: 'debug' })).status).toBe(200);
  });
});
