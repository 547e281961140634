/**
 * Keeps actions on one object from interleaving by re-entry (JavaScript runs one thread: a subscriber that logs while
 * it is told of an entry is the danger, not a second thread). What arrives while the lock is held waits in a small
 * queue and is applied, in order, when it is released; what arrives from there is refused, so that no chain of
 * subscribers that log can go on for ever.
 */
export declare class Lock {
    #private;
    /** True while nothing can be kept for later: see {@link later}. */
    get refuses(): boolean;
    /** Takes the lock if it is free. */
    acquire(): boolean;
    /** Keeps an action for when the lock is released; false: it was refused. */
    later(action: () => void): boolean;
    /** Applies what waits, then frees the lock, also where an action throws: what waits behind that one is lost. */
    release(): void;
}
