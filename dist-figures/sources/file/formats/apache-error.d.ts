import { type ParsedLine } from './line-format.js';
/** Apache's error log. */
export declare function parseApacheError(text: string): ParsedLine | undefined;
