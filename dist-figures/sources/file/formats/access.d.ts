import { type ParsedLine } from './line-format.js';
/** A web server's access log: nginx and Apache, common and combined, with what may follow that. */
export declare function parseAccess(text: string): ParsedLine | undefined;
