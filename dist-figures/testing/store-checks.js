import { deepEqual, equal, ok } from 'node:assert/strict';
import { LOG_LEVELS } from '../domain/log-level.js';
import { FROM_OLDEST } from './probe.js';
/** What holds of appending, and of the counters. */
export const storeChecks = {
    'gives an entry without a text its data, on one line': async (open) => {
        const probe = await open();
        const record = { level: 'log', message: '' };
        await probe.send([
            { ...record, data: { sku: 'AB-444', count: 3 } },
            { ...record, data: [1, 'two'] },
            { ...record, data: 'just this' },
            { ...record, data: { text: 'x'.repeat(1000) } },
            { ...record, data: { t: '🦊'.repeat(100) } },
            record,
            { ...record, message: 'last' },
        ]);
        await probe.until('the entries written to be read', async () => (await probe.read({ limit: 10 })).size === 7);
        const { entries } = await probe.read({ limit: 10 });
        deepEqual(entries.map(({ message }) => message), [
            '{"sku":"AB-444","count":3}',
            '[1,"two"]',
            'just this',
            `{"text":"${'x'.repeat(191)}…`,
            `{"t":"${'🦊'.repeat(48)}…`,
            '',
            'last',
        ]);
    },
    'gives dense ids, in the order of the calls': async (open) => {
        const probe = await open();
        await probe.log(100);
        const { entries, messages } = await probe.readOn(FROM_OLDEST, { limit: 33 });
        const first = entries[0]?.id ?? NaN;
        deepEqual(entries.map(({ id }) => id), messages.map((_, index) => first + index));
        deepEqual(messages, probe.written);
    },
    'keeps what the data said at the time of the call': async (open) => {
        const probe = await open();
        const flat = { state: 'before' };
        const deep = { inner: { state: 'before' }, list: ['before'] };
        probe.store.append({ level: 'log', message: 'flat', data: flat });
        probe.store.append({ level: 'log', message: 'deep', data: deep });
        flat.state = deep.inner.state = deep.list[0] = 'after';
        await probe.log(1);
        const { entries } = await probe.read({ limit: 3 });
        deepEqual(entries.slice(0, 2).map(({ data }) => data), [{ state: 'before' }, { inner: { state: 'before' }, list: ['before'] }]);
    },
    'never throws, whatever the data does, and delivers the entry': async (open) => {
        const probe = await open();
        const hostile = hostileData();
        const names = Object.keys(hostile);
        for (const [message, data] of Object.entries(hostile))
            probe.store.append({ level: 'log', message, data });
        await probe.log(1);
        const { messages, gaps } = await probe.readOn(FROM_OLDEST, { limit: 3 });
        deepEqual([messages, gaps], [[...names, ...probe.written], []]);
    },
    'carries any text, control characters and half characters included': async (open) => {
        const probe = await open();
        const texts = [
            '\u0000\u0007\u001b[31m',
            '\u007f\u009b',
            '\u2028\u2029',
            '\ud800 \udfff',
            '\uffff',
            'é🧺',
            '"\\',
            '',
        ];
        for (const text of texts)
            probe.store.append({
                level: 'log',
                message: `${text}.`,
                context: text,
                stack: text,
                data: { [text]: text },
            });
        await probe.log(1);
        const { entries } = await probe.read({ limit: texts.length + 1 });
        deepEqual(entries.slice(0, -1).map(({ message, context, stack, data }) => ({ message, context, stack, data })), texts.map((text) => ({ message: `${text}.`, context: text, stack: text, data: { [text]: text } })));
    },
    'counts what it accepted, holds, evicted and cleared': async (open) => {
        const probe = await open({ capacity: 8 });
        await probe.log(3);
        await probe.overtake(await probe.newest());
        await probe.log(2);
        await probe.store.clear({ upTo: await probe.newest(), by: 'operator-1' });
        await probe.log(3);
        const stats = await probe.store.stats();
        equal(stats.accepted.total, probe.written.length + 1);
        equal(stats.held.entries, 4);
        equal(stats.accepted.total, stats.held.entries + stats.evicted + stats.cleared);
        for (const { entries, total = entries, byLevel } of [stats.accepted, stats.held])
            equal(LOG_LEVELS.map((level) => byLevel[level]).reduce((sum, count) => sum + count, 0), total);
        equal(stats.held.byLevel.warn, (await probe.read({ limit: 9, filter: { level: ['warn'] } })).size);
        ok(stats.capacity.entries >= 8, `a capacity of ${stats.capacity.entries}`);
        ok(stats.held.bytes > 0, `${stats.held.bytes} bytes`);
    },
    'hands out in its counters the places of the oldest and the newest entry': async (open) => {
        const probe = await open();
        const empty = await probe.store.stats();
        equal(empty.newest, await probe.newest());
        await probe.log(3);
        const { epoch, oldest, newest } = await probe.store.stats();
        equal(epoch, (await probe.read({ limit: 1 })).epoch);
        for (const place of [empty.oldest, empty.newest, oldest]) {
            const { messages, gaps } = await probe.readOn(place, { limit: 2 });
            deepEqual([messages, gaps], [probe.written, []]);
        }
        equal((await probe.read({ after: newest, limit: 1 })).next, newest);
    },
};
function hostileData() {
    const cyclic = {};
    cyclic.self = cyclic;
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const thrower = () => {
        throw new Error('hostile');
    };
    return {
        cyclic,
        'revoked proxy': proxy,
        'getter that throws': Object.defineProperty({}, 'x', { enumerable: true, get: thrower }),
        'toJSON that throws': { toJSON: thrower },
        bigint: { count: 10n },
        symbol: Symbol('s'),
        function: thrower,
        'without a prototype': Object.create(null),
        'invalid date': new Date(NaN),
        error: new Error('inner', { cause: cyclic }),
    };
}
