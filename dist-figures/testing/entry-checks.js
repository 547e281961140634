import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { LOG_LEVELS } from '../domain/log-level.js';
import { FROM_OLDEST } from './probe.js';
const INSTANCE = 'web-1';
const TIME = '2026-11-20T08:15:42.113Z';
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const FULL = {
    time: TIME,
    level: 'error',
    context: 'InventoryService',
    message: 'Stock of AB-444 is below its minimum: "3" \\ < 5 – ½ 🧺',
    stack: 'Error: Stock\n    at check (/app/stock.js:1:1)',
    data: { sku: 'AB-444', count: 3, rate: -0.5, open: true, none: null, tags: ['a', { b: [] }], '': {} },
    requestId: 'r-1',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    operation: 'o-1',
    instance: 'web-2',
    truncated: { bytes: 10_485_760, kept: 262_144 },
    continues: true,
};
/** What holds of the entries of a batch, where the source keeps these fields. */
export function entryChecks(keeps) {
    const kept = (record) => Object.fromEntries(Object.entries(record).filter(([field]) => field === 'message' || keeps(field)));
    return {
        'gives back what was written, field by field': async (open) => {
            const probe = await open({ instance: INSTANCE });
            await probe.write([FULL]);
            const [entry] = (await probe.read({ limit: 1 })).entries;
            deepEqual(kept(withoutId(entry)), kept(FULL));
        },
        'adds nothing but id, time and instance, and leaves out what is not known': async (open) => {
            const probe = await open({ instance: INSTANCE });
            await probe.write([{ level: 'log', message: 'just this' }]);
            const batch = await probe.read({ limit: 1 });
            const { time, ...rest } = withoutId(batch.entries[0]);
            equal(batch.instance, INSTANCE);
            if (keeps('time'))
                match(time ?? 'no time', RFC_3339);
            deepEqual(kept(rest), kept({ level: 'log', message: 'just this', instance: INSTANCE }));
        },
        ...(keeps('level') && {
            'keeps each of the six levels': async (open) => {
                const probe = await open();
                await probe.write(LOG_LEVELS.map((level) => ({ level, message: `at ${level}` })));
                const { entries } = await probe.readOn(FROM_OLDEST, { limit: 10 });
                deepEqual(entries.map(({ level }) => level), LOG_LEVELS);
            },
        }),
        'keeps to maxBytes of JSON, but always answers one entry': async (open) => {
            const probe = await open();
            await probe.log(20);
            const one = await probe.readOn(FROM_OLDEST, { limit: 10, maxBytes: 1 });
            deepEqual(one.batches.map(({ size }) => size), Array.from({ length: 20 }, () => 1));
            deepEqual([one.messages, one.gaps], [probe.written, []]);
            const some = await probe.readOn(FROM_OLDEST, { limit: 10, maxBytes: 700 });
            deepEqual([some.messages, some.gaps], [probe.written, []]);
            ok(some.batches.length < 20, 'more than one entry where they fit');
            for (const { entries } of some.batches) {
                const bytes = Buffer.byteLength(JSON.stringify(entries)) - 2;
                ok(bytes <= 700, `${bytes} of at most 700 bytes`);
            }
            const even = await probe.readOn(FROM_OLDEST, { limit: 10, maxBytes: 1, filter: { search: 'even' } });
            deepEqual([even.messages.length, even.batches.every(({ size }) => size <= 1)], [10, true]);
        },
        'says the same in entries and in their ready-made JSON': async (open) => {
            const probe = await open({ instance: INSTANCE });
            await probe.log(150);
            await probe.write([FULL, { level: 'warn', message: 'DEL \u007f, CSI \u009b31m, LS \u2028, é, 🧺' }]);
            const filters = [undefined, { search: 'odd' }, { search: 'nowhere' }];
            for (const filter of filters) {
                for (const limit of [1, 10, 70, 500]) {
                    const { batches } = await probe.readOn(FROM_OLDEST, { limit, filter });
                    for (const batch of batches) {
                        const pieces = batch.encoded?.();
                        if (!pieces)
                            continue;
                        const json = `[${Buffer.concat(pieces).toString()}]`;
                        equal(JSON.stringify(JSON.parse(json)), JSON.stringify(batch.entries));
                        doesNotMatch(json, /[\x7f-\x9f]/, 'a terminal would obey control characters');
                    }
                }
            }
        },
    };
}
function withoutId(entry) {
    ok(entry, 'an entry was read');
    const { id, ...record } = entry;
    ok(Number.isSafeInteger(id), `the id ${id} is a safe integer`);
    return record;
}
