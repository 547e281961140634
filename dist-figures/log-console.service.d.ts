import { type Observable } from 'rxjs';
import { type LogBatch } from './domain/log-batch.js';
import { type LogEntry } from './domain/log-entry.js';
import { type Cleared, type ClearRequest, type ReadRequest } from './domain/log-source.js';
import { type LogStats, type LogStatsProvider } from './domain/log-stats.js';
import { TextRedactor } from './domain/text-redactor.js';
import { OpenStreams } from './http/open-streams.js';
import { LogCapture } from './logger/log-capture.js';
import { type FollowOptions } from './reading/follow.js';
import { MemoryStore } from './stores/memory/memory.store.js';
/** What application code injects: everything HTTP can do with the log, code can do. */
export declare class LogConsoleService implements LogStatsProvider {
    private readonly store;
    private readonly capture;
    private readonly open;
    private readonly redactor;
    /** @internal */
    constructor(store: MemoryStore, capture: LogCapture, open: OpenStreams, redactor: TextRedactor);
    /** Every entry as it is accepted, in id order. An observer that throws is unsubscribed; one that logs is answered after it returns. */
    get entries$(): Observable<LogEntry>;
    /** One batch; without a cursor the newest `limit` (default 500). Never rejects: a cursor nobody knows is answered with a gap. */
    read(request?: Partial<ReadRequest>): Promise<LogBatch>;
    /** Reads to the end, then keeps up, until the signal aborts or the loop is left. An empty batch is the heartbeat. */
    follow(options?: FollowOptions): AsyncGenerator<LogBatch, void, void>;
    /**
     * Removes everything up to `upTo` (default: the newest) from the live buffer; `by` is named in the entry that says so.
     * Rejects with an UnknownCursorError for a cursor of another epoch or beyond the newest: then nothing was cleared.
     */
    clear(request?: ClearRequest): Promise<Cleared>;
    /** The counters. At rest, attempted = accepted.total + belowLevel + rejected + suppressed, the module's own lines included. */
    stats(): Promise<LogStats>;
}
