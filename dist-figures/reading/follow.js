import { setImmediate } from 'node:timers/promises';
import { justBefore } from '../domain/cursor.js';
/** One batch of a follower: what a live event may hold at most. */
const BATCH_ENTRIES = 1000;
const BATCH_BYTES = 256 * 1024;
/**
 * Reads to the end, then keeps up; ends when the signal aborts. Pulls: nothing is read until the consumer asks, so a
 * slow consumer keeps its place, and is told of a gap when it was overtaken. An empty batch is the heartbeat: its
 * `next` is the place reached.
 */
export async function* follow(source, options = {}) {
    const { limit = 500, filter, signal, idleMs = 10_000 } = options;
    const idle = typeof idleMs === 'function' ? idleMs : () => idleMs;
    let cursor = options.after ?? (await backlogStart(source, limit, filter));
    let idleUntil = performance.now() + idle();
    while (!signal?.aborted) {
        const batch = await source.read({ after: cursor, limit: BATCH_ENTRIES, maxBytes: BATCH_BYTES, filter });
        const upToDate = batch.next === cursor;
        cursor = batch.next;
        const left = idleUntil - performance.now();
        if (batch.size > 0 || batch.gap || left <= 0) {
            yield batch;
            idleUntil = performance.now() + idle();
        }
        else if (upToDate) {
            await source.waitAfter(cursor, { signal, timeoutMs: left });
        }
        else {
            // The filter dropped all that was looked at: between two such reads the process gets its turn.
            await setImmediate();
        }
    }
}
/** The place `limit` matching entries before the newest; looks on where one filtered read did not find enough. */
export async function backlogStart(source, limit, filter) {
    let batch = await source.read({ limit, filter });
    let found = batch.size;
    while (batch.more && found < limit) {
        await setImmediate();
        batch = await source.read({ before: batch.prev, limit: limit - found, filter });
        found += batch.size;
    }
    return justBefore(batch.prev);
}
