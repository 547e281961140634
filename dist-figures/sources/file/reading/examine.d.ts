import { type LogEntry } from '../../../domain/log-entry.js';
import { type LogFilter } from '../../../domain/log-filter.js';
/** Looks at entries with a filter; without one everything passes and nothing is counted. */
export declare class Examiner {
    #private;
    constructor(filter: LogFilter | undefined);
    /** Whether as much was looked at as one read may. */
    get isSpent(): boolean;
    /** Runs what takes the time that is counted. */
    spend<T>(work: () => T): T;
    passes(entry: LogEntry): boolean;
}
