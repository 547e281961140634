import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { formatCursor, parseCursor } from '../domain/cursor.js';
import { FROM_OLDEST, messagesOf } from './probe.js';
const PAGES = [1, 2, 7];
/** What holds of reading forward and back, from any place. */
export const cursorChecks = {
    'answers without a cursor with the newest entries, oldest first': async (open) => {
        const probe = await open();
        await probe.log(9);
        deepEqual(messagesOf(await probe.read({ limit: 4 })), probe.written.slice(-4));
        deepEqual(messagesOf(await probe.read({ limit: 500 })), probe.written);
    },
    'answers while it is empty with an empty batch, and the place from which to go on': async (open) => {
        const probe = await open();
        const batch = await probe.read({ limit: 10 });
        deepEqual([batch.size, batch.entries, batch.more, batch.gap], [0, [], false, undefined]);
        equal((await probe.read({ after: batch.next, limit: 10 })).next, batch.next);
        await probe.log(3);
        const reading = await probe.readOn(batch.next, { limit: 10 });
        deepEqual(reading.messages, probe.written);
        deepEqual(reading.gaps, []);
    },
    'gives ids that only go up, in one epoch, and cursors that name a place in it': async (open) => {
        const probe = await open();
        await probe.log(20);
        const { batches, entries } = await probe.readOn(FROM_OLDEST, { limit: 3 });
        let last = -1;
        for (const { id } of entries) {
            ok(Number.isSafeInteger(id) && id > last, `id ${id} comes after ${last}`);
            last = id;
        }
        for (const batch of batches) {
            match(batch.epoch, /^[A-Za-z0-9._]{1,128}$/);
            equal(batch.epoch, batches[0]?.epoch);
            equal(batch.next, formatCursor(batch.epoch, batch.entries.at(-1)?.id ?? NaN));
            equal(parseCursor(batch.prev)?.epoch, batch.epoch);
        }
    },
    'says how many entries a batch has, and never more than were asked for': async (open) => {
        const probe = await open();
        await probe.log(20);
        const { batches } = await probe.readOn(FROM_OLDEST, { limit: 6 });
        for (const { size, entries } of batches) {
            equal(size, entries.length);
            ok(size <= 6, `${size} of at most 6 entries`);
        }
        equal((await probe.read({ limit: 6 })).size, 6);
    },
    ...eachPage('neither repeats nor skips an entry', async (open, limit) => {
        const probe = await open();
        await probe.log(23);
        const first = await probe.readOn(FROM_OLDEST, { limit });
        deepEqual(first.messages, probe.written);
        await probe.log(11);
        const second = await probe.readOn(first.next, { limit });
        deepEqual(second.messages, probe.written.slice(23));
        deepEqual([...first.gaps, ...second.gaps], []);
    }),
    ...eachPage('reads back to the oldest entry, and says so by answering the cursor given', async (open, limit) => {
        const probe = await open();
        await probe.log(23);
        const newest = await probe.read({ limit });
        const older = await probe.readBack(newest.prev, { limit });
        deepEqual([...older.messages, ...messagesOf(newest)], probe.written);
        deepEqual(older.gaps, []);
        const oldest = older.batches[0] ?? newest;
        const end = await probe.read({ before: oldest.prev, limit });
        deepEqual([end.prev, end.size, end.more, end.gap], [oldest.prev, 0, false, undefined]);
    }),
    'says next equals the cursor given when, and only when, there is nothing after it': async (open) => {
        const probe = await open();
        let cursor = await probe.newest();
        await probe.log(10);
        for (let left = 10; left > 0; left--) {
            const { next } = await probe.read({ after: cursor, limit: 1 });
            notEqual(next, cursor, `${left} are left`);
            cursor = next;
        }
        equal((await probe.read({ after: cursor, limit: 1 })).next, cursor);
        equal(await probe.newest(), cursor);
        await probe.log(1);
        notEqual((await probe.read({ after: cursor, limit: 1 })).next, cursor);
    },
    'says more while there is more in the direction of reading, and not at its end': async (open) => {
        const probe = await open();
        await probe.log(9);
        const { batches } = await probe.readOn(FROM_OLDEST, { limit: 3 });
        deepEqual(batches.map(({ more }) => more), [true, true, false]);
        const { prev } = await probe.read({ limit: 3 });
        const back = await probe.readBack(prev, { limit: 3 });
        deepEqual(back.batches.map(({ more }) => more), [false, true]);
    },
    'reads before a batch what came before it, from wherever it was read': async (open) => {
        const probe = await open();
        await probe.log(12);
        const { next } = await probe.read({ after: FROM_OLDEST, limit: 6 });
        const middle = await probe.read({ after: next, limit: 2 });
        const older = await probe.read({ before: middle.prev, limit: 3 });
        deepEqual(messagesOf(older), probe.written.slice(3, 6));
        deepEqual(messagesOf(await probe.read({ after: older.next, limit: 2 })), messagesOf(middle));
    },
    'answers a limit of 0 with no entries, and loses none': async (open) => {
        const probe = await open();
        await probe.log(5);
        const { next } = await probe.read({ after: FROM_OLDEST, limit: 2 });
        for (const request of [{}, { after: next }, { before: next }]) {
            const batch = await probe.read({ ...request, limit: 0 });
            deepEqual([batch.size, batch.entries, batch.gap], [0, [], undefined]);
        }
        const still = await probe.read({ after: next, limit: 0 });
        deepEqual((await probe.readOn(still.next, { limit: 10 })).messages, probe.written.slice(2));
        const newest = await probe.newest();
        await probe.log(2);
        deepEqual((await probe.readOn(newest, { limit: 10 })).messages, probe.written.slice(5));
    },
    'takes 0 for the place before the oldest entry held, without a gap': async (open) => {
        const probe = await open();
        await probe.log(5);
        const batch = await probe.read({ after: FROM_OLDEST, limit: 3 });
        deepEqual(messagesOf(batch), probe.written.slice(0, 3));
        equal(batch.gap, undefined);
    },
    'takes a bare integer for the last id seen, in both directions': async (open) => {
        const probe = await open();
        await probe.log(5);
        const third = (await probe.read({ limit: 3 })).entries[0]?.id ?? NaN;
        const after = await probe.read({ after: String(third), limit: 10 });
        deepEqual(messagesOf(after), probe.written.slice(3));
        equal(after.gap, undefined);
        const before = await probe.read({ before: String(third), limit: 10 });
        deepEqual(messagesOf(before), probe.written.slice(0, 2));
        equal(before.gap, undefined);
    },
};
/** The same promise for pages of different sizes. */
function eachPage(promise, check) {
    return Object.fromEntries(PAGES.map((limit) => [`${promise} (pages of ${limit})`, (open) => check(open, limit)]));
}
