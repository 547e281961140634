import { type LogLevel } from './log-level.js';

/** What was cut from an entry that was too long: UTF-8 bytes of message, stack and data before and after. */
export interface Truncated {
  readonly bytes: number;
  readonly kept: number;
}

/** What was logged, before it has a place in a source. */
export interface LogRecord {
  /** RFC 3339, UTC, milliseconds. Default of a store: the time of the call. */
  readonly time?: string;
  readonly level: LogLevel;
  readonly context?: string;
  readonly message: string;
  readonly stack?: string;
  /** Structured parameters; a store keeps what their JSON says at the time of the call. */
  readonly data?: unknown;
  readonly requestId?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  /** Id of the innermost operation it belongs to. */
  readonly operation?: string;
  /** Which process wrote it: `[A-Za-z0-9_.-]{1,64}`. Default of a store: its own process. */
  readonly instance?: string;
  readonly truncated?: Truncated;
  /** Files only: belongs to the entry before it. */
  readonly continues?: boolean;
}

/** A record with its place: ids only go up, and are dense inside an epoch. */
export interface LogEntry extends LogRecord {
  readonly id: number;
}
