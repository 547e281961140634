const WINDOW_MS = 60_000;
const ALLOWED = 10;
const MAX_ADDRESSES = 10_000;
/** Counts wrong tokens per address: above 10 a minute they are answered 429. A right token always passes. */
export class WrongAttempts {
    #windows = new Map();
    /** Counts one; returns the seconds to wait when there were too many. */
    add(address, now = performance.now()) {
        const known = this.#windows.get(address);
        if (!known || now - known.since >= WINDOW_MS) {
            // The oldest go first: an attacker with many addresses cannot fill the memory.
            if (this.#windows.size >= MAX_ADDRESSES)
                this.#windows.delete(this.#windows.keys().next().value ?? '');
            this.#windows.delete(address);
            this.#windows.set(address, { since: now, count: 1 });
            return undefined;
        }
        known.count++;
        return known.count > ALLOWED ? Math.ceil((known.since + WINDOW_MS - now) / 1000) : undefined;
    }
}
