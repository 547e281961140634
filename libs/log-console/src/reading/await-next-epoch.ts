import { parseCursor, type Cursor } from '../domain/cursor.js';
import { type LogSource } from '../domain/log-source.js';

/** Longer than a file that was rotated away is read on. */
const WITHIN_MS = 6000;

/**
 * At the end of an older epoch waits for what follows it: a file that was just rotated away is read on for some
 * seconds before the next one is. False when this is the newest epoch, or nothing followed.
 */
export async function awaitNextEpoch(
  source: LogSource,
  cursor: Cursor,
  signal?: AbortSignal,
): Promise<boolean> {
  const newest = await source.read({ limit: 0 });
  if (newest.epoch === parseCursor(cursor)?.epoch) return false;
  await source.waitAfter(cursor, { signal, timeoutMs: WITHIN_MS });
  return (await source.read({ after: cursor, limit: 1 })).next !== cursor;
}
