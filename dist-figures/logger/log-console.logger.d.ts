import { type LoggerService, type LogLevel as NestLogLevel } from '@nestjs/common';
import { type LogRecord } from '../domain/log-entry.js';
/** One ring that wants every line: counts what it does not take. */
export interface LogTarget {
    /** Called for every line that is captured. */
    append(record: LogRecord): void;
    /** Called for a line that was refused because it was logged while two others were being written. */
    reject(): void;
}
/**
 * The LoggerService that is swapped in: captures each line for every target, then forwards it, with its original
 * arguments, to every logger that was there before. Never throws, whatever it is given or a forwarded logger does.
 */
export declare class LogConsoleLogger implements LoggerService {
    #private;
    /** Who captures. */
    targets: readonly LogTarget[];
    /** Who goes on printing; a line is forwarded once to each. */
    forwards: readonly LoggerService[];
    /** True while a forwarded logger prints: what it sends through `console` is this very line. */
    forwarding: boolean;
    constructor(targets?: readonly LogTarget[], forwards?: readonly LoggerService[]);
    log(message: unknown, ...params: unknown[]): void;
    error(message: unknown, ...params: unknown[]): void;
    warn(message: unknown, ...params: unknown[]): void;
    debug(message: unknown, ...params: unknown[]): void;
    verbose(message: unknown, ...params: unknown[]): void;
    fatal(message: unknown, ...params: unknown[]): void;
    /** Sets what the forwarded loggers print; what is captured does not depend on it. */
    setLogLevels(levels: NestLogLevel[]): void;
    /** Captures a record that did not come from a log call (a process warning, a console call). */
    capture(record: LogRecord): void;
}
