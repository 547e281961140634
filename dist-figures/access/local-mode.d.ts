import { type HttpRequest } from './http-request.js';
/**
 * Why a request does not come from somebody who sits at this machine; undefined when it does. Loopback alone does not
 * say so: a reverse proxy on this machine connects from there, and a page in the browser can be made to (DNS rebinding).
 */
export declare function notLocalProblem(request: HttpRequest): string | undefined;
