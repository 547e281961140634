import { type Cursor } from '../domain/cursor.js';
import { type LogFilter } from '../domain/log-filter.js';
import { type ExportFormatName } from './export-format.js';
/** The largest `limit`. */
export declare const MAX_LIMIT = 5000;
/** The filters: the same on every reading route of every source. */
export declare class FilterQuery {
    level?: string;
    context?: string;
    search?: string;
    requestId?: string;
    operation?: string;
    instance?: string;
    from?: string;
    to?: string;
}
/** The parameters of every live reading route: where to start, and the filters. */
export declare class LiveQuery extends FilterQuery {
    after?: string;
    limit?: string;
}
/** The parameters of `GET entries`. */
export declare class EntriesQuery extends LiveQuery {
    before?: string;
    wait?: string;
}
/** The parameters of `GET tail`. */
export declare class TailQuery extends LiveQuery {
    follow?: string;
    ansi?: 'sgr';
}
/** The parameters of `GET export`: everything that matches, so no limit. */
export declare class ExportQuery extends FilterQuery {
    after?: string;
    format?: ExportFormatName;
}
/** The parameters of `DELETE entries`. */
export declare class ClearQuery {
    upTo?: string;
}
/** For routes without parameters: any is refused. */
export declare class NoQuery {
}
export declare function limitOf({ limit }: LiveQuery): number;
export declare function cursorOf(text: string | undefined): Cursor | undefined;
/** The filter a query asks for; undefined when it asks for none. */
export declare function filterOf({ level, context, search, requestId, operation, instance, from, to, }: FilterQuery): LogFilter | undefined;
