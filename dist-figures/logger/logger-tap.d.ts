import { type LoggerService } from '@nestjs/common';
import { LogConsoleLogger, type LogTarget } from './log-console.logger.js';
/** What one application wants of the tap. */
export interface TapClient {
    readonly target: LogTarget;
    /** Who prints its lines: a logger, nobody, or (undefined) the logger that was there. */
    readonly forward: LoggerService | false | undefined;
    /** Swap the logger in; false leaves it to `app.useLogger()`. */
    readonly attach: boolean;
    readonly console: boolean;
    readonly process: boolean;
}
/**
 * The one place per process where the logger is swapped. With several applications each target gets each line once,
 * and each line is forwarded once to each logger; when the last application closes, the logger that was there is back.
 */
export declare class LoggerTap {
    #private;
    readonly logger: LogConsoleLogger;
    /** The tap of this process, shared by the ESM and the CommonJS copy of this package. */
    static get(): LoggerTap;
    /**
     * Swaps the logger in, or does nothing when it is already there. Called at several points of the boot,
     * because Nest sets its logger at several points and each alone misses lines.
     */
    attach(): void;
    /** Adds an application: from now on its target gets every line, first those that came before the first target. */
    add(client: TapClient): void;
    /** Removes an application; the last one gives everything back. */
    remove(client: TapClient): void;
    /** Gives the logger back unless an application wants it: after `forRoot` attached ahead of an `attach: false`. */
    release(): void;
}
