import { type Cursor } from './cursor.js';
import { type LogBatch } from './log-batch.js';
import { type LogRecord } from './log-entry.js';
import { type LogFilter } from './log-filter.js';
import { type LogLevel } from './log-level.js';
import { type OperationSummary } from './log-operations.js';

/** What to read. Without `after` and `before`: the newest `limit` entries. */
export interface ReadRequest {
  /** Entries after it; a bare integer is the last id seen, `0` the oldest held. */
  readonly after?: Cursor | undefined;
  /** The newest `limit` entries before it. */
  readonly before?: Cursor | undefined;
  /** How many entries at most; a filter, `maxBytes` or the read budget may make it fewer. */
  readonly limit: number;
  /** Which entries; what it drops is passed over. Default: all. */
  readonly filter?: LogFilter | undefined;
  /** Bound on the JSON of the entries; at least one entry is answered. Default: none. */
  readonly maxBytes?: number | undefined;
}

/** How long to wait for news. */
export interface Wait {
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** How long at most, in milliseconds. */
  readonly timeoutMs: number;
}

/** Somebody cleared the source. */
export interface ClearedEvent {
  /** What happened. */
  readonly event: 'cleared';
  /** The last entry cleared, by whom, and when (RFC 3339). */
  readonly data: {
    /** Everything up to here is gone. */
    readonly upTo: Cursor;
    /** Who cleared; absent when it was not said. */
    readonly by?: string;
    /** When, RFC 3339. */
    readonly at: string;
  };
}

/** Something became of a file. */
export interface FileEvent {
  /** What happened. */
  readonly event: 'file';
  /** What became of it, and when (RFC 3339). */
  readonly data: {
    /** `returned`: it can be read again. */
    readonly change: 'rotated' | 'truncated' | 'missing' | 'unavailable' | 'returned';
    /** When it was noticed, RFC 3339. */
    readonly at: string;
    /** Why it cannot be read. */
    readonly reason?: string;
  };
}

/** An operation has changed: its state, its progress. */
export interface OperationEvent {
  /** What happened. */
  readonly event: 'operation';
  /** The operation as it is now. */
  readonly data: OperationSummary;
}

/** A shared store has come or gone. */
export interface StoreEvent {
  /** What happened. */
  readonly event: 'store';
  /** How it is now. */
  readonly data: StoreStats['store'];
}

/** Something every open stream of a source is told, beside its entries. */
export type SourceEvent = ClearedEvent | FileEvent | OperationEvent | StoreEvent;

/**
 * Something that can be read by cursor.
 *
 * No cursor → the newest `limit`, oldest first. `next` neither repeats nor skips; up to date ⇔ `next` equals `after`.
 * A reader that kept up sees no gap; one that lost entries is told once, with the number. A filter moves `next` past
 * what it drops. A cursor is never rejected: a foreign, malformed or future one is answered with a gap `restarted`,
 * then from the oldest held. The conformance suite (`nestjs-log-console/testing`) says the same in tests.
 */
export interface LogSource {
  /** Never waits. */
  read(request: ReadRequest): LogBatch | Promise<LogBatch>;
  /** Resolves when something exists after the cursor, at the latest when the signal aborts or the time is over. */
  waitAfter(cursor: Cursor, wait: Wait): Promise<void>;
  /** Calls the listener at each event; returns how to stop it. */
  onEvent?(listener: (event: SourceEvent) => void): () => void;
  /**
   * True once nothing more comes: a reader that is up to date then is done. It stays so, everybody who waits is woken when
   * it becomes so, and nobody waits from then on. Default: there is always more to come.
   */
  isFinished?(): boolean;
}

/** How many entries, and of which levels. */
export interface Counts {
  /** Of all levels. */
  readonly total: number;
  /** Of each level. */
  readonly byLevel: Readonly<Record<LogLevel, number>>;
}

/** What a store holds and what has become of the rest. */
export interface StoreStats {
  /** Its name in cursors: another one after a restart. */
  readonly epoch: string;
  /** `after` this reads everything held. */
  readonly oldest: Cursor;
  /** `after` this reads what comes. */
  readonly newest: Cursor;
  /** What can be read now. */
  readonly held: {
    /** Number of entries. */
    readonly entries: number;
    /** Their text, in the unit of `capacity.bytes`. */
    readonly bytes: number;
    /** Number of entries of each level. */
    readonly byLevel: Readonly<Record<LogLevel, number>>;
  };
  /** The bounds of what is held. */
  readonly capacity: {
    /** Number of entries. */
    readonly entries: number;
    /** Bytes of text. */
    readonly bytes: number;
  };
  /** Everything that ever got an id. */
  readonly accepted: Counts;
  /** How many of them gave way to newer ones. */
  readonly evicted: number;
  /** How many of them were cleared. */
  readonly cleared: number;
  /** Appended from within an append from within an append, which is where it ends. */
  readonly rejected: number;
  /** What kind of store it is and how it is. */
  readonly store: {
    /** `memory`, for example. */
    readonly kind: string;
    /** `degraded`: something shared is away, and only this process is seen. */
    readonly state: 'up' | 'degraded';
    /** Since when it is so, RFC 3339. */
    readonly since: string;
  };
}

/** What to clear. */
export interface ClearRequest {
  /** The last entry to clear. Default: the newest. */
  readonly upTo?: Cursor | undefined;
  /** Who clears, for the tombstone and the event. */
  readonly by?: string | undefined;
}

/** What was cleared. */
export interface Cleared {
  /** How many entries; 0: there was nothing. */
  readonly cleared: number;
  /** The last of them. */
  readonly upTo: Cursor;
}

/** A cursor of another epoch, or beyond the newest entry, where only a known place will do. */
export class UnknownCursorError extends Error {
  /** Says what it is, where classes are not shared. */
  override readonly name = 'UnknownCursorError';
}

/** A shared store cannot be reached, where only it can do what is asked. */
export class StoreAwayError extends Error {
  /** Says what it is, where classes are not shared. */
  override readonly name = 'StoreAwayError';
}

/**
 * A source that is written to.
 *
 * `append` is synchronous, takes any record, never throws. `clear` removes everything up to `upTo`; the next entry
 * is a tombstone (context `LogConsole`, level `warn`) and every listener gets `cleared`; a reader behind it gets a gap
 * `cleared`; ids go on. Nothing to clear: `{ cleared: 0 }`, no tombstone, no event. Rejects, or throws, an
 * {@link UnknownCursorError} for an `upTo` of another epoch or beyond the newest: then nothing was cleared.
 */
export interface LogStore extends LogSource {
  /** Takes a record: at once, whatever it is; never throws. */
  append(record: LogRecord): void;
  /** Removes everything up to `upTo`; an {@link UnknownCursorError} for a place it does not know, a {@link StoreAwayError} where it cannot now. */
  clear(request?: ClearRequest): Cleared | Promise<Cleared>;
  /** The counters. */
  stats(): StoreStats | Promise<StoreStats>;
}

/** The injection token of the application's own log. */
export const LogStore = Symbol('LogStore');
