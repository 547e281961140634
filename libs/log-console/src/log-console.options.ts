import { type LoggerService } from '@nestjs/common';
import { hostname } from 'node:os';
import { type AccessOptions } from './access/access.options.js';
import { type LogLevel } from './domain/log-level.js';
import { type LogSink } from './domain/log-sink.js';
import { type ShareableLevels } from './domain/context-levels.js';
import { type ContextIds } from './domain/log-context.js';
import { type InstanceList, type ProcessIdentity } from './domain/log-instances.js';
import { type LogStore } from './domain/log-source.js';
import { type RedactOptions } from './redaction/redact.options.js';
import { type DirectoryOptions, type FileOptions } from './sources/file/file.options.js';
import { type MemoryStore } from './stores/memory/memory.store.js';

/** What is captured beside Nest's own Logger. */
export interface CaptureOptions {
  /** `console.*` calls. Default false. */
  readonly console?: boolean;
  /** Process warnings and crashes; a crash is observed only, the process ends as it would. Default true. */
  readonly process?: boolean;
}

/** Bounds on what readers and entries may take. */
export interface LimitOptions {
  /** Open streams per user and address. Default 10. */
  readonly streamsPerUser?: number;
  /** Open streams per process. Default 100. */
  readonly streamsPerProcess?: number;
  /** Text of one entry in UTF-8 bytes; more is cut and says so. Default 262144 (256 KiB). */
  readonly entryBytes?: number;
}

/** A log that several processes share, such as `RedisStore` of `nestjs-log-console/redis`. */
export interface SharedStore extends LogStore {
  /** Takes it into use for the buffer of this process, and says who that is: what comes into the buffer comes into the log. */
  attach(ring: MemoryStore, process: ProcessIdentity): unknown;
  /** Waits until what was logged so far can be read there, for at most so long. */
  flush?(withinMs: number): Promise<unknown>;
  /** Has all processes that share it take the levels that are set in one of them. */
  shareLevels?(levels: ShareableLevels): void;
  /** The processes that share it. */
  instances?(): Promise<InstanceList>;
  /** Ends it; called once, when the application has shut down. */
  close(): void | Promise<void>;
}

/** What is kept of operations. */
export interface OperationsOptions {
  /** Finished operations kept; the oldest go first. Running ones always are. Default 100. */
  readonly keep?: number;
  /** Lines kept of each; the oldest give way. Default 5,000. */
  readonly entries?: number;
  /**
   * Text of the lines of all operations together, in bytes, one per UTF-16 code unit: the oldest finished ones go first,
   * then the oldest lines of the running one that holds most. Default 33554432 (32 MiB).
   */
  readonly maxBytes?: number;
}

/** How requests are told apart. */
export interface RequestsOptions {
  /**
   * The header that brings the id of a request, where it is one of 1 to 128 of A-Z a-z 0-9 . _ : = + / @ -, and returns
   * it with every response. Default `x-request-id`.
   */
  readonly header?: string;
}

/** The options that may come from a factory. */
export interface LogConsoleOptions {
  /** Entries held at most. Default 10,000. */
  readonly capacity?: number;
  /** Text held at most, in bytes, one per UTF-16 code unit. Default 16777216 (16 MiB). */
  readonly maxBytes?: number;
  /**
   * What is captured, in Nest's `NEST_LOG_LEVEL` grammar: `warn` and `>=warn` (that and above), `>warn`, `debug,warn`.
   * Independent of what the forwarded logger prints; `error` and `fatal` always pass. Default: everything.
   */
  readonly level?: string;
  /**
   * The lowest level that is captured of single contexts, of those that begin with a text, or of all: `{ 'Orders*': 'warn',
   * HttpLogger: 'error' }`. The most specific one decides, all go before `level`. Default: none.
   */
  readonly levels?: Readonly<Record<string, LogLevel>>;
  /** Swap the logger in by itself; `false` leaves it to `app.useLogger(app.get(LogConsoleLogger))`. Default true. */
  readonly attach?: boolean;
  /** Who goes on printing: any LoggerService, or `false` for nobody. Default: the logger that was there. */
  readonly forward?: LoggerService | false;
  /** What is captured beside Nest's Logger. Default `{ console: false, process: true }`. */
  readonly capture?: CaptureOptions;
  /** Who may use the console. Default: closed in production, a link in the terminal in development. */
  readonly access?: AccessOptions;
  /**
   * Secrets are masked before anything is held; these options add to what is known by default. `false` masks nothing but
   * the console's own tokens. What the forwarded logger prints is not changed. Default: on.
   */
  readonly redact?: RedactOptions | false;
  /**
   * Log files that can be read in the console, with whatever is in them, by everybody with the ability `files`: single
   * ones, and those of directories. Default: none.
   */
  readonly files?: readonly (FileOptions | DirectoryOptions)[];
  /** Where the log goes beside the console: files, other services. Each gets every line that its level lets pass. Default: none. */
  readonly sinks?: readonly LogSink[];
  /** What is kept of operations, beside the application's own log. */
  readonly operations?: OperationsOptions;
  /** Each HTTP request has an id, which its lines carry. `false`: none of them has. Default on. */
  readonly requests?: RequestsOptions | false;
  /**
   * Called for each line that is captured, at once: ids that it is to carry, beside or in place of those known. It has
   * to be fast; one that throws is reported, and the line is captured without it. Default: none.
   */
  readonly enrich?: () => ContextIds | undefined;
  /**
   * Capture what a host's request logger writes while it serves the console's own routes; a poll writes a line then.
   * `error` and `fatal` are always captured. Default false.
   */
  readonly captureOwnRequests?: boolean;
  /** Where the processes of one application keep their log together. Default: each has its own, in memory. */
  readonly store?: SharedStore;
  /** Bounds on streams and entries. */
  readonly limits?: LimitOptions;
  /** Name of this process, `[A-Za-z0-9_.-]{1,64}`. Default `<hostname>-<pid>`. */
  readonly instance?: string;
}

