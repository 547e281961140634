import { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
/** What Express and Fastify requests have in common, and Node's request inside. */
export interface HttpRequest {
    readonly headers: IncomingHttpHeaders;
    readonly raw?: IncomingMessage;
    readonly method: string;
    readonly user?: unknown;
    readonly params?: Readonly<Record<string, unknown>>;
    readonly query?: unknown;
    readonly body?: unknown;
}
/** Node's own request: of Fastify the one inside, of Express the request itself. */
export declare function rawRequest(request: HttpRequest): IncomingMessage;
/** The address at the other end of the socket; what a header claims does not count. */
export declare function addressOf(request: HttpRequest): string;
/** One value of a header, as text. */
export declare function header(request: HttpRequest, name: string): string | undefined;
/** Whether the browser's side of the connection is encrypted. */
export declare function isSecure(request: HttpRequest): boolean;
