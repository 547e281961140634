import { Inject, Injectable, NotFoundException, type StreamableFile } from '@nestjs/common';
import { type Observable } from 'rxjs';
import {
  ContextLevels,
  TOO_MANY_LEVELS,
  type ContextLevel,
  type LevelOverview,
  type SetLevelOptions,
} from './domain/context-levels.js';
import { contextProblems, levelProblems } from './domain/level-problems.js';
import { type LogBatch } from './domain/log-batch.js';
import { type ContextIds } from './domain/log-context.js';
import { type LogEntry } from './domain/log-entry.js';
import { LogFiles, type LogFile } from './domain/log-files.js';
import { LogInstances, type InstanceList } from './domain/log-instances.js';
import { NO_OPERATION, type OperationSource, type OperationSummary } from './domain/log-operations.js';
import {
  LogStore,
  type Cleared,
  type ClearRequest,
  type LogSource,
  type ReadRequest,
} from './domain/log-source.js';
import { LogRequests, type RequestSummary } from './domain/log-requests.js';
import { type LogLevel } from './domain/log-level.js';
import { type LogStats, type LogStatsProvider } from './domain/log-stats.js';
import { TextRedactor } from './domain/text-redactor.js';
import { OpenStreams } from './http/open-streams.js';
import { tailAnswer, type TailOptions } from './http/tail-answer.js';
import { LogCapture } from './logger/log-capture.js';
import {
  type Operation,
  type OperationFunction,
  type OperationOptions,
  type RunningOperation,
} from './operations/operation.js';
import { Operations } from './operations/operations.js';
import { checkIds } from './operations/context-ids.js';
import { runWithin } from './operations/context-storage.js';
import { Destinations } from './reading/destinations.js';
import { follow, type FollowOptions } from './reading/follow.js';
import { MemoryStore } from './stores/memory/memory.store.js';

type OperationArguments<T> =
  [fn: OperationFunction<T>] | [options: OperationOptions | undefined, fn: OperationFunction<T>];

const NOBODY = 'The application';

/** What application code injects: everything HTTP can do with the log, code can do. */
@Injectable()
export class LogConsoleService implements LogStatsProvider {
  /** @internal */
  constructor(
    @Inject(MemoryStore) private readonly ring: MemoryStore,
    @Inject(LogCapture) private readonly capture: LogCapture,
    @Inject(OpenStreams) private readonly open: OpenStreams,
    @Inject(TextRedactor) private readonly redactor: TextRedactor,
    @Inject(LogFiles) private readonly logFiles: LogFiles,
    @Inject(LogStore) private readonly log: LogStore,
    @Inject(Destinations) private readonly destinations: Destinations,
    @Inject(Operations) private readonly allOperations: Operations,
    @Inject(LogRequests) private readonly requests: LogRequests,
    @Inject(LogInstances) private readonly processes: LogInstances,
    @Inject(ContextLevels) private readonly contextLevels: ContextLevels,
  ) {}

  /** Every entry of this process as it is accepted, in id order. An observer that throws is unsubscribed; one that logs is answered after it returns. */
  get entries$(): Observable<LogEntry> {
    return this.ring.entries$;
  }

  /** One batch; without a cursor the newest `limit` (default 500). Never rejects: a cursor nobody knows is answered with a gap. */
  async read(request: Partial<ReadRequest> = {}): Promise<LogBatch> {
    return this.log.read({ ...request, limit: request.limit ?? 500 });
  }

  /** Reads to the end, then keeps up, until the signal aborts or the loop is left. An empty batch is the heartbeat. */
  follow(options: FollowOptions = {}): AsyncGenerator<LogBatch, void, void> {
    return follow(this.log, options);
  }

  /**
   * Removes everything up to `upTo` (default: the newest) from the live buffer; `by` is named in the entry that says so.
   * Rejects with an UnknownCursorError for a cursor of another epoch or beyond the newest: then nothing was cleared.
   */
  async clear(request: ClearRequest = {}): Promise<Cleared> {
    return this.log.clear(request);
  }

  /** The log files of the option `files`, as they are now. */
  files(): Promise<LogFile[]> {
    return this.logFiles.list();
  }

  /** One of them, by its id, to be read or given to {@link follow}; undefined for an id nobody knows. */
  file(id: string): Promise<LogSource | undefined> {
    return this.logFiles.find(id);
  }

  /**
   * Runs a function as an operation and settles exactly as it does: every line written in it belongs to the operation.
   * Rejects with a TypeError for a wrong name or option.
   */
  operation<T>(name: string, fn: OperationFunction<T>): Promise<T>;
  /** The same, with what is said of it. */
  operation<T>(name: string, options: OperationOptions | undefined, fn: OperationFunction<T>): Promise<T>;
  async operation<T>(name: string, ...rest: OperationArguments<T>): Promise<T> {
    return this.allOperations.operation(name, ...optionsFirst(rest));
  }

