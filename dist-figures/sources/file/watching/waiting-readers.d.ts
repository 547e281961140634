import { type Cursor } from '../../../domain/cursor.js';
import { type Wait } from '../../../domain/log-source.js';
/** Those who wait, by the place after which they wait. */
export declare class WaitingReaders {
    #private;
    /** The places, each once. */
    get places(): Cursor[];
    get size(): number;
    /** Resolves when somebody wakes the readers at this place, at the latest when the signal aborts or the time is over. */
    wait(cursor: Cursor, { signal, timeoutMs }: Wait): Promise<void>;
    wake(cursor: Cursor): void;
    wakeAll(): void;
}
