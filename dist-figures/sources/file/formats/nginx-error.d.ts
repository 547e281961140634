import { type ParsedLine } from './line-format.js';
/** nginx's error log: notice is log; crit, alert and emerg are fatal. */
export declare function parseNginxError(text: string): ParsedLine | undefined;