  /**
   * Starts an operation and returns at once: its id, for an answer that says where to follow it; `done`, for who waits.
   * Throws a TypeError for a wrong name or option, and nothing that the function throws.
   */
  start<T>(name: string, fn: OperationFunction<T>): Operation<T>;
  /** The same, with what is said of it. */
  start<T>(name: string, options: OperationOptions | undefined, fn: OperationFunction<T>): Operation<T>;
  start<T>(name: string, ...rest: OperationArguments<T>): Operation<T> {
    return this.allOperations.start(name, ...optionsFirst(rest));
  }

  /** The innermost operation this is called in, while it runs: its id, its signal, its progress. */
  get currentOperation(): RunningOperation | undefined {
    return this.allOperations.current;
  }

  /** The operations that are kept: running ones first, then those that ended last. */
  operations(): OperationSummary[] {
    return this.allOperations.list();
  }

  /** One of them, by its id, to be read, followed or cancelled; undefined for one that is unknown, or no longer kept. */
  operationById(id: string): OperationSource | undefined {
    return this.allOperations.find(id);
  }

  /**
   * Runs `fn` and answers what it does: each line written in it, also after awaits, in timers and promises it started,
   * carries these ids; what is not given is as outside. Throws a TypeError for values that are no ids.
   */
  context<T>(values: ContextIds, fn: () => T): T {
    checkIds(values);
    const { requestId, traceId, spanId } = values;
    return runWithin({ requestId, traceId, spanId }, fn);
  }

  /** The newest request of an id, of the last 10,000 in which a line was captured; undefined for one that is not kept. */
  request(id: string): RequestSummary | undefined {
    return this.requests.find(id);
  }

  /**
   * The live text of an operation, for a handler to answer with: its lines from the beginning, as they come, and its
   * outcome, with which the answer ends. The operation goes on when the viewer leaves. Who may see it is for the handler's
   * own guards to say. Throws a NotFoundException for an operation that is unknown, or no longer kept.
   */
  tail(
    operation: {
      /** The id of the operation. */
      readonly id: string;
    },
    options: TailOptions = {},
  ): StreamableFile {
    const source = this.allOperations.find(operation.id);
    if (!source) throw new NotFoundException(NO_OPERATION);
    return tailAnswer(source, options, this.open);
  }

  /** The processes that write to this log: those that share a store; without one, this process. */
  instances(): Promise<InstanceList> {
    return this.processes.instances();
  }

  /** The levels of all contexts that are known. */
  levels(): LevelOverview {
    return this.contextLevels.list();
  }

  /**
   * Sets the lowest level that is captured of a context (`OrdersService`), of those that begin with a text (`Orders*`), or
   * of all (`*`), for half an hour or `ttlSeconds`; the log says so. Throws a TypeError for what cannot be set, and an
   * Error where too many are.
   */
  setLevel(context: string, level: LogLevel, { by, ttlSeconds, reason }: SetLevelOptions = {}): ContextLevel {
    const request = { level, ttlSeconds, reason };
    refuse('setLevel()', levelProblems(context, request), by);
    const set = this.contextLevels.set(context, request, by ?? NOBODY);
    if (!set) throw new Error(TOO_MANY_LEVELS);
    return set;
  }

  /** Takes back what was set, if anything was; the log says so. Throws a TypeError for what is no context. */
  resetLevel(context: string, { by }: Pick<SetLevelOptions, 'by'> = {}): ContextLevel {
    refuse('resetLevel()', contextProblems(context), by);
    return this.contextLevels.reset(context, by ?? NOBODY);
  }

  /** The counters. At rest, attempted = accepted.total + belowLevel + rejected + suppressed, the module's own lines included. */
  async stats(): Promise<LogStats> {
    const stored = await this.log.stats();
    const { belowLevel, rejected, suppressed } = this.capture.stats;
    return {
      ...stored,
      belowLevel,
      rejected: stored.rejected + rejected,
      suppressed,
      readers: this.open.counts,
      redactions: this.redactor.counts,
      sinks: this.destinations.stats,
    };
  }
}

function refuse(what: string, problems: readonly string[], by: unknown): void {
  const isBy = by === undefined || (typeof by === 'string' && by.length >= 1 && by.length <= 200);
  const all = isBy ? problems : [...problems, 'by must be a text of 1 to 200 characters.'];
  if (all.length > 0) throw new TypeError(`${what}: ${all.join(' ')}`);
}

function optionsFirst<T>(given: OperationArguments<T>): [OperationOptions, OperationFunction<T>] {
  return given.length === 2 ? [given[0] ?? {}, given[1]] : [{}, given[0]];
}
