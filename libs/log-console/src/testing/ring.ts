import { formatCursor, parseCursor, type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogEntry, type LogRecord } from '../domain/log-entry.js';
import { type ReadRequest, type Wait } from '../domain/log-source.js';
import { type ShippedSource } from '../reading/ship.js';

const FIRST = 1000;

/** A log that answers at once and holds everything: what a destination is given lines from in its suite. */
export class Ring implements ShippedSource {
  readonly epoch = 'suite';
  readonly entries: LogEntry[] = [];
  readonly #waiting = new Set<() => void>();

  /** @param encodes gives the JSON of the entries along, as the live buffer does */
  constructor(readonly encodes: boolean) {}

  append(record: LogRecord): void {
    const time = new Date().toISOString();
    this.entries.push({ ...record, id: FIRST + this.entries.length, time, instance: 'suite' });
    for (const wake of this.#waiting) wake();
  }

  read({ after, limit }: ReadRequest): LogBatch {
    const newest = FIRST + this.entries.length - 1;
    const place = after === undefined ? newest : Math.max(FIRST - 1, parseCursor(after)?.id ?? 0);
    const entries = this.entries.slice(place - FIRST + 1, place - FIRST + 1 + limit);
    const pieces = entries.flatMap((entry, index) => [
      ...(index === 0 ? [] : [Buffer.from(',')]),
      Buffer.from(JSON.stringify(entry)),
    ]);
    return {
      epoch: this.epoch,
      instance: 'suite',
      entries,
      size: entries.length,
      next: formatCursor(this.epoch, place + entries.length),
      prev: formatCursor(this.epoch, place + 1),
      more: place + entries.length < newest,
      ...(this.encodes ? { encoded: () => pieces } : {}),
    };
  }

  async waitAfter(cursor: Cursor, { signal, timeoutMs }: Wait): Promise<void> {
    if (signal?.aborted || (parseCursor(cursor)?.id ?? 0) < FIRST + this.entries.length - 1) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      timer.unref();
      signal?.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }
}