/** How the browser console is served. */
export interface UiOptions {
  /** Where the host signs people in: a path of its own such as `/login`, or an http(s) address. Default: a token field only. */
  readonly signInUrl?: string;
}

/** The options that shape the module itself, so that no factory can give them. */
export interface LogConsoleExtras {
  /** Where it is mounted. Default `log-console`. */
  readonly path?: string;
  /** Export `LogConsoleService` everywhere. Default true. */
  readonly global?: boolean;
  /** Serve the browser console. Default true. */
  readonly ui?: boolean | UiOptions;
  /** List our routes in the host's OpenAPI document. Default true. */
  readonly openapi?: boolean;
  /** Class decorators put on our controllers, so that the host's global guards see `@Public()` or `@SkipThrottle()`. */
  readonly decorators?: readonly ClassDecorator[];
}

/** What a class has to offer to be `useClass` or `useExisting` of `forRootAsync`. */
export interface LogConsoleOptionsFactory {
  /** The options, at once or later; checked as those of `forRoot` are. */
  createLogConsoleOptions(): LogConsoleOptions | Promise<LogConsoleOptions>;
}

/** The options with their defaults. */
export type ResolvedOptions = Required<
  Omit<
    LogConsoleOptions,
    'forward' | 'capture' | 'operations' | 'limits' | 'level' | 'requests' | 'enrich' | 'store'
  >
> & {
  readonly forward: LoggerService | false | undefined;
  readonly level: string | undefined;
  readonly store: SharedStore | undefined;
  readonly capture: Required<CaptureOptions>;
  readonly operations: Required<OperationsOptions>;
  readonly limits: Required<LimitOptions>;
  readonly requests: Required<RequestsOptions> | false;
  readonly enrich: LogConsoleOptions['enrich'];
};

/** The injection token of the options with their defaults. */
export const ResolvedOptions = Symbol('ResolvedOptions');

/** Fills in the defaults of valid options. */
export function withDefaults(options: LogConsoleOptions): ResolvedOptions {
  return {
    capacity: options.capacity ?? 10_000,
    maxBytes: options.maxBytes ?? 16 * 1024 * 1024,
    level: options.level,
    levels: options.levels ?? {},
    attach: options.attach ?? true,
    forward: options.forward,
    capture: { console: options.capture?.console ?? false, process: options.capture?.process ?? true },
    access: options.access ?? {},
    redact: options.redact ?? {},
    files: options.files ?? [],
    store: options.store,
    sinks: options.sinks ?? [],
    operations: {
      keep: options.operations?.keep ?? 100,
      entries: options.operations?.entries ?? 5000,
      maxBytes: options.operations?.maxBytes ?? 32 * 1024 * 1024,
    },
    requests: options.requests === false ? false : { header: options.requests?.header ?? 'x-request-id' },
    enrich: options.enrich,
    captureOwnRequests: options.captureOwnRequests ?? false,
    limits: {
      streamsPerUser: options.limits?.streamsPerUser ?? 10,
      streamsPerProcess: options.limits?.streamsPerProcess ?? 100,
      entryBytes: options.limits?.entryBytes ?? 256 * 1024,
    },
    instance:
      options.instance ??
      `${hostname()
        .replace(/[^\w.-]/g, '_')
        .slice(0, 50)}-${process.pid}`,
  };
}
