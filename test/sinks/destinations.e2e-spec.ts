import { jest } from '@jest/globals';
import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  fileSink,
  LogConsoleModule,
  webhookSink,
  type LogBatch,
  type LogSink,
  type LogStats,
  type SinkStats,
} from 'nestjs-log-console';
import { createLogHost, eventually, logLines, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { LogFileOfTest } from './writing-host.js';

jest.setTimeout(20_000);

/** A destination of the application's own. */
class Pigeonhole implements LogSink {
  readonly messages: string[] = [];
  closedWith: SinkStats | undefined;

  constructor(
    readonly name = 'pigeonhole',
    readonly level?: string,
    readonly context?: readonly string[],
  ) {}

  async write({ entries }: LogBatch): Promise<void> {
    await sleep(1);
    this.messages.push(...entries.map(({ message }) => message));
  }

  close(stats: SinkStats): void {
    this.closedWith = stats;
  }
}

describe.each(ADAPTERS)('destinations, on %s', (adapter) => {
  let host: LogHost | undefined;
  let file: LogFileOfTest;
  beforeEach(() => (file = new LogFileOfTest()));
  afterEach(async () => {
    await host?.close();
    host = undefined;
    file.remove();
  });

  const start = async (...sinks: LogSink[]): Promise<LogHost> =>
    (host = await createLogHost(adapter, { sinks }));
  const stats = async (): Promise<LogStats> => (await host?.ask('stats'))?.json as LogStats;

  it('get every line from the first of the boot on, each of them as far as it wants them', async () => {
    const all = new Pigeonhole('all');
    const grave = new Pigeonhole('grave', 'warn');
    const shop = new Pigeonhole('shop', undefined, ['Shop*']);
    const { entries } = await start(all, grave, shop, fileSink({ path: file.path }));
    const log = new Logger('ShopCart');
    log.log('one');
    log.warn('two');
    new Logger('Other').error('three');
    await eventually(async () => Object.values((await stats()).sinks).every(({ behind }) => behind === 0));
    const { entries: held } = await entries('limit=5000');
    expect(held.length).toBeGreaterThan(5);
    expect(all.messages).toEqual(held.map(({ message }) => message));
    expect(file.entries).toEqual(held);
    expect(grave.messages).toEqual(['two', 'three']);
    expect(shop.messages).toEqual(['one', 'two']);
    const { sinks, accepted } = await stats();
    expect(Object.keys(sinks)).toEqual(['all', 'grave', 'shop', 'file']);
    expect(sinks.grave).toEqual({
      state: 'up',
      since: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      written: 2,
      filtered: accepted.total - 2,
      dropped: 0,
      behind: 0,
    });
  });

  it('have an error in the file when the log call returns, one that is logged while another line is written, too', async () => {
    const { service } = await start(fileSink({ path: file.path }));
    const log = new Logger('Shop');
    log.log('before');
    log.error('it broke');
    expect(file.messages.slice(-2)).toEqual(['before', 'it broke']);
    const subscription = service.entries$.subscribe(({ message }) => {
      if (message === 'watched') log.fatal('from an observer');
    });
    log.log('watched', { get: 1 });
    expect(file.messages.slice(-2)).toEqual(['watched', 'from an observer']);
    subscription.unsubscribe();
    log.log('soon');
    await eventually(() => file.messages.at(-1) === 'soon', 1);
  });

  it('are drained and told when the application closes, which leaves no listener behind', async () => {
    const listeners = process.listenerCount('exit');
    const own = new Pigeonhole();
    const { close } = await start(own, fileSink({ path: file.path }));
    const lines = logLines(200);
    await close();
    expect(own.messages.slice(-200)).toEqual(lines);
    expect(file.messages.slice(-200)).toEqual(lines);
    expect(own.closedWith).toMatchObject({ state: 'closed', dropped: 0, behind: 0 });
    expect(file.lines.at(-1)).toMatchObject({ run: { state: 'ended', dropped: 0 } });
    expect(process.listenerCount('exit')).toBe(listeners);
  });

  it('do not hold the application up: neither its calls nor, for more than two seconds, its end', async () => {
    const stuck: LogSink = {
      name: 'stuck',
      write: () => new Promise(() => undefined),
      close: () => new Promise(() => undefined),
    };
    const broken: LogSink = {
      name: 'broken',
      write: () => {
        throw new Error('never');
      },
    };
    const { close } = await start(stuck, broken);
    logLines(1000);
    await eventually(async () => (await stats()).sinks.broken.state === 'failing');
    const closing = performance.now();
    await close();
    expect(performance.now() - closing).toBeLessThan(4000);
  });

  it('have what somebody clears right after it was logged', async () => {
    const own = new Pigeonhole();
    const { service } = await start(own, fileSink({ path: file.path }));
    const lines = logLines(50);
    const { cleared } = await service.clear({ by: 'mallory' });
    expect(cleared).toBeGreaterThan(50);
    expect(file.messages.slice(-50)).toEqual(lines);
    await eventually(() => own.messages.at(-1)?.startsWith('mallory cleared') === true);
    expect(own.messages.slice(-51, -1)).toEqual(lines);
    expect((await stats()).sinks).toMatchObject({ file: { dropped: 0 }, pigeonhole: { dropped: 0 } });
  });

  it('are one of a kind: their own lines do not make more of them', async () => {
    const log = new Logger('Echo');
    const echo: LogSink = {
      name: 'echo',
      context: ['Shop'],
      write: ({ size }) => log.log(`wrote ${size}`),
    };
    await start(echo);
    new Logger('Shop').log('once');
    await eventually(async () => (await stats()).sinks.echo.written === 1);
    await sleep(100);
    expect((await stats()).sinks.echo.written).toBe(1);
  });

  it('say in the log that one does not take lines, and why', async () => {
    const hook = webhookSink({ url: 'https://127.0.0.1:1/secret-path', everyMs: 0 });
    const { entries } = await start(hook);
    new Logger('Shop').error('it broke');
    await eventually(async () => (await stats()).sinks.webhook.state === 'failing');
    const { entries: said } = await entries('context=LogConsole');
    const texts = said.map(({ message }) => message).join('\n');
    expect(texts).toContain(
      'The destination "webhook" does not take lines, and is tried again: The address is private',
    );
    expect(texts).not.toContain('secret-path');
  });

  it('may come from a factory', async () => {
    @Injectable()
    class Address {
      readonly path = file.path;
    }
    const console = LogConsoleModule.forRootAsync({
      provideInjectionTokensFrom: [{ provide: Address, useClass: Address }],
      inject: [Address],
      useFactory: ({ path }: Address) => ({ forward: false, sinks: [fileSink({ path })] }),
    });
    host = await createLogHost(adapter, {}, { console });
    new Logger('Shop').error('it broke');
    expect(file.messages.at(-1)).toBe('it broke');
  });
});
