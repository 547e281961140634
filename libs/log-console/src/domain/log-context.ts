import { type LogRecord } from './log-entry.js';

/** What is known of the place in the program a line is written from; carried along through awaits, timers and promises. */
export interface LogContext extends Pick<LogRecord, 'requestId' | 'traceId' | 'spanId'> {
  /** The innermost operation. */
  readonly operation?: ContextOperation;
  /** It serves one of the module's own routes: what a host's request logger writes meanwhile is no news. */
  readonly isOwnRequest?: boolean;
}

/** The operation a line belongs to. */
export interface ContextOperation {
  /** Its id. */
  readonly id: string;
}
