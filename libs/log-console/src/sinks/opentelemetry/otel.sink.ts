import { ROOT_CONTEXT, trace, TraceFlags, type Context } from '@opentelemetry/api';
import {
  logs,
  SeverityNumber,
  type AnyValue,
  type Logger,
  type LoggerProvider,
  type LogRecord,
} from '@opentelemetry/api-logs';
import { type LogBatch } from '../../domain/log-batch.js';
import { type LogEntry } from '../../domain/log-entry.js';
import { type LogLevel } from '../../domain/log-level.js';
import { type LogSink } from '../../domain/log-sink.js';

/** Contexts are names in code; a program that makes them up as it goes must not fill the memory. */
const MAX_SCOPES = 1000;
const OUR_SCOPE = 'nestjs-log-console';
const SEVERITY: Readonly<Record<LogLevel, SeverityNumber>> = {
  verbose: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  log: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
};

/** OpenTelemetry, to which the log goes. */
export interface OtelSinkOptions {
  /** Takes the records; each context is a scope of its own. Default: the global provider, as it is at the first line. */
  readonly provider?: LoggerProvider;
  /** Takes the records of all contexts instead. */
  readonly logger?: Logger;
  /** Its name in the counters, `[A-Za-z0-9_.-]{1,64}`. Default `opentelemetry`. */
  readonly name?: string;
  /** Which levels, spelled as the option `level` is. Default: all. */
  readonly level?: string;
  /** Which contexts: exact names, or prefixes ending in `*`. Default: all. */
  readonly context?: readonly string[];
}

/** Hands the log to OpenTelemetry's SDK; resource, batches and export are its business. */
export function otelSink(options: OtelSinkOptions = {}): LogSink {
  return new OtelSink(options);
}

class OtelSink implements LogSink {
  readonly name: string;
  readonly level: string | undefined;
  readonly context: readonly string[] | undefined;
  readonly #options: OtelSinkOptions;
  readonly #scopes = new Map<string, Logger>();

  constructor(options: OtelSinkOptions) {
    this.name = options.name ?? 'opentelemetry';
    this.level = options.level;
    this.context = options.context;
    this.#options = options;
  }

  async write({ entries, epoch }: LogBatch): Promise<void> {
    for (const entry of entries) this.#loggerOf(entry.context).emit(recordOf(entry, epoch));
  }

  #loggerOf(context = OUR_SCOPE): Logger {
    if (this.#options.logger) return this.#options.logger;
    const known = this.#scopes.get(context);
    if (known) return known;
    if (this.#scopes.size >= MAX_SCOPES && context !== OUR_SCOPE) return this.#loggerOf();
    const logger = (this.#options.provider ?? logs.getLoggerProvider()).getLogger(context);
    this.#scopes.set(context, logger);
    return logger;
  }
}

function recordOf(entry: LogEntry, epoch: string): LogRecord {
  const { id, time, level, context, message, stack, data, requestId, operation, instance, truncated } = entry;
  const attributes = {
    'log.record.uid': `${epoch}-${id}`,
    'service.instance.id': instance,
    'code.namespace': context,
    'exception.stacktrace': stack,
    'request.id': requestId,
    'operation.id': operation,
    'log.truncated.bytes': truncated?.bytes,
    data: data as AnyValue | undefined,
  };
  const known = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return {
    ...(time === undefined ? {} : { timestamp: new Date(time) }),
    observedTimestamp: new Date(),
    severityNumber: SEVERITY[level],
    severityText: level.toUpperCase(),
    body: message,
    attributes: Object.fromEntries(known),
    ...contextOf(entry),
  };
}

/** Where in a trace it was written. */
function contextOf({ traceId, spanId }: LogEntry): { context?: Context } {
  if (traceId === undefined || spanId === undefined) return {};
  const spanContext = { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
  return { context: trace.setSpanContext(ROOT_CONTEXT, spanContext) };
}
