import { type Cursor } from '../../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../../domain/log-batch.js';
import { type LogEntry } from '../../../domain/log-entry.js';
import { encodeEntry } from './encode-entry.js';

const COMMA = new Uint8Array([','.charCodeAt(0)]);

/** Entries of one file; their JSON is made once, for all who are given the same batch. */
export class FileBatch implements LogBatch {
  readonly epoch: string;
  readonly instance: string;
  readonly entries: readonly LogEntry[];
  readonly next: Cursor;
  readonly prev: Cursor;
  readonly more: boolean;
  declare readonly gap?: Gap;
  #pieces: readonly Uint8Array[] | undefined;

  constructor(
    batch: Omit<LogBatch, 'size' | 'encoded' | 'degraded' | 'gap'> & { readonly gap?: Gap | undefined },
  ) {
    this.epoch = batch.epoch;
    this.instance = batch.instance;
    this.entries = batch.entries;
    this.next = batch.next;
    this.prev = batch.prev;
    this.more = batch.more;
    if (batch.gap) this.gap = batch.gap;
  }

  get size(): number {
    return this.entries.length;
  }

  encoded(): readonly Uint8Array[] {
    return (this.#pieces ??= joined(this.entries.map(encodeEntry)));
  }
}

function joined(texts: readonly Uint8Array[]): readonly Uint8Array[] {
  const parts = texts.flatMap((text, index) => (index === 0 ? [text] : [COMMA, text]));
  return parts.length === 0 ? [] : [Buffer.concat(parts)];
}
