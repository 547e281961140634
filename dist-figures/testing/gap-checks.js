import { deepEqual, equal, ok } from 'node:assert/strict';
import { parseCursor } from '../domain/cursor.js';
import { FROM_OLDEST, messagesOf } from './probe.js';
const CAPACITY = 8;
/** What holds of readers that are slower than the log; ids are dense, the source is bounded. */
export const gapChecks = {
    'tells a reader that was overtaken once, with the exact number, before any later entry': async (open) => {
        const probe = await open({ capacity: CAPACITY });
        await probe.log(3);
        const place = await probe.newest();
        await probe.overtake(place);
        const first = await probe.read({ after: place, limit: 2 });
        const rest = await probe.readOn(first.next, { limit: 2 });
        const after = idOf(place);
        const to = (first.entries[0]?.id ?? NaN) - 1;
        deepEqual(first.gap, { reason: 'evicted', from: after + 1, to, missed: to - after });
        deepEqual(rest.gaps, []);
        const delivered = [...messagesOf(first), ...rest.messages];
        equal(delivered.length + to - after, probe.written.length - 3);
        deepEqual(delivered, probe.written.slice(-delivered.length));
    },
    'tells of it where nothing is asked for, too': async (open) => {
        const probe = await open({ capacity: CAPACITY });
        await probe.log(1);
        const place = await probe.newest();
        await probe.overtake(place);
        const { gap, next } = await probe.read({ after: place, limit: 0 });
        const rest = await probe.readOn(next, { limit: 3 });
        equal((gap?.missed ?? NaN) + rest.messages.length, probe.written.length - 1);
        deepEqual(rest.gaps, []);
    },
    'tells a reader that kept up of no gap, however often the source turned over': async (open) => {
        const probe = await open({ capacity: CAPACITY });
        let place = await probe.newest();
        for (let round = 0; round < 20; round++) {
            const before = probe.written.length;
            await probe.log((round % CAPACITY) + 1);
            const reading = await probe.readOn(place, { limit: 3 });
            deepEqual([reading.messages, reading.gaps], [probe.written.slice(before), []]);
            place = reading.next;
        }
    },
    'reads from the oldest held for 0 without a gap when the first are gone': async (open) => {
        const probe = await open({ capacity: CAPACITY });
        await probe.log(1);
        await probe.overtake(await probe.newest());
        const { messages, gaps } = await probe.readOn(FROM_OLDEST, { limit: 3 });
        ok(messages.length > 0 && messages.length < probe.written.length, `${messages.length} are held`);
        deepEqual([messages, gaps], [probe.written.slice(-messages.length), []]);
    },
    'answers the cursor given when what came before it is gone': async (open) => {
        const probe = await open({ capacity: CAPACITY });
        await probe.log(2);
        const { prev } = await probe.read({ limit: 1 });
        await probe.overtake(await probe.newest());
        const batch = await probe.read({ before: prev, limit: 5 });
        deepEqual([batch.prev, batch.size, batch.more], [prev, 0, false]);
    },
    'keeps a batch as it was when what it holds is gone from the source': async (open) => {
        const probe = await open({ capacity: CAPACITY });
        await probe.log(5);
        const batch = await probe.read({ limit: 5 });
        await probe.overtake(await probe.newest());
        deepEqual(messagesOf(batch), probe.written.slice(0, 5));
        deepEqual(decoded(batch), batch.entries);
    },
    'delivered, filtered out and missed add up to the range, at any pace': async (open) => {
        const probe = await open({ capacity: CAPACITY });
        await probe.log(1);
        const first = (await probe.read({ limit: 1 })).entries[0]?.id ?? NaN;
        const paces = [1, 7, 3, 12, 2, 40, 5, 1, 9, 30, 4, 4, 17];
        const fates = new Map();
        let place = await probe.newest();
        for (const [round, pace] of [...paces, ...paces].entries()) {
            await probe.log(pace);
            const limit = (round % 4) + 1;
            const batch = await probe.read({ after: place, limit, filter: { search: 'even' } });
            for (const [id, fate] of fatesIn(batch, place)) {
                ok(!fates.has(id), `entry ${id} is accounted for twice`);
                fates.set(id, fate);
            }
            place = batch.next;
        }
        const range = idOf(place) - first;
        equal(fates.size, range);
        for (const [id, fate] of fates) {
            const message = probe.written[id - first] ?? '';
            if (fate === 'filtered')
                ok(message.endsWith('odd'), `"${message}" was dropped by the filter`);
            else if (fate !== 'missed')
                equal(fate, message);
        }
    },
};
/** What has become of each entry between the place given and `next`: delivered (its message), filtered or missed. */
function* fatesIn(batch, place) {
    const delivered = new Map(batch.entries.map(({ id, message }) => [id, message]));
    const { from = Infinity, to = -Infinity, missed } = batch.gap ?? { missed: 0 };
    if (batch.gap) {
        equal(from, idOf(place) + 1);
        equal(missed, to - from + 1);
    }
    for (let id = idOf(place) + 1; id <= idOf(batch.next); id++) {
        yield [id, id >= from && id <= to ? 'missed' : (delivered.get(id) ?? 'filtered')];
        delivered.delete(id);
    }
    equal(delivered.size, 0, 'every entry delivered lies between the place given and next');
}
function idOf(cursor) {
    return parseCursor(cursor)?.id ?? NaN;
}
function decoded(batch) {
    const pieces = batch.encoded?.();
    return pieces ? JSON.parse(`[${Buffer.concat(pieces).toString()}]`) : batch.entries;
}
