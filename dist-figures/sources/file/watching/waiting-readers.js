/** The longest a timer can be set for; what is longer would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** Those who wait, by the place after which they wait. */
export class WaitingReaders {
    #waiting = new Map();
    /** The places, each once. */
    get places() {
        return [...this.#waiting.keys()];
    }
    get size() {
        return this.#waiting.size;
    }
    /** Resolves when somebody wakes the readers at this place, at the latest when the signal aborts or the time is over. */
    wait(cursor, { signal, timeoutMs }) {
        return new Promise((resolve) => {
            const readers = this.#waiting.get(cursor) ?? new Set();
            const done = () => {
                clearTimeout(timer);
                signal?.removeEventListener('abort', done);
                readers.delete(done);
                if (readers.size === 0 && this.#waiting.get(cursor) === readers)
                    this.#waiting.delete(cursor);
                resolve();
            };
            const timer = setTimeout(done, Math.min(timeoutMs, MAX_TIMEOUT_MS));
            timer.unref();
            signal?.addEventListener('abort', done);
            readers.add(done);
            this.#waiting.set(cursor, readers);
        });
    }
    wake(cursor) {
        for (const done of [...(this.#waiting.get(cursor) ?? [])])
            done();
    }
    wakeAll() {
        for (const cursor of this.places)
            this.wake(cursor);
    }
}
