import { type LogConsoleExtras, type LogConsoleOptions } from './log-console.options.js';
/** A wrong option: the message names it, what was given (never a secret) and what is accepted. */
export declare class LogConsoleOptionsError extends Error {
    /** Says what it is, where classes are not shared. */
    readonly name = "LogConsoleOptionsError";
}
/** Throws a {@link LogConsoleOptionsError} for the first wrong option of `forRoot`. */
export declare function checkOptions(options: LogConsoleOptions & LogConsoleExtras): void;
/** The same for what a factory of `forRootAsync` returns: the extras cannot come from there. */
export declare function checkFactoryOptions(options: LogConsoleOptions): void;
/** The same for `forRootAsync` itself: the extras stand beside the factory, the options come from it. */
export declare function checkAsyncOptions(options: object): void;
/** Throws when the token in the environment is too short. */
export declare function checkTokenVariable(value: string | undefined): void;
