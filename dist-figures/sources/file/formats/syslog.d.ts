import { type ParsedLine } from './line-format.js';
/** RFC 3164 and RFC 5424, with a priority in front or, as files hold them, without. */
export declare function parseSyslog(text: string): ParsedLine | undefined;
