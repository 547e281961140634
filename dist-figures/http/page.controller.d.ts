import { type Type } from '@nestjs/common';
import { type HttpRequest } from '../access/http-request.js';
/** The browser console: a page and its assets, from memory. No directory is served; an asset is found by its exact name. */
export declare class PageController {
    page(request: HttpRequest, response: object): void;
    asset(request: HttpRequest, response: object): void;
}
/**
 * Gives a mounted page its route with a final slash: Fastify tells `B/` from `B`. Not for Express, which does not, and
 * warns of this spelling of a wildcard.
 */
export declare function addSlashRoute(mounted: Type<PageController>): void;
