import { equal } from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { FROM_OLDEST } from './probe.js';
import { within } from './within.js';
/** Far longer than a test may take: a wait that ends was ended by something else. */
const LONG = { timeoutMs: 600_000 };
/** What holds of waiting for news. */
export const waitingChecks = {
    'wakes everyone who waits when there is news': async (open) => {
        const probe = await open();
        await probe.log(1);
        const place = await probe.newest();
        const waiting = [1, 2, 3].map(() => probe.source.waitAfter(place, LONG));
        await turns(3);
        await probe.log(1);
        await within('everyone to be woken by news', Promise.all(waiting));
    },
    'does not wait where there is something after the cursor already': async (open) => {
        const probe = await open();
        await probe.log(2);
        const { next } = await probe.read({ after: FROM_OLDEST, limit: 1 });
        await within('a reader that is behind to go on', probe.source.waitAfter(next, LONG));
    },
    'does not wait at a cursor it does not know: there is a gap to be told of': async (open) => {
        const probe = await open();
        await probe.log(1);
        for (const cursor of ['another-1', 'x'])
            await within('a reader of another life to go on', probe.source.waitAfter(cursor, LONG));
    },
    'goes on waiting while nothing happens': async (open) => {
        const probe = await open();
        await probe.log(1);
        let over = false;
        const abort = new AbortController();
        const waiting = probe.source.waitAfter(await probe.newest(), { ...LONG, signal: abort.signal });
        const end = () => void (over = true);
        waiting.then(end, end);
        await turns(20);
        equal(over, false);
        abort.abort();
        await within('an aborted wait to end', waiting);
    },
    'ends a wait when its signal aborts, also when it has aborted before': async (open) => {
        const probe = await open();
        await probe.log(1);
        const place = await probe.newest();
        const abort = new AbortController();
        const waiting = probe.source.waitAfter(place, { ...LONG, signal: abort.signal });
        await turns(3);
        abort.abort();
        await within('an aborted wait to end', waiting);
        await within('a wait to end at once', probe.source.waitAfter(place, { ...LONG, signal: abort.signal }));
    },
    'leaves nothing on a signal when a wait is over': async (open) => {
        const probe = await open();
        const { signal } = new AbortController();
        for (let wait = 0; wait < 3; wait++) {
            const waiting = probe.source.waitAfter(await probe.newest(), { ...LONG, signal });
            await turns(3);
            await probe.log(1);
            await within('a reader to be woken by news', waiting);
            const idle = probe.source.waitAfter(await probe.newest(), { timeoutMs: 1, signal });
            await within('a wait of 1 ms to end', idle);
        }
        equal(getEventListeners(signal, 'abort').length, 0);
    },
    'ends a wait when its time is over': async (open) => {
        const probe = await open();
        await probe.log(1);
        const place = await probe.newest();
        for (const timeoutMs of [0, 1, 20])
            await within(`a wait of ${timeoutMs} ms to end`, probe.source.waitAfter(place, { timeoutMs }));
    },
    'loses no wake-up between looking and sleeping': async (open) => {
        const probe = await open();
        await probe.log(1);
        for (let microtasks = 0; microtasks < 20; microtasks++) {
            const place = await probe.newest();
            const waiting = probe.source.waitAfter(place, LONG);
            for (let done = 0; done < microtasks; done++)
                await Promise.resolve();
            await probe.log(1);
            await within(`news to wake a reader ${microtasks} microtasks after it began to wait`, waiting);
        }
        for (let looks = 1; looks < 5; looks++) {
            const place = await probe.newest();
            const waiting = probe.source.waitAfter(place, LONG);
            await turns(looks);
            await probe.log(1);
            await within(`news to wake a reader ${looks} turns after it began to wait`, waiting);
        }
    },
};
async function turns(count) {
    for (let done = 0; done < count; done++)
        await setImmediate();
}
