import { type HttpRequest } from './http-request.js';
/**
 * Why a request may have been forged by another site's page; undefined when it cannot have been.
 * Requests with an Authorization of their own cannot: a page of another site does not know it.
 */
export declare function crossSiteProblem(request: HttpRequest, origins?: readonly string[]): string | undefined;
/** The same for a request that a cookie signed in, whatever its Authorization says. */
export declare function forgeryProblem(request: HttpRequest, origins?: readonly string[]): string | undefined;
