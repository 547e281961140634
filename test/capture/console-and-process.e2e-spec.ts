import { ConsoleLogger, Logger } from '@nestjs/common';
import {
  LogConsoleModule,
  LogConsoleService,
  type LogConsoleOptions,
  type LogEntry,
} from 'nestjs-log-console';
import { jest } from '@jest/globals';
import { createHost, type Host } from '../support/host-app.js';
import { PrintingLogger, startWith } from './printing-logger.js';

describe('what does not go through Nest', () => {
  let host: Host;
  beforeEach(() => startWith(new PrintingLogger()));
  afterEach(() => host.close());

  const start = async (options: LogConsoleOptions = {}): Promise<void> => {
    host = await createHost('express', { console: LogConsoleModule.forRoot(options) });
  };
  const entries = async (context: string): Promise<readonly LogEntry[]> =>
    (await host.app.get(LogConsoleService).read({ filter: { context: [context] } })).entries;

  it('console.* is captured where it is asked for, and printed as before', async () => {
    const spy = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      await start({ capture: { console: true } });
      console.log('hello %s', 'world', { a: 1 });
      expect(await entries('console')).toMatchObject([{ level: 'log', message: 'hello world { a: 1 }' }]);
      expect(spy).toHaveBeenCalledWith('hello %s', 'world', { a: 1 });
    } finally {
      await host.close();
      spy.mockRestore();
    }
  });

  it('console.* is left alone otherwise, and after close', async () => {
    const original = console.log;
    await start();
    expect(console.log).toBe(original);
    await host.close();
    await start({ capture: { console: true } });
    expect(console.log).not.toBe(original);
    await host.close();
    expect(console.log).toBe(original);
  });

  it('a line of Nest that is printed through console is captured once', async () => {
    const spy = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      startWith(new ConsoleLogger({ forceConsole: true, colors: false }));
      await start({ capture: { console: true } });
      new Logger('A').log('once');
      const { entries: found } = await host.app.get(LogConsoleService).read({ filter: { search: 'once' } });
      expect(found).toMatchObject([{ context: 'A', message: 'once' }]);
      expect(spy.mock.calls.filter(([text]) => String(text).includes('once'))).toHaveLength(1);
    } finally {
      await host.close();
      spy.mockRestore();
    }
  });

  it('a warning of the process is captured once, with its stack', async () => {
    const spy = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    await start({ capture: { console: true } });
    // Jest gives a test a process object of its own, which Node's emitWarning() does not know.
    process.emit('warning', Object.assign(new Error('The fuse is old'), { name: 'FuseWarning' }));
    console.warn(`(node:${process.pid}) FuseWarning: The fuse is old`);
    expect(await entries('process')).toMatchObject([
      {
        level: 'warn',
        message: 'FuseWarning: The fuse is old',
        stack: expect.stringContaining('FuseWarning') as string,
      },
    ]);
    expect(await entries('console')).toEqual([]);
    await host.close();
    spy.mockRestore();
  });

  it('with capture.process: false warnings are left alone, and no listener is added', async () => {
    const names = ['warning', 'uncaughtExceptionMonitor', 'unhandledRejection', 'uncaughtException'];
    const count = (): number[] => names.map((name) => process.listenerCount(name));
    const before = count();
    await start({ capture: { process: false } });
    expect(count()).toEqual(before);
    await host.close();
    await start();
    expect(count()).toEqual([before[0] + 1, before[1] + 1, before[2], before[3]]);
    await host.close();
    expect(count()).toEqual(before);
  });
});
