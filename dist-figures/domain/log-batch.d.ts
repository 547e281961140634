import { type Cursor } from './cursor.js';
import { type LogEntry } from './log-entry.js';
/**
 * Why entries were missed: `evicted` (the buffer turned over), `restarted` (another epoch), `cleared` (an operator
 * cleared them), `rotated` and `truncated` (files), `shipping` (lost on the way to a shared store).
 */
export type GapReason = 'evicted' | 'restarted' | 'cleared' | 'rotated' | 'truncated' | 'shipping';
/** Entries between a reader's cursor and a batch that the reader can never get. */
export interface Gap {
    /** Why. */
    readonly reason: GapReason;
    /** First id missed; absent where nobody can know it. */
    readonly from?: number;
    /** Last id missed; absent where nobody can know it. */
    readonly to?: number;
    /** The exact number, or null where nobody can know it. */
    readonly missed: number | null;
    /** Files only: bytes missed. */
    readonly bytes?: number;
    /** `shipping` only: the process whose entries were lost. */
    readonly instance?: string;
}
/** The answer to one read. */
export interface LogBatch {
    /** The epoch of its ids. */
    readonly epoch: string;
    /** The process that answered. */
    readonly instance: string;
    /** Oldest first. May be made on first use: ask {@link LogBatch.size} how many there are. */
    readonly entries: readonly LogEntry[];
    /** Number of entries. */
    readonly size: number;
    /** Hand back as `after`; equal to the one given = up to date. */
    readonly next: Cursor;
    /** Hand back as `before`; equal to the one given = nothing older is held. */
    readonly prev: Cursor;
    /** Read again at once in the same direction: there is more already. */
    readonly more: boolean;
    /** Only when something was missed; it comes before the entries. */
    readonly gap?: Gap;
    /** Only while a shared store is away. */
    readonly degraded?: boolean;
    /** The entries as JSON, comma-separated, in pieces of UTF-8 shared by all readers; where a source keeps them. */
    readonly encoded?: () => readonly Uint8Array[];
}
