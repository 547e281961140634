const MAX_WAITING = 100;
/**
 * Keeps actions on one object from interleaving by re-entry (JavaScript runs one thread: a subscriber that logs while
 * it is told of an entry is the danger, not a second thread). What arrives while the lock is held waits in a small
 * queue and is applied, in order, when it is released; what arrives from there is refused, so that no chain of
 * subscribers that log can go on for ever.
 */
export class Lock {
    #held = false;
    #draining = false;
    #waiting = [];
    /** True while nothing can be kept for later: see {@link later}. */
    get refuses() {
        return this.#draining || this.#waiting.length >= MAX_WAITING;
    }
    /** Takes the lock if it is free. */
    acquire() {
        if (this.#held)
            return false;
        return (this.#held = true);
    }
    /** Keeps an action for when the lock is released; false: it was refused. */
    later(action) {
        if (this.refuses)
            return false;
        this.#waiting.push(action);
        return true;
    }
    /** Applies what waits, then frees the lock, also where an action throws: what waits behind that one is lost. */
    release() {
        const waiting = this.#waiting;
        if (waiting.length > 0)
            this.#waiting = [];
        this.#draining = true;
        try {
            for (const action of waiting)
                action();
        }
        finally {
            this.#draining = false;
            this.#held = false;
        }
    }
}
