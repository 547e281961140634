import { type Wait } from '../../domain/log-source.js';
/** Those who wait for the next entry; one look per append when nobody does. */
export declare class Waiters {
    #private;
    get size(): number;
    /** Resolves at the next {@link wake}, at the latest when the signal aborts or the time is over. */
    wait({ signal, timeoutMs }: Wait): Promise<void>;
    wake(): void;
}
