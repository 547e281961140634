import { type LogBatch } from '../../../src/domain/log-batch.js';
import { type StoreStats } from '../../../src/domain/log-source.js';
import { type OperationSummary } from '../../../src/domain/log-operations.js';

/** What the server sends of a batch: the JSON of `GET entries` and of the unnamed events of `GET stream`. */
export type Batch = Pick<LogBatch, 'epoch' | 'instance' | 'entries' | 'more' | 'gap' | 'degraded'> & {
  readonly next: string;
  readonly prev: string;
};

/** The answer of `GET session`. */
export interface Session {
  readonly user: { readonly name: string; readonly role: string };
  readonly can: readonly string[];
  readonly server: {
    readonly name: string;
    readonly version: string;
    readonly instance: string;
    readonly startedAt: string;
    readonly time: string;
    readonly timeZone: string;
  };
}

/** `event: hello`. */
export interface Hello {
  readonly epoch: string;
  readonly instance: string;
  readonly startedAt: string;
  readonly oldest: string;
  readonly newest: string;
  readonly pingSeconds: number;
  readonly uiVersion: string;
  readonly store?: StoreStats['store'];
}

/** How the log is kept: `hello.store` and `event: store`; of polls only whether it is away. */
export type StoreState = Partial<StoreStats['store']> & Pick<StoreStats['store'], 'state'>;

/** One of `GET files`. */
export interface LogFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly modified?: string;
  readonly state: 'ok' | 'missing' | 'unavailable';
  readonly reason?: string;
  readonly linesPerSecond: number;
}

/** `event: file`. */
export interface FileHappening {
  readonly change: 'rotated' | 'truncated' | 'missing' | 'unavailable' | 'returned';
  readonly at: string;
  readonly reason?: string;
}

/** `event: operation`, and one of `GET operations`. */
export type Operation = OperationSummary;

/** `GET requests/:id`. */
export interface RequestFacts {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Once it was answered. */
  readonly status?: number;
  readonly startedAt: string;
  /** Once it is over. */
  readonly durationMs?: number;
  /** The client left before it was answered. */
  readonly aborted?: boolean;
  readonly instance: string;
}

/** `event: cleared`. */
export interface Cleared {
  readonly upTo: string;
  readonly by?: string;
  readonly at: string;
}
