import { type LogLevel } from './log-level.js';
/** What was cut from an entry that was too long: UTF-8 bytes of message, stack and data. */
export interface Truncated {
    /** Before. */
    readonly bytes: number;
    /** After. */
    readonly kept: number;
}
/** What was logged, before it has a place in a source. */
export interface LogRecord {
    /** RFC 3339, UTC, milliseconds. Default of a store: the time of the call. */
    readonly time?: string;
    /** How grave it is. */
    readonly level: LogLevel;
    /** The part of the application that wrote it: the name given to its Logger. */
    readonly context?: string;
    /** What was said, as text. Default of a store, where it is empty: the data, on one line of 200 characters at most. */
    readonly message: string;
    /** The stack of an error, with those of its causes. */
    readonly stack?: string;
    /** Structured parameters; a store keeps what their JSON says at the time of the call. */
    readonly data?: unknown;
    /** The request it belongs to. */
    readonly requestId?: string;
    /** The trace it belongs to. */
    readonly traceId?: string;
    /** The span it belongs to. */
    readonly spanId?: string;
    /** Id of the innermost operation it belongs to. */
    readonly operation?: string;
    /** Which process wrote it: `[A-Za-z0-9_.-]{1,64}`. Default of a store: its own process. */
    readonly instance?: string;
    /** Only when it was cut. */
    readonly truncated?: Truncated;
    /** Files only: belongs to the entry before it. */
    readonly continues?: boolean;
}
/** A record with its place: ids only go up, and are dense inside an epoch. */
export interface LogEntry extends LogRecord {
    /** Its place: a whole number that only goes up. */
    readonly id: number;
}
