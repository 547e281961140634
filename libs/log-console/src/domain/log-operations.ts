import { type Counts, type LogSource } from './log-source.js';

/** What may have become of an operation. */
export const OPERATION_STATES = ['running', 'ok', 'failed', 'cancelled', 'abandoned'] as const;

/** What became of an operation. `abandoned`: the process shut down first. */
export type OperationState = (typeof OPERATION_STATES)[number];

/** How far an operation is. */
export interface OperationProgress {
  /** How much is done. */
  readonly done: number;
  /** Of how much; absent while nobody knows. */
  readonly total?: number;
}

/** An operation as it is at one moment. */
export interface OperationSummary {
  /** Its id: `[A-Za-z0-9_-]{1,64}`. */
  readonly id: string;
  /** Its name for people. */
  readonly name: string;
  /** What became of it so far. */
  readonly state: OperationState;
  /** Who started it; absent when it was not said. */
  readonly by?: string;
  /** Id of the operation it was started in. */
  readonly parent?: string;
  /** What was said about it at its start, redacted. */
  readonly data?: unknown;
  /** RFC 3339. */
  readonly startedAt: string;
  /** RFC 3339; absent while it runs. */
  readonly finishedAt?: string;
  /** How long it took, or has been running. */
  readonly durationMs: number;
  /** Absent until it was told. */
  readonly progress?: OperationProgress;
  /** The lines written in it, those that gave way to newer ones included. */
  readonly lines: Counts;
  /** Why it failed. */
  readonly error?: {
    /** What was thrown, as one text, redacted. */
    readonly message: string;
  };
  /** Whether it can be cancelled. */
  readonly cancellable: boolean;
  /** The process it runs in. */
  readonly instance: string;
}

/** The lines of one operation; it ends when the operation does. */
export interface OperationSource extends LogSource {
  /** The operation as it is now. */
  readonly summary: OperationSummary;
  /** True once nothing more comes. */
  isFinished(): boolean;
  /** Asks it to stop; false when it is not cancellable, or over. */
  cancel(by: string): boolean;
}

/** How the operation is now whose lines a source gives; undefined for other sources. */
export function summaryOf(source: LogSource): OperationSummary | undefined {
  return (source as Partial<OperationSource>).summary;
}

/** The operations of this process that are still kept, by their ids. */
export interface LogOperations {
  /** Running ones first, then the newest. */
  list(): OperationSummary[];
  /** The lines of an id; undefined for one that is unknown, or no longer kept. */
  find(id: string): OperationSource | undefined;
}

/** What is said of an id that no operation has. */
export const NO_OPERATION = 'There is no operation of this id, or it is no longer kept.';

/** The injection token of {@link LogOperations}. */
export const LogOperations = Symbol('LogOperations');
