import { type Cursor } from '../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../domain/log-batch.js';
import { type LogEntry } from '../../domain/log-entry.js';
import { type StreamBatch } from './stream-batch.js';

const COMMA = Buffer.from(',');

/** What a batch says beside its entries. */
export interface Frame {
  readonly epoch: string;
  readonly instance: string;
  readonly next: Cursor;
  readonly prev: Cursor;
  readonly more: boolean;
  readonly gap?: Gap | undefined;
}

/** Entries of one batch of the stream, from one id to another. */
export interface Run {
  readonly batch: StreamBatch;
  readonly from: number;
  readonly to: number;
}

/** The answer to a read: its bytes are shared by all readers of the same batches of the stream. */
export class RedisBatch implements LogBatch {
  readonly epoch: string;
  readonly instance: string;
  readonly next: Cursor;
  readonly prev: Cursor;
  readonly more: boolean;
  declare readonly gap?: Gap;
  readonly size: number;
  readonly #runs: readonly Run[];

  constructor(frame: Frame, runs: readonly Run[]) {
    this.epoch = frame.epoch;
    this.instance = frame.instance;
    this.next = frame.next;
    this.prev = frame.prev;
    this.more = frame.more;
    if (frame.gap) this.gap = frame.gap;
    this.#runs = runs;
    this.size = runs.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  }

  get entries(): readonly LogEntry[] {
    return this.#runs.flatMap(({ batch, from, to }) =>
      batch.entries.slice(from - batch.first, to - batch.first + 1),
    );
  }

  encoded(): readonly Uint8Array[] {
    return this.#runs.flatMap(({ batch, from, to }, index) =>
      index === 0 ? [batch.bytes(from, to)] : [COMMA, batch.bytes(from, to)],
    );
  }
}
