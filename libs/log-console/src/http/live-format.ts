import { type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type OperationSummary } from '../domain/log-operations.js';
import { type SourceEvent, type StoreStats } from '../domain/log-source.js';

/** Why a live response ends. */
export type ByeReason = 'shutdown' | 'signed-out' | 'forbidden' | 'slow' | 'finished';

/** What is known when a live response starts. */
export interface LiveStart {
  readonly place: Cursor;
  readonly instance: string;
  readonly startedAt: string;
  readonly uiVersion: string;
  /** The source's own: its life, and the places of the oldest and the newest entry. */
  readonly epoch: string;
  readonly oldest: Cursor;
  readonly newest: Cursor;
  /** How the application's log is kept, whatever the source. */
  readonly store: StoreStats['store'];
}

/** How a live response is written. `place` is the reader's own: the cursor after everything already sent or filtered out. */
export interface LiveFormat {
  batch(batch: LogBatch): Uint8Array;
  hello?(start: LiveStart): string;
  ping?(place: Cursor, newest: Cursor): string;
  event?(event: SourceEvent, place: Cursor): string;
  /** What became of an operation, once all of it was written. */
  outcome?(operation: OperationSummary): string;
  bye?(reason: ByeReason, place: Cursor): string;
}

/** How `tail` is written: for people, and right at every moment. */
export interface TailFormat extends LiveFormat {
  /** Those of its own, the content type first of all. */
  readonly headers: Readonly<Record<'Content-Type', string>> & Readonly<Record<string, string>>;
  /** What comes before the first line. */
  readonly head: string;
  /** What comes after the last one, whatever has ended it. */
  readonly foot: string;
  outcome(operation: OperationSummary): string;
}

/** What every growing text is sent with, so that nobody between keeps it back or keeps it at all. */
export const UNHELD = { 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' } as const;
