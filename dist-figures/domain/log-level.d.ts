/** Nest's six log levels, lowest first. */
export declare const LOG_LEVELS: readonly ["verbose", "debug", "log", "warn", "error", "fatal"];
/** One of Nest's six log levels. */
export type LogLevel = (typeof LOG_LEVELS)[number];
/** How a set of levels may be written, for error messages. */
export declare const LEVEL_GRAMMAR: string;
/** The position of a level in {@link LOG_LEVELS}; -1 for anything else. Asked twice per line: a look-up costs 4 ns more. */
export declare function levelIndex(level: string): number;
/**
 * Reads a set of levels in Nest's spelling: `warn` (only warn), `warn,error`, `>=warn`, `>warn`.
 * Undefined when a name is unknown or the set is empty.
 */
export declare function parseLevels(text: string): LogLevel[] | undefined;
