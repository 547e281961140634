import { type LogRecord } from '../domain/log-entry.js';
import { type LogLevel } from '../domain/log-level.js';
import { type CaptureStats } from '../domain/log-stats.js';
import { type LogTarget } from './log-console.logger.js';
/** One application's share of the lines: those of the levels it wants go to its store, the others are counted. */
export declare class LogCapture implements LogTarget {
    #private;
    /** @param levels as Nest reads them: what is listed, and all above the highest listed. `error` and `fatal` always pass. */
    constructor(store: {
        append(record: LogRecord): void;
    }, levels?: readonly LogLevel[]);
    append(record: LogRecord): void;
    reject(): void;
    get stats(): CaptureStats;
}
