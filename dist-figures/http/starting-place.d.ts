import { type HttpRequest } from '../access/http-request.js';
import { type Cursor } from '../domain/cursor.js';
import { type LogSource } from '../domain/log-source.js';
/** The place a cursor stands for; of one that is not known, just before the oldest held. */
export declare function placeOf(source: LogSource, after: Cursor): Promise<Cursor>;
/** `Last-Event-ID`, when it is one of ours; any other form is ignored, because an EventSource would give up for good. */
export declare function resumeCursor(request: HttpRequest): Cursor | undefined;
