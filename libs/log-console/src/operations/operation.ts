import { type OperationState } from '../domain/log-operations.js';

/** What is said of an operation at its start. */
export interface OperationOptions {
  /** Who starts it, for people: 1 to 200 characters. */
  readonly by?: string;
  /** What it works on: any value. Redacted; at most 16 KiB of its JSON are kept. */
  readonly data?: unknown;
  /** Whether somebody may ask it to stop; its function then has to look at `op.signal`. Default false. */
  readonly cancellable?: boolean;
}

/** An operation as its own function sees it. */
export interface RunningOperation {
  /** Its id. */
  readonly id: string;
  /** Aborts when somebody asks it to stop, and when the application shuts down. */
  readonly signal: AbortSignal;
  /** Says how far it is; what is not a number from 0 on is passed over. As cheap as an assignment. */
  progress(done: number, total?: number): void;
}

/** An operation that was started. */
export interface Operation<T = unknown> {
  /** Its id: `[A-Za-z0-9_-]{1,64}`. */
  readonly id: string;
  /** Its name, redacted. */
  readonly name: string;
  /** Aborts when somebody asks it to stop, and when the application shuts down. */
  readonly signal: AbortSignal;
  /** What became of it so far. */
  readonly state: OperationState;
  /**
   * Settles as its function does. Nobody has to look at it: a rejection is no unhandled one, and where it was not looked at
   * what was thrown is logged, as the last line of the operation.
   */
  readonly done: Promise<T>;
}

/** The work of an operation. Every line it writes, also after awaits, in timers and promises, belongs to it. */
export type OperationFunction<T> = (operation: RunningOperation) => T | PromiseLike<T>;
