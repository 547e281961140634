import { type ParsedLine } from './line-format.js';
/** What Nest's ConsoleLogger prints. */
export declare function parseNest(text: string): ParsedLine | undefined;
