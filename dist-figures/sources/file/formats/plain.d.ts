import { type ParsedLine } from './line-format.js';
/** Any line, as it is. */
export declare function parsePlain(text: string): ParsedLine;
