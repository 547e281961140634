import { jest } from '@jest/globals';
import {
  ConsoleLogger,
  Injectable,
  Logger,
  Module,
  type INestApplication,
  type INestApplicationContext,
  type NestApplicationOptions,
  type OnModuleInit,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { LogConsoleLogger, LogConsoleModule, LogConsoleService } from 'nestjs-log-console';
import { ADAPTERS } from '../support/host-app.js';
import { CurrentLogger, PrintingLogger, startWith } from './printing-logger.js';

/** Logs while it is made, while it starts, and when it is asked to. */
@Injectable()
class GreetingService implements OnModuleInit {
  readonly #logger = new Logger('GreetingService');
  constructor() {
    this.#logger.log('made');
  }
  onModuleInit(): void {
    this.#logger.log('started');
  }
  greet(): void {
    this.#logger.debug('Hello', { to: 'world' });
  }
}

/** The application as most are: one line for the console. */
function appModule(...options: Parameters<typeof LogConsoleModule.forRoot>) {
  @Module({ imports: [LogConsoleModule.forRoot(...options)], providers: [GreetingService] })
  class AppModule {}
  return AppModule;
}

async function captured(app: INestApplicationContext): Promise<string[]> {
  const { entries } = await app.get(LogConsoleService).read();
  return entries.map(({ context, message }) => `${context ?? ''}: ${message}`);
}

/** What Nest says while it starts, in the order it says it. */
const BOOT = {
  starting: expect.stringContaining('NestFactory: Starting Nest application') as string,
  modules: expect.stringContaining('InstanceLoader: AppModule dependencies initialized') as string,
  routes: expect.stringContaining('RoutesResolver: LogConsoleEntriesController') as string,
  route: expect.stringContaining('RouterExplorer: Mapped {/log-console/api/entries, GET}') as string,
  started: expect.stringContaining('NestApplication: Nest application successfully started') as string,
};

describe.each(ADAPTERS)('capture from the boot on, on %s', (adapter) => {
  let app: INestApplication | INestApplicationContext;
  let printed: PrintingLogger;
  beforeEach(() => (printed = startWith(new PrintingLogger())));
  afterEach(() => app.close());

  const create = (module: object, options: NestApplicationOptions = {}): Promise<INestApplication> =>
    NestFactory.create(module, adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter(), {
      abortOnError: false,
      ...options,
    });

  it('with a plain forRoot() every line of the boot is there, in order, and was printed as before', async () => {
    const module = appModule();
    app = await (await create(module)).init();
    app.get(GreetingService).greet();
    const lines = await captured(app);
    expect(lines[0]).toEqual(BOOT.starting);
    expect(lines).toEqual(expect.arrayContaining([BOOT.modules, BOOT.routes, BOOT.route]));
    expect(lines).toEqual(expect.arrayContaining(['GreetingService: made', 'GreetingService: started']));
    expect(lines.at(-1)).toBe('GreetingService: Hello');
    expect(printed.calls).toHaveLength(lines.length);
    expect(printed.calls.at(-1)).toEqual(['debug', 'Hello', { to: 'world' }, 'GreetingService']);
    expect(printed.messages).toContain('Starting Nest application...');
  });

  it('listening is there too', async () => {
    app = await create(appModule());
    await (app as INestApplication).listen(0, '127.0.0.1');
    expect((await captured(app)).filter((line) => line.startsWith('NestApplication'))).toEqual([
      BOOT.started,
    ]);
  });

  it('with bufferLogs and app.useLogger() nothing is missing, and the new logger prints all of it', async () => {
    const custom = new PrintingLogger();
    const nest = await create(appModule(), { bufferLogs: true });
    nest.useLogger(custom);
    app = await nest.init();
    const lines = await captured(app);
    expect(lines).toEqual(expect.arrayContaining([BOOT.starting, BOOT.modules, BOOT.routes, BOOT.route]));
    new Logger('After').warn('boot');
    expect((await captured(app)).at(-1)).toBe('After: boot');
    expect(custom.calls.at(-1)).toEqual(['warn', 'boot', 'After']);
    expect(custom.messages).toContain('Starting Nest application...');
    expect(lines.filter((line) => line.startsWith('NestFactory'))).toHaveLength(1);
  });

  it('with logger: ["error"] everything is captured, and errors only are printed', async () => {
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      startWith(new ConsoleLogger());
      const module = appModule();
      app = await (await create(module, { logger: ['error'] })).init();
      new Logger('A').warn('not printed');
      new Logger('A').error('printed');
      expect(await captured(app)).toEqual(
        expect.arrayContaining([BOOT.starting, BOOT.routes, 'A: not printed', 'A: printed']),
      );
      expect(stdout).not.toHaveBeenCalled();
      expect(stderr.mock.calls.filter(([text]) => String(text).includes('printed'))).toHaveLength(1);
    } finally {
      stdout.mockRestore();
      stderr.mockRestore();
      Logger.overrideLogger(['log', 'fatal', 'error', 'warn', 'debug', 'verbose']);
    }
  });

  it('with logger: false nothing is printed, and what the application logs is captured', async () => {
    const module = appModule();
    app = await (await create(module, { logger: false })).init();
    new Logger('A').warn('still captured');
    expect(await captured(app)).toEqual(
      expect.arrayContaining([BOOT.routes, BOOT.route, 'GreetingService: started', 'A: still captured']),
    );
    expect(printed.calls).toEqual([]);
    await app.close();
    expect(CurrentLogger.get()).toBeUndefined();
  });

  it('with create({ logger: custom }) the routes are there, and the custom logger goes on printing', async () => {
    const custom = new PrintingLogger();
    const module = appModule();
    app = await (await create(module, { logger: custom })).init();
    new Logger('A').error('broken', 'Error: x\n    at f (f.js:1:1)');
    expect(await captured(app)).toEqual(expect.arrayContaining([BOOT.routes, BOOT.route, 'A: broken']));
    expect(custom.calls.at(-1)).toEqual(['error', 'broken', 'Error: x\n    at f (f.js:1:1)', 'A']);
    expect(custom.messages).toContain('Starting Nest application...');
    expect(printed.calls).toEqual([]);
    await app.close();
    expect(CurrentLogger.get()).toBe(custom);
  });

  it('with app.useLogger() after create() nothing is missing, and the new logger prints from there on', async () => {
    const custom = new PrintingLogger();
    const nest = await create(appModule());
    nest.useLogger(custom);
    app = await nest.init();
    new Logger('A').log('captured');
    expect(await captured(app)).toEqual(
      expect.arrayContaining([BOOT.starting, BOOT.modules, BOOT.routes, BOOT.route, 'A: captured']),
    );
    expect(custom.calls.at(-1)).toEqual(['log', 'captured', 'A']);
    expect(printed.messages).not.toContain('captured');
  });

  it('with app.useLogger(app.get(LogConsoleLogger)) nothing changes: it was there already', async () => {
    const nest = await (await create(appModule())).init();
    app = nest;
    nest.useLogger(nest.get(LogConsoleLogger));
    new Logger('A').log('captured');
    expect((await captured(app)).at(-1)).toBe('A: captured');
    expect(printed.calls.at(-1)).toEqual(['log', 'captured', 'A']);
  });

  it('the logger that was there is back after close(), and prints alone', async () => {
    app = await (await create(appModule())).init();
    const service = app.get(LogConsoleService);
    expect(CurrentLogger.get()).toBe(app.get(LogConsoleLogger));
    await app.close();
    expect(CurrentLogger.get()).toBe(printed);
    const { accepted } = await service.stats();
    new Logger('A').log('nobody captures');
    expect((await service.stats()).accepted).toEqual(accepted);
    expect(printed.calls.at(-1)).toEqual(['log', 'nobody captures', 'A']);
  });

  it('what is logged while the application shuts down is captured and printed', async () => {
    @Injectable()
    class LastWords {
      onModuleDestroy(): void {
        new Logger('LastWords').log('goodbye');
      }
    }
    @Module({ imports: [LogConsoleModule.forRoot()], providers: [LastWords] })
    class AppModule {}
    app = await (await create(AppModule)).init();
    const service = app.get(LogConsoleService);
    await app.close();
    const { entries } = await service.read();
    expect(entries.at(-1)).toMatchObject({ context: 'LastWords', message: 'goodbye' });
    expect(printed.messages).toContain('goodbye');
  });

  it('an application made by Test.createTestingModule() is captured too', async () => {
    const testing = await Test.createTestingModule({ imports: [appModule()] }).compile();
    app = await testing
      .createNestApplication(adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter())
      .init();
    new Logger('A').log('in a test');
    expect(await captured(app)).toEqual(
      expect.arrayContaining(['GreetingService: started', BOOT.routes, 'A: in a test']),
    );
  });
});

describe('a standalone application', () => {
  it('is captured without a server', async () => {
    const printed = startWith(new PrintingLogger());
    const module = appModule();
    const app = await NestFactory.createApplicationContext(module, { abortOnError: false });
    app.get(GreetingService).greet();
    expect(await captured(app)).toEqual(
      expect.arrayContaining([
        BOOT.starting,
        BOOT.modules,
        'GreetingService: made',
        'GreetingService: started',
        'GreetingService: Hello',
      ]),
    );
    await app.close();
    expect(CurrentLogger.get()).toBe(printed);
  });
});
