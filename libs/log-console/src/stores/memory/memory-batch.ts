import { type Cursor } from '../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../domain/log-batch.js';
import { type LogEntry } from '../../domain/log-entry.js';

/** What a batch says beside its entries. */
export type BatchFrame = Pick<LogBatch, 'epoch' | 'instance' | 'next' | 'prev' | 'more' | 'gap'>;

/**
 * A batch whose entries are bytes shared with the ring: it stays what it was when the ring turns over, and
 * the objects are made only for those who ask for them.
 */
export class MemoryBatch implements LogBatch {
  readonly epoch: string;
  readonly instance: string;
  readonly next: Cursor;
  readonly prev: Cursor;
  readonly more: boolean;
  declare readonly gap?: Gap;
  readonly #pieces: readonly Uint8Array[];
  #entries: readonly LogEntry[] | undefined;

  constructor(
    frame: BatchFrame,
    readonly size: number,
    pieces: readonly Uint8Array[],
  ) {
    this.epoch = frame.epoch;
    this.instance = frame.instance;
    this.next = frame.next;
    this.prev = frame.prev;
    this.more = frame.more;
    if (frame.gap) this.gap = frame.gap;
    this.#pieces = pieces;
  }

  get entries(): readonly LogEntry[] {
    return (this.#entries ??= JSON.parse(`[${Buffer.concat(this.#pieces).toString()}]`) as LogEntry[]);
  }

  encoded(): readonly Uint8Array[] {
    return this.#pieces;
  }
}
