import { parseCursor } from '../domain/cursor.js';
import { setImmediate } from 'node:timers/promises';
const PAGE_ENTRIES = 1000;
const PAGE_BYTES = 256 * 1024;
/** Reads everything that matches, up to the newest entry at the start, page by page as the consumer asks. */
export async function* readHeld(source, request) {
    const { filter, maxEntries } = request;
    const end = idOf((await source.read({ limit: 0 })).next);
    let after = request.after ?? '0';
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
        const entries = batch.entries.filter(({ id }) => id <= end);
        left -= entries.length;
        const isDone = idOf(after) >= end || !batch.more;
        const isCut = left === 0 && !isDone;
        if (entries.length > 0 || batch.gap || isCut)
            yield { gap: batch.gap, entries, ...(isCut ? { more: after } : {}) };
        if (isDone || isCut)
            return;
        // Between pages in which the filter left nothing the process gets its turn.
        if (entries.length === 0)
            await setImmediate();
    }
}
function idOf(cursor) {
    return parseCursor(cursor)?.id ?? 0;
}
