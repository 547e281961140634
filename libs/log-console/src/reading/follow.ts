import { setImmediate } from 'node:timers/promises';
import { justBefore, type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogFilter } from '../domain/log-filter.js';
import { type LogSource } from '../domain/log-source.js';

/** One batch of a follower: what a live event may hold at most. */
const BATCH_ENTRIES = 1000;
const BATCH_BYTES = 256 * 1024;

/** Where to start, what to take, and when to stop. */
export interface FollowOptions {
  /** Where to start. Default: `limit` entries before the newest. */
  readonly after?: Cursor | undefined;
  /** Size of the backlog when there is no `after`. Default 500. */
  readonly limit?: number | undefined;
  /** Which entries. Default: all. */
  readonly filter?: LogFilter | undefined;
  /** Ends the generator. */
  readonly signal?: AbortSignal | undefined;
  /** After so long without news an empty batch is yielded. Default 10 s; a function is asked each time. */
  readonly idleMs?: number | (() => number) | undefined;
}

/**
 * Reads to the end, then keeps up; ends when the signal aborts, or at the end of a finished source. Pulls: nothing is
 * read until the consumer asks, so a slow consumer keeps its place, and is told of a gap when it was overtaken. An empty
 * batch is the heartbeat: its `next` is the place reached.
 */
export async function* follow(
  source: LogSource,
  options: FollowOptions = {},
): AsyncGenerator<LogBatch, void, void> {
  const { limit = 500, filter, signal, idleMs = 10_000 } = options;
  const idle = typeof idleMs === 'function' ? idleMs : () => idleMs;
  let cursor = options.after ?? (await backlogStart(source, limit, filter));
  let told: Cursor | undefined;
  let idleUntil = performance.now() + idle();
  while (!signal?.aborted) {
    // Asked before the read: what is written between the two would be left unread.
    const isFinished = source.isFinished?.() ?? false;
    let batch: LogBatch | undefined = await source.read({
      after: cursor,
      limit: BATCH_ENTRIES,
      maxBytes: BATCH_BYTES,
      filter,
    });
    const upToDate = batch.next === cursor;
    cursor = batch.next;
    const left = idleUntil - performance.now();
    const isOver = upToDate && isFinished;
    if (batch.size > 0 || batch.gap || (isOver ? cursor !== told : left <= 0)) {
      yield batch;
      told = cursor;
      // eslint-disable-next-line no-useless-assignment -- or it is held while the next one is read, by hundreds of followers
      batch = undefined;
      idleUntil = performance.now() + idle();
    } else if (isOver) {
      return;
    } else if (upToDate) {
      await source.waitAfter(cursor, { signal, timeoutMs: left });
    } else {
      // The filter dropped all that was looked at: between two such reads the process gets its turn.
      await setImmediate();
    }
  }
}

/** The place `limit` matching entries before the newest; looks on where one filtered read did not find enough. */
export async function backlogStart(
  source: LogSource,
  limit: number,
  filter: LogFilter | undefined,
): Promise<Cursor> {
  let batch = await source.read({ limit, filter });
  let found = batch.size;
  while (batch.more && found < limit) {
    await setImmediate();
    batch = await source.read({ before: batch.prev, limit: limit - found, filter });
    found += batch.size;
  }
  return justBefore(batch.prev);
}
