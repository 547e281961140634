import { type HttpRequest } from '../access/http-request.js';
import { LogStatsProvider } from '../domain/log-stats.js';
/** The module's counters. */
export declare class StatsController {
    private readonly log;
    constructor(log: LogStatsProvider);
    stats(request: HttpRequest, response: object): Promise<void>;
}
