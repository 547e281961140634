import {
  ConfigurableModuleBuilder,
  Inject,
  Logger,
  Module,
  type BeforeApplicationShutdown,
  type ConfigurableModuleAsyncOptions,
  type DynamicModule,
  type NestModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModuleRef, type AbstractHttpAdapter } from '@nestjs/core';
import { type Server } from 'node:http';
import { AccessControl } from './access/access-control.js';
import { Audit } from './access/audit.js';
import { levelExpired } from './access/audit-event.js';
import { accessMode, TOKEN_VARIABLE } from './access/access-mode.js';
import { LogConsoleGuard } from './access/log-console.guard.js';
import { cookieName } from './access/session-cookie.js';
import { announceLink, hasTerminal, mountedPath } from './announcement.js';
import { configured } from './audit-configuration.js';
import { checkAsyncOptions, checkFactoryOptions, checkOptions, checkTokenVariable } from './check-options.js';
import { ContextLevels } from './domain/context-levels.js';
import { parseLevels } from './domain/log-level.js';
import { LogStore } from './domain/log-source.js';
import { LogInstances, onlyInstance } from './domain/log-instances.js';
import { LogFiles } from './domain/log-files.js';
import { LogOperations } from './domain/log-operations.js';
import { LogRequests } from './domain/log-requests.js';
import { LogStatsProvider } from './domain/log-stats.js';
import { isError, safeText } from './domain/safe-text.js';
import { TextRedactor } from './domain/text-redactor.js';
import { serveFirst, useFirst, type Serve } from './first-middleware.js';
import { completeForFastify, controllersAt } from './http/controllers.js';
import { OpenStreams } from './http/open-streams.js';
import { SIGN_IN_URL } from './http/page.controller.js';
import { readServerFacts, ServerFacts, thisProcess } from './http/server-facts.js';
import { SourceRoutes } from './http/source-routes.js';
import {
  ResolvedOptions,
  withDefaults,
  type LogConsoleExtras,
  type LogConsoleOptions,
  type LogConsoleOptionsFactory,
} from './log-console.options.js';
import { LogConsoleService } from './log-console.service.js';
import { LevelControl } from './logger/level-control.js';
import { levelNotice } from './logger/level-notice.js';
import { LevelTable } from './logger/level-table.js';
import { LogCapture } from './logger/log-capture.js';
import { LogConsoleLogger } from './logger/log-console.logger.js';
import { LoggerTap, type TapClient } from './logger/logger-tap.js';
import { loadActiveSpan } from './operations/active-span.js';
import { currentContext } from './operations/context-storage.js';
import { withEnrich, withSpan, type CurrentContext } from './operations/line-context.js';
import { Operations } from './operations/operations.js';
import { processOperations } from './operations/process-operations.js';
import { isUnder } from './operations/requests/is-under.js';
import { KeptRequests } from './operations/requests/kept-requests.js';
import { serveInContext } from './operations/requests/request-contexts.js';
import { AfterRestart } from './reading/after-restart.js';
import { Destinations } from './reading/destinations.js';
import { SinkTests } from './reading/sink-tests.js';
import { previousEntries, tellOfPrevious } from './reading/previous-run.js';
import { createRedactor } from './redaction/create-redactor.js';
import { FileCatalogue } from './sources/file/catalogue/file-catalogue.js';
import { MemoryStore } from './stores/memory/memory.store.js';

const DEFAULT_PATH = 'log-console';
/** What a shutdown leaves a shared store to take the last lines. */
const FLUSH_MS = 250;
const MOUNT_PATH = Symbol('MOUNT_PATH');
const CONTROLLERS = Symbol('CONTROLLERS');
const CURRENT_CONTEXT = Symbol('CURRENT_CONTEXT');
/** Names the extras, so that the builder keeps them apart from the options. */
const NO_EXTRAS: LogConsoleExtras = {
  path: undefined,
  global: undefined,
  ui: undefined,
  openapi: undefined,
  decorators: undefined,
};
/** Entries of the audit trail. */
const AUDIT_CAPACITY = 1000;
const AUDIT_ENTRY_BYTES = 4096;
/** How often connections that became idle are closed while the server closes. */
const CLOSE_IDLE_EVERY_MS = 50;
const logger = new Logger('LogConsole');

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<LogConsoleOptions>()
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createLogConsoleOptions')
  .setExtras<LogConsoleExtras>(NO_EXTRAS, (definition, extras) => {
    const path = (extras.path ?? DEFAULT_PATH).replace(/^\/|\/$/g, '');
    const { ui = true, openapi = true, decorators = [], global = true } = extras;
    const controllers = controllersAt({ path, ui: ui !== false, openapi, decorators });
    return {
      ...definition,
      global,
      controllers,
      providers: [
        ...(definition.providers ?? []),
        { provide: MOUNT_PATH, useValue: path },
        { provide: CONTROLLERS, useValue: controllers },
        { provide: SIGN_IN_URL, useValue: typeof ui === 'object' ? (ui.signInUrl ?? '') : '' },
      ],
    };
  })
  .build();

