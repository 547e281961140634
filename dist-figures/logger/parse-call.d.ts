import { type LogRecord } from '../domain/log-entry.js';
import { type LogLevel } from '../domain/log-level.js';
/**
 * Makes one record of the arguments of one log call, by Nest's conventions: a last string is the context, `error` and
 * `fatal` take a stack before it. Texts become the message, an Error its title and stack, everything else data;
 * a lazy one is called after the places were given, so that its text is never taken for the context.
 * Its oracle is ConsoleLogger, whose own parsing costs 1–2 µs per call: see the table in the spec.
 */
export declare function parseCall(level: LogLevel, message: unknown, params: readonly unknown[]): LogRecord;
