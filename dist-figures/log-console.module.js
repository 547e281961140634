var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
var __param = (this && this.__param) || function (paramIndex, decorator) {
    return function (target, key) { decorator(target, key, paramIndex); }
};
import { ConfigurableModuleBuilder, Inject, Logger, Module, } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { AccessControl } from './access/access-control.js';
import { accessMode, TOKEN_VARIABLE } from './access/access-mode.js';
import { LogConsoleGuard } from './access/log-console.guard.js';
import { cookieName } from './access/session-cookie.js';
import { announceLink, hasTerminal, mountedPath } from './announcement.js';
import { checkAsyncOptions, checkFactoryOptions, checkOptions, checkTokenVariable } from './check-options.js';
import { parseLevels } from './domain/log-level.js';
import { LogStore } from './domain/log-source.js';
import { LogStatsProvider } from './domain/log-stats.js';
import { TextRedactor } from './domain/text-redactor.js';
import { completeForFastify, controllersAt } from './http/controllers.js';
import { OpenStreams } from './http/open-streams.js';
import { readServerFacts, ServerFacts } from './http/server-facts.js';
import { SourceRoutes } from './http/source-routes.js';
import { ResolvedOptions, withDefaults, } from './log-console.options.js';
import { LogConsoleService } from './log-console.service.js';
import { LogCapture } from './logger/log-capture.js';
import { LogConsoleLogger } from './logger/log-console.logger.js';
import { LoggerTap } from './logger/logger-tap.js';
import { createRedactor } from './redaction/create-redactor.js';
import { MemoryStore } from './stores/memory/memory.store.js';
const DEFAULT_PATH = 'log-console';
const MOUNT_PATH = Symbol('MOUNT_PATH');
const CONTROLLERS = Symbol('CONTROLLERS');
/** Names the extras, so that the builder keeps them apart from the options. */
const NO_EXTRAS = {
    path: undefined,
    global: undefined,
    ui: undefined,
    openapi: undefined,
    decorators: undefined,
};
const logger = new Logger('LogConsole');
const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder()
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createLogConsoleOptions')
    .setExtras(NO_EXTRAS, (definition, extras) => {
    const path = (extras.path ?? DEFAULT_PATH).replace(/^\/|\/$/g, '');
    const { ui = true, openapi = true, decorators = [], global = true } = extras;
    const controllers = controllersAt({ path, ui, openapi, decorators });
    return {
        ...definition,
        global,
        controllers,
        providers: [
            ...(definition.providers ?? []),
            { provide: MOUNT_PATH, useValue: path },
            { provide: CONTROLLERS, useValue: controllers },
        ],
    };
})
    .build();