/** Through Nest's Logger, so that it is printed, too. */
function logUnseen(name: string, error: unknown): void {
  logger.error(isError(error) ? error : `The operation "${name}" failed: ${safeText(error)}`);
}

/** The options of `forRootAsync`: `useFactory` (with `inject`), `useClass` or `useExisting`, `imports`, and the extras. */
export type LogConsoleAsyncOptions = ConfigurableModuleAsyncOptions<
  LogConsoleOptions,
  keyof LogConsoleOptionsFactory
> &
  LogConsoleExtras;

/** A live log console for a Nest application: `imports: [LogConsoleModule.forRoot()]` is all it needs. */
@Module({
  providers: [
    {
      provide: ResolvedOptions,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: LogConsoleOptions) => {
        checkFactoryOptions(options);
        return withDefaults(options);
      },
    },
    {
      provide: TextRedactor,
      inject: [ResolvedOptions, AccessControl],
      useFactory: ({ redact }: ResolvedOptions, { knownTokens }: AccessControl) =>
        createRedactor(redact, knownTokens, process.env),
    },
    {
      provide: MemoryStore,
      inject: [ResolvedOptions, TextRedactor],
      useFactory: ({ capacity, maxBytes, limits, instance }: ResolvedOptions, redactor: TextRedactor) =>
        new MemoryStore({ capacity, maxBytes, entryBytes: limits.entryBytes, instance, redactor }),
    },
    {
      provide: Destinations,
      inject: [MemoryStore, ResolvedOptions, TextRedactor],
      useFactory: (store: MemoryStore, { sinks, instance }: ResolvedOptions, redactor: TextRedactor) => {
        // What they hold before they begin to write is of the run before.
        const previous = previousEntries(sinks, instance, redactor);
        if (previous) tellOfPrevious(store, previous);
        return new Destinations(store, sinks, previous);
      },
    },
    {
      provide: LogStore,
      inject: [MemoryStore, Destinations, ResolvedOptions, ServerFacts],
      useFactory: (
        ring: MemoryStore,
        destinations: Destinations,
        { sinks, store }: ResolvedOptions,
        facts: ServerFacts,
      ) => {
        store?.attach(ring, thisProcess(facts));
        if (store) return store;
        if (sinks.length === 0) return ring;
        return new AfterRestart(ring, destinations.previous, () => destinations.flush());
      },
    },
    {
      provide: LogInstances,
      inject: [LogStore, ResolvedOptions, ServerFacts],
      // Asked of a store that is in use.
      useFactory: (_log: LogStore, { store }: ResolvedOptions, facts: ServerFacts): LogInstances => ({
        instances: async () => store?.instances?.() ?? onlyInstance(thisProcess(facts)),
      }),
    },
    {
      provide: FileCatalogue,
      inject: [ResolvedOptions, TextRedactor],
      useFactory: ({ files, instance }: ResolvedOptions, redactor: TextRedactor) =>
        new FileCatalogue(files, {
          instance,
          redactor,
          onTooMany: (id) =>
            logger.warn(
              `The directory of files "${id}" holds more than is listed: give it a narrower match.`,
            ),
        }),
    },
    { provide: LogFiles, useExisting: FileCatalogue },
    {
      provide: Operations,
      inject: [MemoryStore, Destinations, ResolvedOptions, TextRedactor],
      useFactory: (
        store: MemoryStore,
        destinations: Destinations<MemoryStore>,
        { operations, instance }: ResolvedOptions,
        redactor: TextRedactor,
      ) => {
        const log = destinations.areImmediate ? destinations : store;
        const { entries, ...bounds } = operations;
        const createStore = (): MemoryStore =>
          new MemoryStore({ capacity: entries, maxBytes: bounds.maxBytes, instance });
        return new Operations({ bounds, instance, redactor, createStore, log, onUnseen: logUnseen });
      },
    },
    { provide: LogOperations, useExisting: Operations },
    {
      provide: KeptRequests,
      inject: [ResolvedOptions, TextRedactor],
      useFactory: ({ instance }: ResolvedOptions, redactor: TextRedactor) =>
        new KeptRequests(instance, redactor),
    },
    { provide: LogRequests, useExisting: KeptRequests },
    {
      provide: CURRENT_CONTEXT,
      inject: [ResolvedOptions, MemoryStore],
      useFactory: ({ enrich }: ResolvedOptions, store: MemoryStore): CurrentContext => {
        const activeSpan = loadActiveSpan();
        const current = activeSpan ? withSpan(currentContext, activeSpan) : currentContext;
        const report = (message: string): void =>
          store.append({ level: 'error', context: 'LogConsole', message });
        return enrich ? withEnrich(current, enrich, report) : current;
      },
    },
    {
      provide: LevelTable,
      inject: [ResolvedOptions],
      useFactory: ({ level, levels }: ResolvedOptions) =>
        new LevelTable(level === undefined ? undefined : parseLevels(level), levels),
    },
    {
      provide: LevelControl,
      inject: [LevelTable, MemoryStore, TextRedactor, Audit, ResolvedOptions, LogStore],
      useFactory: (
        table: LevelTable,
        store: MemoryStore,
        redactor: TextRedactor,
        audit: Audit,
        options: ResolvedOptions,
      ) => {
        const control = new LevelControl(table, redactor);
        // Into the store itself: no level can keep it out.
        control.onChange((change) => store.append(levelNotice(change)));
        control.onChange((change) => {
          if (change.expired) audit.record(undefined, levelExpired(change));
        });
        options.store?.shareLevels?.(control);
        return control;
      },
    },
    { provide: ContextLevels, useExisting: LevelControl },
    {
      provide: LogCapture,
      inject: [Operations, LevelTable, ResolvedOptions, KeptRequests, CURRENT_CONTEXT],
      useFactory: (
        operations: Operations,
        levels: LevelTable,
        { captureOwnRequests }: ResolvedOptions,
        requests: KeptRequests,
        current: CurrentContext,
      ) =>
        new LogCapture(operations, levels, {
          current,
          ownRequests: captureOwnRequests,
          keep: (id, request) => requests.keep(id, request),
        }),
    },
    {
      provide: AccessControl,
      inject: [ResolvedOptions, MOUNT_PATH, ModuleRef],
      useFactory: ({ access }: ResolvedOptions, path: string, moduleRef: ModuleRef) => {
        checkTokenVariable(process.env[TOKEN_VARIABLE]);
        const mode = accessMode(access, { env: process.env, isTerminal: hasTerminal() });
        return new AccessControl(mode, access, cookieName(path), moduleRef);
      },
    },
    {
      provide: Audit,
      inject: [ResolvedOptions, TextRedactor],
      useFactory: ({ instance, forward }: ResolvedOptions, redactor: TextRedactor) => {
        const bounds = { capacity: AUDIT_CAPACITY, entryBytes: AUDIT_ENTRY_BYTES };
        return new Audit({
          store: new MemoryStore({ ...bounds, instance, redactor }),
          print: (level, message) => LoggerTap.get().print(forward, level, message),
          redactor,
          links: () => currentContext()?.links,
        });
      },
    },
    {
      provide: SinkTests,
      inject: [ResolvedOptions, TextRedactor],
      useFactory: ({ sinks }: ResolvedOptions, redactor: TextRedactor) => new SinkTests(sinks, redactor),
    },
    {
      provide: OpenStreams,
      inject: [ResolvedOptions],
      useFactory: ({ limits }: ResolvedOptions) => new OpenStreams(limits),
    },
    {
      provide: ServerFacts,
      inject: [ResolvedOptions],
      useFactory: ({ instance }: ResolvedOptions) => readServerFacts(instance),
    },
    { provide: LogConsoleLogger, useFactory: () => LoggerTap.get().logger },
    { provide: LogStatsProvider, useExisting: LogConsoleService },
    LogConsoleService,
    LogConsoleGuard,
    SourceRoutes,
  ],
  exports: [LogConsoleService, LogConsoleLogger],
})
export class LogConsoleModule
  extends ConfigurableModuleClass
  implements
    NestModule,
    OnModuleInit,
    OnApplicationBootstrap,
    BeforeApplicationShutdown,
    OnApplicationShutdown
{
  readonly #client: TapClient;
  readonly #serve: Serve;
  #closingIdle: NodeJS.Timeout | undefined;

  /** @internal */
  constructor(
    @Inject(ResolvedOptions) private readonly options: ResolvedOptions,
    @Inject(MemoryStore) private readonly store: MemoryStore,
    @Inject(LogCapture) private readonly capture: LogCapture,
    @Inject(AccessControl) private readonly access: AccessControl,
    @Inject(OpenStreams) private readonly open: OpenStreams,
    @Inject(FileCatalogue) private readonly files: FileCatalogue,
    @Inject(Destinations) private readonly destinations: Destinations,
    @Inject(Operations) private readonly operations: Operations,
    @Inject(LevelControl) private readonly levels: LevelControl,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(MOUNT_PATH) private readonly path: string,
    @Inject(CONTROLLERS) private readonly controllers: readonly Type[],
    @Inject(ApplicationConfig) private readonly config: ApplicationConfig,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {
    super();
    const { attach, forward, capture: also } = options;
    this.#client = { target: this.capture, forward, attach, ...also };
    LoggerTap.get().add(this.#client);
    if (!attach) LoggerTap.get().release();
    processOperations.add(this.operations);
    this.#serve = this.#inContext();
    // Told when there is an adapter: at once, or by a test that makes the application after its modules.
    this.host.init$.subscribe(() => {
      // There is none in an application without a server.
      const adapter = this.host.httpAdapter as AbstractHttpAdapter | null;
      if (adapter) useFirst(adapter, this.#serve);
    });
  }

  /** Captures everything from here on, and opens the console; see {@link LogConsoleOptions} for the options. */
  static override forRoot(options: LogConsoleOptions & LogConsoleExtras = {}): DynamicModule {
    checkOptions(options);
    if (options.attach !== false) LoggerTap.get().attach();
    return super.forRoot(options);
  }

  /** The same with options from a factory; `path`, `global`, `ui`, `openapi` and `decorators` stay beside it. */
  static override forRootAsync(options: LogConsoleAsyncOptions): DynamicModule {
    checkAsyncOptions(options);
    LoggerTap.get().attach();
    return super.forRootAsync(options);
  }

  // Nest sets its logger at several points of the boot; attaching again is free when the logger is still ours.

  /** @internal */
  configure(): void {
    this.#attach();
    const { httpAdapter: adapter } = this.host;
    const server = adapter?.getHttpServer() as Server | undefined;
    if (server) serveFirst(server, this.#serve);
    if (adapter?.getType() === 'fastify') completeForFastify(this.controllers);
  }

  /** @internal */
  onModuleInit(): void {
    this.#attach();
  }

  /** @internal */
  onApplicationBootstrap(): void {
    this.#warn();
    const { mode } = this.access;
    // A closed one has said so, and nobody can do anything in it.
    if (mode.kind !== 'closed') this.audit.record(undefined, configured(mode, this.options));
    const server = this.host.httpAdapter?.getHttpServer() as Parameters<typeof announceLink>[0] | undefined;
    if (mode.kind === 'local' && server)
      announceLink(server, mountedPath(this.path, this.config), mode.tokens[0].token);
  }

  /**
   * Ends what is held open, after what was logged so far.
   * @internal
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.operations.abandonAll();
    // Open streams end with what was logged so far.
    await this.options.store?.flush?.(FLUSH_MS);
    await this.open.closeAll();
    const server = this.host.httpAdapter?.getHttpServer() as Partial<Server> | undefined;
    // One that was busy when the server began to close is kept alive, and a page that asks every two seconds keeps it busy.
    this.#closingIdle = setInterval(() => server?.closeIdleConnections?.(), CLOSE_IDLE_EVERY_MS).unref();
  }

  /** @internal */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#closingIdle);
    this.audit.close();
    LoggerTap.get().remove(this.#client);
    processOperations.delete(this.operations);
    this.levels.close();
    await this.destinations.close();
    this.files.close();
    await this.options.store?.close();
    this.store.close();
  }

  #inContext(): Serve {
    const { requests } = this.options;
    let mount: string | undefined;
    const header = requests === false ? undefined : requests.header.toLowerCase();
    // Asked for by a request: the global prefix is known by then.
    const isOurs = (target: string): boolean =>
      isUnder((mount ??= `/${mountedPath(this.path, this.config)}`), target);
    // A console nobody opened cannot be told from none.
    const returned = this.access.mode.kind !== 'closed';
    return serveInContext({ header, returned, isOurs });
  }

  #attach(): void {
    if (this.options.attach) LoggerTap.get().attach();
  }

  #warn(): void {
    const { mode } = this.access;
    if (mode.kind === 'closed')
      logger.warn(`The log console is closed: every route answers 404. To open it, ${mode.hint}.`);
    if (mode.kind === 'configured' && mode.ignoredVariable) {
      logger.warn(
        `${TOKEN_VARIABLE} is set, but access in LogConsoleModule.forRoot() wins: the variable is not used.`,
      );
    }
    if (this.options.redact === false)
      logger.warn('Redaction is off: secrets that are logged can be read in the log console.');
    const { belowLevel } = this.capture.stats;
    if (this.options.attach && this.store.stats().accepted.total + belowLevel === 0) {
      logger.warn(
        'Nothing was captured until the end of the boot. There may be two copies of @nestjs/common (npm ls @nestjs/common), or logging is off.',
      );
    }
  }
}
