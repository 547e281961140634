import { type Observable } from 'rxjs';
import { type HttpRequest } from '../access/http-request.js';
import { LogStore } from '../domain/log-source.js';
import { SourceRoutes } from './source-routes.js';
/** The routes of the application's own log. */
export declare class EntriesController {
    private readonly log;
    private readonly routes;
    constructor(log: LogStore, routes: SourceRoutes);
    entries(request: HttpRequest, response: object): Promise<void>;
    stream(request: HttpRequest, response: object): Promise<Observable<never>>;
    tail(request: HttpRequest, response: object): Promise<void>;
    export(request: HttpRequest, response: object): Promise<void>;
    clear(request: HttpRequest, response: object): Promise<void>;
}
