import { parseCursor, type Cursor } from '../domain/cursor.js';
import { type Gap } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type LogFilter } from '../domain/log-filter.js';
import { type LogSource } from '../domain/log-source.js';
import { setImmediate } from 'node:timers/promises';
import { awaitNextEpoch } from './await-next-epoch.js';

const PAGE_ENTRIES = 1000;
const PAGE_BYTES = 256 * 1024;

/** One step of reading what a source holds: what was missed, entries, and at the end where it was cut. */
export interface HeldPage {
  readonly gap?: Gap | undefined;
  readonly entries: readonly LogEntry[];
  /** Only on the last page, and only when there is more than was asked for. */
  readonly more?: Cursor;
}

export interface HeldRequest {
  /** Where to start. Default: the oldest held. */
  readonly after?: Cursor | undefined;
  readonly filter?: LogFilter | undefined;
  /** Entries at most. */
  readonly maxEntries: number;
}

/** Reads everything that matches, up to the newest entry at the start, page by page as the consumer asks. */
export async function* readHeld(
  source: LogSource,
  request: HeldRequest,
): AsyncGenerator<HeldPage, void, void> {
  const { filter, maxEntries } = request;
  const end = parseCursor((await source.read({ limit: 0 })).next);
  // Ids are of one epoch: in another one they say nothing about the end. A file has an older epoch per rotation.
  const isBeyond = (epoch: string, id: number): boolean => epoch === end?.epoch && id > end.id;
  const isAtEnd = (cursor: Cursor): boolean => {
    const place = parseCursor(cursor);
    return place?.epoch === end?.epoch && (place?.id ?? 0) >= (end?.id ?? 0);
  };
  let after = request.after ?? ('0' as Cursor);
  let left = maxEntries;
  for (;;) {
    const batch = await source.read({
      after,
      limit: Math.min(PAGE_ENTRIES, left),
      maxBytes: PAGE_BYTES,
      filter,
    });
    after = batch.next;
    // What came since the start is beyond the end.
    const entries = batch.entries.filter(({ id }) => !isBeyond(batch.epoch, id));
    left -= entries.length;
    const isDone = isAtEnd(after) || (!batch.more && !(await awaitNextEpoch(source, after)));
    const isCut = left === 0 && !isDone;
    if (entries.length > 0 || batch.gap || isCut)
      yield { gap: batch.gap, entries, ...(isCut ? { more: after } : {}) };
    if (isDone || isCut) return;
    // Between pages in which the filter left nothing the process gets its turn.
    if (entries.length === 0) await setImmediate();
  }
}
