import { type LineFormat, type ParsedLine } from './line-format.js';
export { type LineFormat, type ParsedLine } from './line-format.js';
/** What a file's lines may be said to be. */
export declare const FORMAT_NAMES: readonly ["auto", "nest", "json", "access", "nginx-error", "syslog", "plain"];
/** One of {@link FORMAT_NAMES}. */
export type FormatName = (typeof FORMAT_NAMES)[number];
/** How a line of each format is read. */
export declare const FORMATS: Readonly<Record<FormatName, LineFormat>>;
/** Reads any line: one that is not of the format is taken as it is. */
export declare function parserOf(name: FormatName): (text: string) => ParsedLine;
