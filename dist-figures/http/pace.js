const PERIOD_MS = 48;
const AT_LEAST_MS = 16;
const AT_MOST_MS = 50;
const ticks = new Map();
/**
 * The next common tick, 16 to 50 ms from now. Live responses that wait for the same tick then read from the same
 * place, so that what they write is made once for all of them.
 */
export function nextTick() {
    const now = performance.now();
    const at = tickAfter(now);
    let tick = ticks.get(at);
    if (!tick) {
        tick = new Promise((resolve) => {
            setTimeout(() => {
                ticks.delete(at);
                resolve();
            }, at - now);
        });
        ticks.set(at, tick);
    }
    return tick;
}
/** Who comes too late for a tick and too early for the next takes one halfway, and is in step from then on. */
function tickAfter(now) {
    const tick = Math.floor((now + AT_MOST_MS) / PERIOD_MS) * PERIOD_MS;
    return tick >= now + AT_LEAST_MS ? tick : tick + PERIOD_MS / 2;
}
