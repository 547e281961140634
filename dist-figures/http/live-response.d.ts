import { type ServerResponse } from 'node:http';
import { type Cursor } from '../domain/cursor.js';
import { type LogFilter } from '../domain/log-filter.js';
import { type LogSource } from '../domain/log-source.js';
import { type ByeReason, type LiveFormat } from './live-format.js';
import { type OpenStream } from './open-streams.js';
/** A client that takes nothing for so long is ended. */
export declare const STALLED_MS = 30000;
/** What is followed, from where, and how it is written. */
export interface LiveRequest {
    readonly source: LogSource;
    readonly format: LiveFormat;
    /** Where the reader starts: the id of events before the first batch. */
    readonly place: Cursor;
    /** Where reading starts: the same place, or a cursor that will be answered with a gap. */
    readonly after: Cursor;
    readonly filter?: LogFilter | undefined;
    /** False: ends after the newest. */
    readonly keepsFollowing: boolean;
    /** The cursor of the newest entry, for pings. */
    readonly newest: () => Cursor | Promise<Cursor>;
}
/**
 * One paced writer onto one response, for `stream` and `tail` alike. At most one batch is in flight: the next is read
 * when the socket has taken the last, so nothing queues for a slow client, and the log never waits for one.
 */
export declare class LiveResponse implements OpenStream {
    #private;
    readonly request: LiveRequest;
    readonly kind = "streams";
    constructor(raw: ServerResponse, request: LiveRequest);
    /** Writes until the client leaves or {@link end} is called; resolves when the last byte was handed to the socket. */
    run(hello?: string): Promise<void>;
    /** Ends it: after what was logged so far, the reader is told why. */
    end(reason: ByeReason): void;
    /** The client left: nothing more is written. */
    leave(): void;
}
