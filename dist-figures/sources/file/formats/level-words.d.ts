import { type LogLevel } from '../../../domain/log-level.js';
/** The words, the longer ones of one beginning first. */
export declare const LEVEL_WORDS: readonly string[];
/** The level that a logger's word means, in any case; undefined when it means none. */
export declare function levelOfWord(word: string): LogLevel | undefined;
/** Of pino's numbers, and those between them: 10 verbose, 20 debug, 30 log, 40 warn, 50 error, 60 fatal. */
export declare function levelOfPino(level: number): LogLevel;
/** Of syslog's severities: 0–2 fatal, 3 error, 4 warn, 5–6 log, 7 debug. */
export declare function levelOfSeverity(severity: number): LogLevel;
/** Of HTTP statuses: 5xx error, 4xx warn. */
export declare function levelOfStatus(status: number): LogLevel;
