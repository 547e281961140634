/** The longest a timer can be set for; what is longer would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** Those who wait for the next entry; one look per append when nobody does. */
export class Waiters {
    #waiting = new Set();
    get size() {
        return this.#waiting.size;
    }
    /** Resolves at the next {@link wake}, at the latest when the signal aborts or the time is over. */
    wait({ signal, timeoutMs }) {
        if (signal?.aborted || timeoutMs <= 0)
            return Promise.resolve();
        return new Promise((resolve) => {
            const done = () => {
                clearTimeout(timer);
                signal?.removeEventListener('abort', done);
                this.#waiting.delete(done);
                resolve();
            };
            const timer = setTimeout(done, Math.min(timeoutMs, MAX_TIMEOUT_MS));
            timer.unref();
            signal?.addEventListener('abort', done);
            this.#waiting.add(done);
        });
    }
    wake() {
        for (const done of this.#waiting)
            done();
    }
}