/** A live log console for a Nest application: `imports: [LogConsoleModule.forRoot()]` is all it needs. */
let LogConsoleModule = class LogConsoleModule extends ConfigurableModuleClass {
    #client;
    /** @internal */
    constructor(options, store, capture, access, open, path, controllers, config, host) {
        super();
        this.options = options;
        this.store = store;
        this.capture = capture;
        this.access = access;
        this.open = open;
        this.path = path;
        this.controllers = controllers;
        this.config = config;
        this.host = host;
        const { attach, forward, capture: also } = options;
        this.#client = { target: this.capture, forward, attach, ...also };
        LoggerTap.get().add(this.#client);
        if (!attach)
            LoggerTap.get().release();
    }
    /** Captures everything from here on, and opens the console; see {@link LogConsoleOptions} for the options. */
    static forRoot(options = {}) {
        checkOptions(options);
        if (options.attach !== false)
            LoggerTap.get().attach();
        return super.forRoot(options);
    }
    /** The same with options from a factory; `path`, `global`, `ui`, `openapi` and `decorators` stay beside it. */
    static forRootAsync(options) {
        checkAsyncOptions(options);
        LoggerTap.get().attach();
        return super.forRootAsync(options);
    }
    // Nest sets its logger at several points of the boot; attaching again is free when the logger is still ours.
    /** @internal */
    configure() {
        this.#attach();
        if (this.host.httpAdapter?.getType() === 'fastify')
            completeForFastify(this.controllers);
    }
    /** @internal */
    onModuleInit() {
        this.#attach();
    }
    /** @internal */
    onApplicationBootstrap() {
        this.#warn();
        const { mode } = this.access;
        const server = this.host.httpAdapter?.getHttpServer();
        if (mode.kind === 'local' && server)
            announceLink(server, mountedPath(this.path, this.config), mode.tokens[0].token);
    }
    /**
     * Ends what is held open, after what was logged so far.
     * @internal
     */
    async beforeApplicationShutdown() {
        await this.open.closeAll();
    }
    /** @internal */
    onApplicationShutdown() {
        LoggerTap.get().remove(this.#client);
        this.store.close();
    }
    #attach() {
        if (this.options.attach)
            LoggerTap.get().attach();
    }
    #warn() {
        const { mode } = this.access;
        if (mode.kind === 'closed')
            logger.warn(`The log console is closed: every route answers 404. To open it, ${mode.hint}.`);
        if (mode.kind === 'configured' && mode.ignoredVariable) {
            logger.warn(`${TOKEN_VARIABLE} is set, but access in LogConsoleModule.forRoot() wins: the variable is not used.`);
        }
        if (this.options.redact === false)
            logger.warn('Redaction is off: secrets that are logged can be read in the log console.');
        const { belowLevel } = this.capture.stats;
        if (this.options.attach && this.store.stats().accepted.total + belowLevel === 0) {
            logger.warn('Nothing was captured until the end of the boot. There may be two copies of @nestjs/common (npm ls @nestjs/common), or logging is off.');
        }
    }
};
LogConsoleModule = __decorate([
    Module({
        providers: [
            {
                provide: ResolvedOptions,
                inject: [MODULE_OPTIONS_TOKEN],
                useFactory: (options) => {
                    checkFactoryOptions(options);
                    return withDefaults(options);
                },
            },
            {
                provide: TextRedactor,
                inject: [ResolvedOptions, AccessControl],
                useFactory: ({ redact }, { knownTokens }) => createRedactor(redact, knownTokens, process.env),
            },
            {
                provide: MemoryStore,
                inject: [ResolvedOptions, TextRedactor],
                useFactory: ({ capacity, maxBytes, limits, instance }, redactor) => new MemoryStore({ capacity, maxBytes, entryBytes: limits.entryBytes, instance, redactor }),
            },
            { provide: LogStore, useExisting: MemoryStore },
            {
                provide: LogCapture,
                inject: [LogStore, ResolvedOptions],
                useFactory: (store, { level }) => new LogCapture(store, level === undefined ? undefined : parseLevels(level)),
            },
            {
                provide: AccessControl,
                inject: [ResolvedOptions, MOUNT_PATH, ModuleRef],
                useFactory: ({ access }, path, moduleRef) => {
                    checkTokenVariable(process.env[TOKEN_VARIABLE]);
                    const mode = accessMode(access, { env: process.env, isTerminal: hasTerminal() });
                    return new AccessControl(mode, access, cookieName(path), moduleRef);
                },
            },
            {
                provide: OpenStreams,
                inject: [ResolvedOptions],
                useFactory: ({ limits }) => new OpenStreams(limits),
            },
            {
                provide: ServerFacts,
                inject: [ResolvedOptions],
                useFactory: ({ instance }) => readServerFacts(instance),
            },
            { provide: LogConsoleLogger, useFactory: () => LoggerTap.get().logger },
            { provide: LogStatsProvider, useExisting: LogConsoleService },
            LogConsoleService,
            LogConsoleGuard,
            SourceRoutes,
        ],
        exports: [LogConsoleService, LogConsoleLogger],
    }),
    __param(0, Inject(ResolvedOptions)),
    __param(1, Inject(MemoryStore)),
    __param(2, Inject(LogCapture)),
    __param(3, Inject(AccessControl)),
    __param(4, Inject(OpenStreams)),
    __param(5, Inject(MOUNT_PATH)),
    __param(6, Inject(CONTROLLERS)),
    __param(7, Inject(ApplicationConfig)),
    __param(8, Inject(HttpAdapterHost)),
    __metadata("design:paramtypes", [Object, MemoryStore,
        LogCapture,
        AccessControl,
        OpenStreams, String, Array, ApplicationConfig,
        HttpAdapterHost])
], LogConsoleModule);
export { LogConsoleModule };
