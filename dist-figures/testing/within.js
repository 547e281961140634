/** Shorter than the 5 s after which runners give up, so that the message is ours. */
const DEADLINE_MS = 4000;
/** The value of a promise that has to settle; fails with what was waited for when it does not. */
export async function within(what, promise) {
    let timer;
    const late = new Promise((_, reject) => {
        // Not unref'ed: it keeps the process alive for what a source waits for on timers that are.
        timer = setTimeout(() => reject(new Error(`Waited ${DEADLINE_MS} ms for ${what}`)), DEADLINE_MS);
    });
    try {
        return await Promise.race([promise, late]);
    }
    finally {
        clearTimeout(timer);
    }
}
