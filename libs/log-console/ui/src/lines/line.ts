import type { LogEntry } from '../../../src/domain/log-entry.js';
import type { GapReason } from '../../../src/domain/log-batch.js';

interface Placed {
  /**
   * Its place in the list of this page: larger further down, and no two lines that are held have the same. Older lines that
   * are loaded later get smaller numbers, also negative ones; what is loaded into a gap gets those its gap kept free.
   */
  readonly seq: number;
  /** The epoch of the source it came from. */
  readonly epoch: string;
  /** Milliseconds since 1970; undefined where nobody knows. */
  readonly at: number | undefined;
}

/** An entry of the source. */
export interface EntryLine extends Placed {
  readonly kind: 'entry';
  readonly entry: LogEntry;
  /** The message without escape sequences: what is searched, folded and shown. */
  readonly text: string;
}

/** Lines that are missing here, with the exact number; null where nobody can know it. */
export interface GapLine extends Placed {
  readonly kind: 'gap';
  /** `page`: this page could not keep them while it was paused or scrolled up; else what the server said. */
  readonly reason: Exclude<GapReason, 'restarted'> | 'page';
  readonly missed: number | null;
  /** First and last id; absent where nobody can know them. */
  readonly from?: number;
  readonly to?: number;
  /** Whose lines they were; absent where nobody says it. */
  readonly instance?: string;
}

/** The server began a new life here; lines from just before may be missing (`missed`, null where nobody can know it). */
export interface RestartLine extends Placed {
  readonly kind: 'restarted';
  readonly missed: number | null;
}

/** Somebody cleared the list up to here. */
export interface ClearedLine extends Placed {
  readonly kind: 'cleared';
  /** Who; absent: the application itself. */
  readonly by?: string;
}

/** Another file has the name now, or the file was emptied; nothing is missing. */
export interface FileLine extends Placed {
  readonly kind: 'file';
  readonly change: 'rotated' | 'truncated';
}

export type Line = EntryLine | GapLine | RestartLine | ClearedLine | FileLine;
