import { type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogFilter } from '../domain/log-filter.js';
import { type LogSource } from '../domain/log-source.js';
/** Where to start, what to take, and when to stop. */
export interface FollowOptions {
    /** Where to start. Default: `limit` entries before the newest. */
    readonly after?: Cursor | undefined;
    /** Size of the backlog when there is no `after`. Default 500. */
    readonly limit?: number | undefined;
    /** Which entries. Default: all. */
    readonly filter?: LogFilter | undefined;
    /** Ends the generator. */
    readonly signal?: AbortSignal | undefined;
    /** After so long without news an empty batch is yielded. Default 10 s; a function is asked each time. */
    readonly idleMs?: number | (() => number) | undefined;
}
/**
 * Reads to the end, then keeps up; ends when the signal aborts. Pulls: nothing is read until the consumer asks, so a
 * slow consumer keeps its place, and is told of a gap when it was overtaken. An empty batch is the heartbeat: its
 * `next` is the place reached.
 */
export declare function follow(source: LogSource, options?: FollowOptions): AsyncGenerator<LogBatch, void, void>;
/** The place `limit` matching entries before the newest; looks on where one filtered read did not find enough. */
export declare function backlogStart(source: LogSource, limit: number, filter: LogFilter | undefined): Promise<Cursor>;
