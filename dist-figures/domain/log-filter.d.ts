import { type LogLevel } from './log-level.js';
/** Which entries a reader wants; every part that is given must match. */
export interface LogFilter {
    /** One of these levels. */
    readonly level?: readonly LogLevel[];
    /** Exact names, or prefixes ending in `*`. */
    readonly context?: readonly string[];
    /** Case-insensitive substring of message, context, stack and data. */
    readonly search?: string;
    /** Exactly this request. */
    readonly requestId?: string;
    /** Exactly this operation. */
    readonly operation?: string;
    /** Exactly this process. */
    readonly instance?: string;
    /** At this time (RFC 3339) or later. */
    readonly from?: string;
    /** Before this time (RFC 3339). */
    readonly to?: string;
}
/** What a filter looks at in one entry; `level` is its index, `time` milliseconds, `data` JSON text. */
export interface Filterable {
    readonly level: number;
    readonly time: number;
    readonly context: string | undefined;
    readonly message: string;
    readonly stack: string | undefined;
    readonly data: string | undefined;
    readonly requestId: string | undefined;
    readonly operation: string | undefined;
    readonly instance: string | undefined;
}
/** Makes the test for a filter; undefined when the filter lets everything through. */
export declare function compileFilter(filter: LogFilter | undefined): ((entry: Filterable) => boolean) | undefined;
