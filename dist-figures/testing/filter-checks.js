import { deepEqual, equal, ok } from 'node:assert/strict';
import { LOG_LEVELS } from '../domain/log-level.js';
import { FROM_OLDEST, messagesOf } from './probe.js';
const INSTANCE = 'web-1';
/** Entries that each part of a filter tells apart. */
const RECORDS = [
    { message: 'one', level: 'log', context: 'Orders', requestId: 'r-1' },
    { message: 'two', level: 'warn', context: 'OrdersService', instance: 'web-2' },
    { message: 'three Needle', level: 'error', stack: 'Error: x\n    at one.js:1:1', operation: 'o-1' },
    { message: 'four', level: 'debug', context: 'NEEDLE', data: { sku: 'AB-444', quoted: 'a "b"' } },
    { message: 'five', level: 'fatal', stack: 'a needle in the stack', requestId: 'r-2', operation: 'o-1' },
    { message: 'six', level: 'verbose', context: 'orders', data: ['needle'] },
    {
        message: 'seven',
        level: 'log',
        context: 'Orders',
        requestId: 'r-1',
        operation: 'o-2',
        instance: 'web-2',
    },
].map((record, second) => ({ ...record, time: `2026-11-20T08:00:0${second}.000Z` }));
const CASES = {
    'everything where nothing is asked for': [
        [{}, [], ['one', 'two', 'three Needle', 'four', 'five', 'six', 'seven']],
        [{ level: LOG_LEVELS }, [], ['one', 'two', 'three Needle', 'four', 'five', 'six', 'seven']],
    ],
    'level: a set': [
        [{ level: ['warn'] }, ['level'], ['two']],
        [{ level: ['warn', 'fatal'] }, ['level'], ['two', 'five']],
        [{ level: [] }, ['level'], []],
    ],
    'context: exact names, and prefixes that end in *': [
        [{ context: ['Orders'] }, ['context'], ['one', 'seven']],
        [{ context: ['Orders*'] }, ['context'], ['one', 'two', 'seven']],
        [{ context: ['orders', 'NEED*'] }, ['context'], ['four', 'six']],
        [{ context: ['*'] }, ['context'], ['one', 'two', 'four', 'six', 'seven']],
        [{ context: ['Order'] }, ['context'], []],
    ],
    'search: a substring of message, context, stack and data, in any case': [
        [{ search: 'HREE n' }, [], ['three Needle']],
        [{ search: 'needle' }, ['context', 'stack', 'data'], ['three Needle', 'four', 'five', 'six']],
        [{ search: 'ab-444' }, ['data'], ['four']],
        [{ search: 'a "b"' }, ['data'], ['four']],
        [{ search: 'one.js' }, ['stack'], ['three Needle']],
        [{ search: 'nowhere' }, [], []],
        [{ search: '.*' }, [], []],
    ],
    'requestId, operation and instance: exact': [
        [{ requestId: 'r-1' }, ['requestId'], ['one', 'seven']],
        [{ requestId: 'r' }, ['requestId'], []],
        [{ operation: 'o-1' }, ['operation'], ['three Needle', 'five']],
        [{ instance: 'web-2' }, ['instance'], ['two', 'seven']],
        [{ instance: INSTANCE }, ['instance'], ['one', 'three Needle', 'four', 'five', 'six']],
    ],
    'from and to: from ≤ time < to': [
        [{ from: '2026-11-20T08:00:01.000Z', to: '2026-11-20T08:00:03.000Z' }, ['time'], ['two', 'three Needle']],
        [{ from: '2026-11-20T08:00:01.001Z', to: '2026-11-20T08:00:02.001Z' }, ['time'], ['three Needle']],
        [{ from: '2026-11-20T10:00:05+02:00' }, ['time'], ['six', 'seven']],
        [{ to: '2026-11-20T08:00:01Z' }, ['time'], ['one']],
        [{ from: '2026-11-20T09:00:00Z' }, ['time'], []],
    ],
    'several parts: all of them': [
        [
            { level: ['log'], requestId: 'r-1', context: ['Ord*'] },
            ['level', 'requestId', 'context'],
            ['one', 'seven'],
        ],
        [
            { level: ['error', 'fatal'], search: 'needle', operation: 'o-1' },
            ['level', 'stack', 'operation'],
            ['three Needle', 'five'],
        ],
        [{ search: 'one', level: ['fatal'] }, ['level'], []],
    ],
};
/** What holds of filtered reading, where the source keeps these fields. */
export function filterChecks(keeps) {
    const checks = {
        'moves next past what a filter drops, so that nothing is looked at twice': async (open) => {
            const probe = await open();
            const start = await probe.newest();
            await probe.log(10);
            const nothing = await probe.readOn(start, { limit: 5, filter: { search: 'nowhere' } });
            deepEqual([nothing.next, nothing.messages, nothing.gaps], [await probe.newest(), [], []]);
            equal(nothing.batches.at(-1)?.more, false);
            const odd = await probe.readOn(start, { limit: 2, filter: { search: 'odd' } });
            equal(odd.next, await probe.newest());
            deepEqual(odd.messages, probe.written.filter((message) => message.endsWith('odd')));
        },
        'counts the matching entries for the limit, not those looked at': async (open) => {
            const probe = await open();
            await probe.log(10);
            const filter = { search: 'even' };
            const even = probe.written.filter((message) => message.endsWith('even'));
            deepEqual((await probe.readOn(FROM_OLDEST, { limit: 4, filter })).batches.map(({ size }) => size), [4, 1]);
            const newest = await probe.read({ limit: 2, filter });
            deepEqual(messagesOf(newest), even.slice(-2));
            equal(newest.next, await probe.newest());
            deepEqual(messagesOf(await probe.read({ before: newest.prev, limit: 2, filter })), even.slice(-4, -2));
        },
    };
    for (const [part, cases] of Object.entries(CASES)) {
        const possible = cases.filter(([, needs]) => needs.every(keeps));
        if (possible.length === 0)
            continue;
        checks[`filters by ${part}`] = async (open) => {
            const probe = await open({ instance: INSTANCE });
            await probe.write(RECORDS);
            for (const [filter, , passes] of possible) {
                const what = JSON.stringify(filter);
                const forward = await probe.readOn(FROM_OLDEST, { limit: 2, filter });
                deepEqual([forward.messages, forward.gaps], [passes, []], `${what} forward`);
                const newest = await probe.read({ limit: 2, filter });
                const back = await probe.readBack(newest.prev, { limit: 2, filter });
                deepEqual([...back.messages, ...messagesOf(newest)], passes, `${what} back`);
                ok(!newest.gap, 'a filter is no gap');
            }
        };
    }
    return checks;
}
