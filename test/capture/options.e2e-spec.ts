import { Inject, Injectable, Logger, Module, type DynamicModule } from '@nestjs/common';
import {
  LogConsoleLogger,
  LogConsoleModule,
  LogConsoleOptionsError,
  LogConsoleService,
  type LogConsoleOptions,
  type LogConsoleOptionsFactory,
} from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { ADAPTERS, createHost, type Host, type HostOptions } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { CurrentLogger, PrintingLogger, startWith } from './printing-logger.js';

const access = { tokens: PEOPLE };

describe.each(ADAPTERS)('the options of the module, on %s', (adapter) => {
  let host: Host | undefined;
  let printed: PrintingLogger;
  beforeEach(() => (printed = startWith(new PrintingLogger())));
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  const start = async (logConsole: DynamicModule, options: HostOptions = {}): Promise<Host> =>
    (host = await createHost(adapter, { console: logConsole, ...options }));
  const messages = async (): Promise<string[]> =>
    (await host!.app.get(LogConsoleService).read()).entries.map(({ message }) => message);
  const get = (path: string) => request(`${host!.url}${path}`, { headers: bearer(OPERATOR) });

  describe('forward', () => {
    it('is who prints: that logger gets every line with its arguments, the one before none', async () => {
      const forward = new PrintingLogger();
      await start(LogConsoleModule.forRoot({ forward }));
      printed.calls.length = 0;
      const data = { sku: 'AB-444' };
      new Logger('A').warn('line', data);
      expect(forward.calls.at(-1)).toEqual(['warn', 'line', data, 'A']);
      expect(forward.calls.at(-1)?.[2]).toBe(data);
      expect(printed.calls).toEqual([]);
      expect((await messages()).at(-1)).toBe('line');
    });

    it('false prints nothing, and captures all the same', async () => {
      await start(LogConsoleModule.forRoot({ forward: false }));
      printed.calls.length = 0;
      new Logger('A').fatal('line');
      expect(printed.calls).toEqual([]);
      expect((await messages()).at(-1)).toBe('line');
    });

    it('may be a logger without debug, verbose and fatal, or one that throws: no log call fails', async () => {
      const forward = {
        log: () => {
          throw new Error('cannot print');
        },
        error: () => undefined,
        warn: () => undefined,
      };
      await start(LogConsoleModule.forRoot({ forward }));
      for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const)
        expect(() => new Logger('A')[level](level)).not.toThrow();
      expect(await messages()).toEqual(
        expect.arrayContaining(['verbose', 'debug', 'log', 'warn', 'error', 'fatal']),
      );
    });
  });

  describe('attach: false', () => {
    it('leaves the logger alone', async () => {
      await start(LogConsoleModule.forRoot({ attach: false }));
      expect(CurrentLogger.get()).toBe(printed);
      new Logger('A').log('not captured');
      expect(await messages()).not.toContain('not captured');
      expect(printed.messages).toContain('not captured');
    });

    it('leaves it to app.useLogger(app.get(LogConsoleLogger)): from there on lines are captured and printed', async () => {
      await start(LogConsoleModule.forRoot({ attach: false }), {
        prepare: (app) => app.useLogger(app.get(LogConsoleLogger)),
      });
      new Logger('A').log('captured');
      expect(await messages()).toEqual(
        expect.arrayContaining(['Nest application successfully started', 'captured']),
      );
      expect(printed.calls.at(-1)).toEqual(['log', 'captured', 'A']);
      await host!.close();
      expect(CurrentLogger.get()).toBe(printed);
    });
  });

  describe('level', () => {
    it.each([
      ['>=warn', ['warn', 'error', 'fatal']],
      ['warn', ['warn', 'error', 'fatal']],
      ['>error', ['error', 'fatal']],
      ['debug,warn', ['debug', 'warn', 'error', 'fatal']],
      ['verbose', ['verbose', 'debug', 'log', 'warn', 'error', 'fatal']],
    ])(
      '%s captures %j; error and fatal always pass, and what is printed stays the same',
      async (level, expected) => {
        await start(LogConsoleModule.forRoot({ level }));
        const logger = new Logger('A');
        for (const name of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const) logger[name](name);
        const { entries } = await host!.app.get(LogConsoleService).read({ filter: { context: ['A'] } });
        expect(entries.map(({ message }) => message)).toEqual(expected);
        expect(printed.calls.slice(-6).map(([, message]) => message)).toEqual([
          'verbose',
          'debug',
          'log',
          'warn',
          'error',
          'fatal',
        ]);
      },
    );
  });

  describe('forRootAsync', () => {
    @Injectable()
    class Settings implements LogConsoleOptionsFactory {
      createLogConsoleOptions(): LogConsoleOptions {
        return { access, capacity: 77 };
      }
    }
    @Module({ providers: [Settings], exports: [Settings] })
    class SettingsModule {}
    const CAPACITY = Symbol('CAPACITY');
    @Module({ providers: [{ provide: CAPACITY, useValue: 77 }], exports: [CAPACITY] })
    class CapacityModule {}

    it.each<[string, () => DynamicModule]>([
      [
        'useFactory with inject',
        () =>
          LogConsoleModule.forRootAsync({
            imports: [CapacityModule],
            inject: [CAPACITY],
            useFactory: (capacity: number) => ({ access, capacity }),
            path: 'ops/logs',
          }),
      ],
      [
        'an async useFactory',
        () =>
          LogConsoleModule.forRootAsync({
            useFactory: async () => {
              await new Promise((resolve) => setTimeout(resolve, 10));
              return { access, capacity: 77 };
            },
            path: 'ops/logs',
          }),
      ],
      ['useClass', () => LogConsoleModule.forRootAsync({ useClass: Settings, path: 'ops/logs' })],
      [
        'useExisting',
        () =>
          LogConsoleModule.forRootAsync({
            imports: [SettingsModule],
            useExisting: Settings,
            path: 'ops/logs',
          }),
      ],
    ])(
      '%s: the options hold, the path beside them too, and the boot was captured',
      async (_what, logConsole) => {
        await start(logConsole());
        expect(await get('/ops/logs/api/stats')).toMatchObject({
          status: 200,
          json: { capacity: { entries: 77 } },
        });
        expect(await get('/log-console/api/stats')).toMatchObject({ status: 404 });
        expect(await messages()).toEqual(
          expect.arrayContaining([
            'Starting Nest application...',
            expect.stringContaining('Mapped {/ops/logs/api/entries, GET}'),
          ]),
        );
      },
    );

    it('may say attach: false and forward too', async () => {
      const forward = new PrintingLogger();
      await start(LogConsoleModule.forRootAsync({ useFactory: () => ({ forward }) }));
      new Logger('A').log('line');
      expect(forward.messages.at(-1)).toBe('line');
      await host!.close();
      await start(LogConsoleModule.forRootAsync({ useFactory: () => ({ attach: false }) }));
      expect(CurrentLogger.get()).toBe(printed);
    });
  });

  describe('what is wrong fails the boot with a message', () => {
    const WRONG: [object, string][] = [
      [{ capacity: 0 }, 'option capacity is 0; accepted: a whole number from 1 to 10000000.'],
      [{ capacity: '10' }, 'option capacity is "10"; accepted: a whole number from 1 to 10000000.'],
      [{ level: 'info' }, 'option level is "info"; accepted: one of verbose, debug, log, warn, error, fatal'],
      [
        { forward: {} },
        'option forward is an object; accepted: a LoggerService (with log, error and warn), or false.',
      ],
      [{ limits: { streamsPerUser: -1 } }, 'option limits.streamsPerUser is -1; accepted: a whole number'],
      [{ instance: 'a b' }, 'option instance is "a b"; accepted: a name'],
      [{ accses: {} }, 'unknown option accses; accepted: '],
    ];

    it.each(WRONG)('forRoot(%j): %s', (options, message) => {
      const wrong = (): unknown => LogConsoleModule.forRoot(options);
      expect(wrong).toThrow(LogConsoleOptionsError);
      expect(wrong).toThrow(message);
      expect(CurrentLogger.get()).toBe(printed);
    });

    it.each(WRONG)('a factory that returns %j: %s', async (options, message) => {
      const logConsole = LogConsoleModule.forRootAsync({ useFactory: () => options });
      await expect(start(logConsole)).rejects.toThrow(message);
    });

    it('a path that is none, in forRootAsync', () => {
      expect(() => LogConsoleModule.forRootAsync({ useFactory: () => ({}), path: 'a b' })).toThrow(
        'option path is "a b"; accepted: a path such as "ops/logs".',
      );
    });

    it('a path that comes from a factory, where it would be too late', async () => {
      const options: object = { path: 'ops/logs' };
      const logConsole = LogConsoleModule.forRootAsync({ useFactory: () => options });
      await expect(start(logConsole)).rejects.toThrow('unknown option path; accepted: capacity,');
    });

    it('an option beside the factory that belongs into it', () => {
      const options = { useFactory: () => ({}), capacity: 5 };
      expect(() => LogConsoleModule.forRootAsync(options)).toThrow(
        'unknown option capacity; accepted: path,',
      );
    });

    it('a token that is too short, without showing it', () => {
      const tokens = [{ token: 'short-secret', name: 'a', role: 'viewer' as const }];
      const wrong = (): unknown => LogConsoleModule.forRoot({ access: { tokens } });
      expect(wrong).toThrow('access.tokens[0].token is a text of 12 characters; accepted: at least 32');
      expect(wrong).not.toThrow('short-secret');
    });
  });

  it('ui: false serves no page, and the API as before', async () => {
    await start(LogConsoleModule.forRoot({ access, ui: false }));
    expect((await get('/log-console')).status).toBe(404);
    expect((await get('/log-console/api/stats')).status).toBe(200);
  });
});

describe('the option global', () => {
  @Injectable()
  class Elsewhere {
    constructor(@Inject(LogConsoleService) readonly service: LogConsoleService) {}
  }
  @Module({ providers: [Elsewhere] })
  class ElsewhereModule {}
  const start = (logConsole: DynamicModule): Promise<Host> =>
    createHost('express', { console: logConsole, imports: [ElsewhereModule] });

  it('LogConsoleService is there for every module, unless it is false', async () => {
    startWith(new PrintingLogger());
    const { app, close } = await start(LogConsoleModule.forRoot());
    expect(app.get(Elsewhere, { strict: false }).service).toBe(app.get(LogConsoleService));
    await close();
    await expect(start(LogConsoleModule.forRoot({ global: false }))).rejects.toThrow('LogConsoleService');
  });
});
