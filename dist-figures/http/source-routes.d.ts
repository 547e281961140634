import { Observable } from 'rxjs';
import { type HttpRequest } from '../access/http-request.js';
import { LogStore, type LogSource } from '../domain/log-source.js';
import { type HostResponse } from './host-response.js';
import { OpenStreams } from './open-streams.js';
import { type EntriesQuery, type ExportQuery, type LiveQuery, type TailQuery } from './reading.query.js';
import { ServerFacts } from './server-facts.js';
/** One request and where its answer goes. */
export interface Exchange {
    readonly request: HttpRequest;
    readonly response: HostResponse;
}
/** The reading routes of any source: poll, stream, tail, export. */
export declare class SourceRoutes {
    #private;
    private readonly log;
    private readonly open;
    private readonly facts;
    constructor(log: LogStore, open: OpenStreams, facts: ServerFacts);
    /** `GET entries`: one batch; with `wait` the answer is held until there is something to say. */
    entries(source: LogSource, query: EntriesQuery, { request, response }: Exchange): Promise<void>;
    /** `GET stream`: an Observable that emits nothing; while it is subscribed our frames go onto the response Nest opened. */
    stream(source: LogSource, query: LiveQuery, { request, response }: Exchange): Promise<Observable<never>>;
    /** `GET tail`: the same as text, for `curl -N` or a browser tab. */
    tail(source: LogSource, query: TailQuery, { request, response }: Exchange): Promise<void>;
    /** `GET export`: everything that matches, as a download. One that is cut off is cut in mid-answer, and so visibly. */
    export(source: LogSource, query: ExportQuery, { request, response }: Exchange): Promise<void>;
}
