import { parseCursor, type Cursor, type Place } from '../domain/cursor.js';
import { type Gap } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type LogFilter } from '../domain/log-filter.js';
import { type LogSource } from '../domain/log-source.js';
import { setImmediate } from 'node:timers/promises';

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
  // Ids of another epoch (a file that was rotated away) say nothing of the end.
  const isBeyond = (cursor: Place | undefined, id: number): boolean =>
    cursor?.epoch === end?.epoch && id >= (end?.id ?? 0);
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
    const place = parseCursor(after);
    // What came since the start is beyond the end.
    const entries = batch.entries.filter(({ id }) => !isBeyond(place, id - 1));
    left -= entries.length;
    const isDone = isBeyond(place, place?.id ?? 0) || !batch.more;
    const isCut = left === 0 && !isDone;
    if (entries.length > 0 || batch.gap || isCut)
      yield { gap: batch.gap, entries, ...(isCut ? { more: after } : {}) };
    if (isDone || isCut) return;
    // Between pages in which the filter left nothing the process gets its turn.
    if (entries.length === 0) await setImmediate();
  }
}
