import { changed } from '../domain/changed-batch.js';
import { formatCursor, parseCursor, type Cursor } from '../domain/cursor.js';
import { type Gap, type LogBatch } from '../domain/log-batch.js';
import { type LogRecord } from '../domain/log-entry.js';
import {
  type Cleared,
  type ClearRequest,
  type LogStore,
  type ReadRequest,
  type SourceEvent,
  type StoreStats,
  type Wait,
} from '../domain/log-source.js';
import { type PreviousEntries } from './previous-entries.js';
import { type ShippedSource } from './ship.js';

/** A store that answers at once, as a ring does. */
export interface LocalStore extends LogStore, ShippedSource {
  read(request: ReadRequest): LogBatch;
  stats(): StoreStats;
}

/**
 * A store with the run before this one above it, as an older epoch: who reads back gets there from the oldest entry of
 * this run, who reads on comes from there to this run, and is told of the restart by a gap. A cursor nobody knows still
 * leads to the oldest entry of this run. Clearing takes the older run away for good; nothing else is to be lost by it, which
 * is what `beforeClear` is for.
 */
export class AfterRestart implements LogStore {
  #previous: PreviousEntries | undefined;

  constructor(
    readonly store: LocalStore,
    previous?: PreviousEntries,
    readonly beforeClear?: () => void,
  ) {
    if (previous && previous.size > 0) this.#previous = previous;
  }

  read(request: ReadRequest): LogBatch {
    const previous = this.#previous;
    if (!previous) return this.store.read(request);
    if (request.before !== undefined) return this.#before(request.before, request, previous);
    if (request.after !== undefined) return this.#after(request.after, request, previous);
    const batch = this.store.read(request);
    return batch.more || batch.size >= request.limit ? batch : changed(batch, { more: true });
  }

  /** Of a place in the older run the store says at once that it is not its own. */
  waitAfter(cursor: Cursor, wait: Wait): Promise<void> {
    return this.store.waitAfter(cursor, wait);
  }

  onEvent(listener: (event: SourceEvent) => void): () => void {
    return this.store.onEvent?.(listener) ?? (() => undefined);
  }

  append(record: LogRecord): void {
    this.store.append(record);
  }

  async clear(request?: ClearRequest): Promise<Cleared> {
    this.beforeClear?.();
    const cleared = await this.store.clear(request);
    this.#previous = undefined;
    return cleared;
  }

  stats(): StoreStats {
    return this.store.stats();
  }

  #after(cursor: Cursor, request: ReadRequest, previous: PreviousEntries): LogBatch {
    const id = this.#idIn(previous, cursor);
    if (id === undefined) return this.store.read(request);
    const batch = previous.after(id, request);
    if (request.limit === 0 || batch.size > 0 || batch.next !== formatCursor(previous.epoch, id))
      return batch;
    const gap = this.#gapAfter(id, previous);
    return changed(this.store.read({ ...request, after: '0' as Cursor }), { gap });
  }

  #before(cursor: Cursor, request: ReadRequest, previous: PreviousEntries): LogBatch {
    const id = this.#idIn(previous, cursor);
    if (id !== undefined) return previous.before(id, request);
    const batch = this.store.read(request);
    if (batch.gap || batch.more || request.limit === 0) return batch;
    if (batch.size > 0 || !this.#isOldest(batch.prev)) return changed(batch, { more: true });
    return changed(previous.before(previous.newest + 1, request), {
      gap: this.#gapAfter(previous.newest, previous),
    });
  }

  /** What lies between an entry of the older run and the oldest of this one; a run that was killed does not say. */
  #gapAfter(id: number, { isClean, lastId }: PreviousEntries): Gap {
    const { accepted, held } = this.store.stats();
    const missed = isClean && lastId !== undefined ? lastId - id + accepted.total - held.entries : null;
    return { reason: 'restarted', missed };
  }

  #isOldest(cursor: Cursor): boolean {
    const oldest = parseCursor(this.store.stats().oldest)?.id ?? 0;
    return (parseCursor(cursor)?.id ?? 0) <= oldest + 1;
  }

  /** The id a cursor names in the older run. */
  #idIn(previous: PreviousEntries, cursor: Cursor): number | undefined {
    const place = parseCursor(cursor);
    if (!place || !previous.has(place.id)) return undefined;
    return place.epoch === undefined || place.epoch === previous.epoch ? place.id : undefined;
  }
}
