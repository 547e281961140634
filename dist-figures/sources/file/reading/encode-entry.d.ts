import { type LogEntry } from '../../../domain/log-entry.js';
/** The entry as JSON. */
export declare function encodeEntry(entry: LogEntry): Uint8Array;
