import { type ParsedLine } from './line-format.js';
/** What many loggers write (winston's printf, log4j, Python's logging): a time, a level, the message. */
export declare function parseLeadingTime(text: string): ParsedLine | undefined;
/** A line that begins with a level, or with the title of an error: the message is the whole line. */
export declare function parseLeadingLevel(text: string): ParsedLine | undefined;
