import { deepEqual, equal } from 'node:assert/strict';
import { formatCursor } from '../domain/cursor.js';
import { messagesOf } from './probe.js';
const RESTARTED = { reason: 'restarted', missed: null };
/** What holds of cursors nobody handed out: none is rejected. */
export const unknownCursorChecks = {
    'answers a foreign, malformed or future cursor with a gap of unknown size, then from the oldest held': async (open) => {
        const probe = await open();
        await probe.log(4);
        for (const cursor of strangeCursors(await probe.read({ limit: 1 }))) {
            const batch = await probe.read({ after: cursor, limit: 3 });
            deepEqual(batch.gap, RESTARTED, `after ${JSON.stringify(cursor)}`);
            deepEqual(messagesOf(batch), probe.written.slice(0, 3));
            const rest = await probe.readOn(batch.next, { limit: 3 });
            deepEqual([rest.messages, rest.gaps], [probe.written.slice(3), []]);
        }
    },
    'tells of a cursor it does not know where nothing is asked for, too, and only once': async (open) => {
        const probe = await open();
        await probe.log(4);
        const { gap, next } = await probe.read({ after: 'another-1', limit: 0 });
        deepEqual(gap, RESTARTED);
        const rest = await probe.readOn(next, { limit: 10 });
        deepEqual([rest.messages, rest.gaps], [probe.written, []]);
    },
    'answers a cursor it does not know while it is empty': async (open) => {
        const probe = await open();
        const batch = await probe.read({ after: 'another-1', limit: 10 });
        deepEqual([batch.gap, batch.size], [RESTARTED, 0]);
        await probe.log(2);
        const rest = await probe.readOn(batch.next, { limit: 10 });
        deepEqual([rest.messages, rest.gaps], [probe.written, []]);
    },
    'answers a foreign cursor to read back from with an empty batch and a gap': async (open) => {
        const probe = await open();
        await probe.log(4);
        for (const cursor of strangeCursors(await probe.read({ limit: 1 }))) {
            const batch = await probe.read({ before: cursor, limit: 3 });
            deepEqual([batch.gap, batch.size, batch.more], [RESTARTED, 0, false], `before ${JSON.stringify(cursor)}`);
            equal((await probe.readOn(batch.next, { limit: 3 })).gaps.length, 0);
        }
    },
};
/** What holds beside it where ids are taken from the clock. */
export const firstIdChecks = {
    'takes an integer below its first id for one of an earlier life': async (open) => {
        const probe = await open();
        await probe.log(1);
        const first = (await probe.read({ limit: 1 })).entries[0]?.id ?? NaN;
        await probe.log(2);
        for (const id of [1, first - 1]) {
            const batch = await probe.read({ after: String(id), limit: 10 });
            deepEqual([batch.gap, messagesOf(batch)], [RESTARTED, probe.written]);
        }
        const own = await probe.read({
            after: formatCursor((await probe.read({ limit: 0 })).epoch, first - 1),
            limit: 10,
        });
        deepEqual([own.gap, messagesOf(own)], [undefined, probe.written]);
    },
};
function strangeCursors({ epoch, entries }) {
    const newest = entries[0]?.id ?? NaN;
    const texts = ['', '-', 'x', '-1', '1e3', ' 1', '0x1', '\u0661', '\u0000', '%00', '9007199254740993'];
    return [
        ...texts,
        `another-${newest}`,
        `another-0`,
        `${epoch}-`,
        `${epoch}-x`,
        `${epoch}--1`,
        `${epoch}-01`,
        `${epoch}-${newest}x`,
        `${epoch}-9007199254740993`,
        `${epoch}-${newest + 1_000_000}`,
        String(newest + 1_000_000),
    ];
}
