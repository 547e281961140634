import { type BeforeApplicationShutdown, type ConfigurableModuleAsyncOptions, type DynamicModule, type NestModule, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit, type Type } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import { AccessControl } from './access/access-control.js';
import { OpenStreams } from './http/open-streams.js';
import { ResolvedOptions, type LogConsoleExtras, type LogConsoleOptions, type LogConsoleOptionsFactory } from './log-console.options.js';
import { LogCapture } from './logger/log-capture.js';
import { MemoryStore } from './stores/memory/memory.store.js';
declare const ConfigurableModuleClass: import("@nestjs/common").ConfigurableModuleCls<LogConsoleOptions, "forRoot", "createLogConsoleOptions", LogConsoleExtras>;
/** The options of `forRootAsync`: `useFactory` (with `inject`), `useClass` or `useExisting`, `imports`, and the extras. */
export type LogConsoleAsyncOptions = ConfigurableModuleAsyncOptions<LogConsoleOptions, keyof LogConsoleOptionsFactory> & LogConsoleExtras;
/** A live log console for a Nest application: `imports: [LogConsoleModule.forRoot()]` is all it needs. */
export declare class LogConsoleModule extends ConfigurableModuleClass implements NestModule, OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
    #private;
    private readonly options;
    private readonly store;
    private readonly capture;
    private readonly access;
    private readonly open;
    private readonly path;
    private readonly controllers;
    private readonly config;
    private readonly host;
    /** @internal */
    constructor(options: ResolvedOptions, store: MemoryStore, capture: LogCapture, access: AccessControl, open: OpenStreams, path: string, controllers: readonly Type[], config: ApplicationConfig, host: HttpAdapterHost);
    /** Captures everything from here on, and opens the console; see {@link LogConsoleOptions} for the options. */
    static forRoot(options?: LogConsoleOptions & LogConsoleExtras): DynamicModule;
    /** The same with options from a factory; `path`, `global`, `ui`, `openapi` and `decorators` stay beside it. */
    static forRootAsync(options: LogConsoleAsyncOptions): DynamicModule;
    /** @internal */
    configure(): void;
    /** @internal */
    onModuleInit(): void;
    /** @internal */
    onApplicationBootstrap(): void;
    /**
     * Ends what is held open, after what was logged so far.
     * @internal
     */
    beforeApplicationShutdown(): Promise<void>;
    /** @internal */
    onApplicationShutdown(): void;
}
export {};
