import { type LogRecord } from './log-entry.js';
import { type RequestOutcome } from './log-requests.js';

/** What a line is found by, beside its text. */
export type ContextIds = Pick<LogRecord, 'requestId' | 'traceId' | 'spanId'>;

/** What each line of a context carries: one object for all of them, so that a line costs no more than one outside. */
export type ContextLinks = ContextIds & Pick<LogRecord, 'operation'>;

/** What is known of the place in the program a line is written from; carried along through awaits, timers and promises. */
export interface LogContext {
  /** Made once per context and shared by its lines; absent where there is nothing to carry. */
  readonly links?: ContextLinks;
  /** The innermost operation. */
  readonly operation?: ContextOperation;
  /** The HTTP request that is served. */
  readonly request?: ContextRequest;
}

/** The operation a line belongs to. */
export interface ContextOperation {
  /** Its id. */
  readonly id: string;
}

/** The request a line belongs to. */
export interface ContextRequest {
  /** While it serves one of the module's own routes: what a host's request logger writes meanwhile is no news. */
  readonly isOurs: boolean;
  /** The HTTP method. */
  readonly method: string;
  /** The path that was asked for, without its query, as it came: not redacted. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** What became of it, filled in when it is known; who keeps it keeps nothing else of the request. */
  readonly outcome: RequestOutcome;
}
