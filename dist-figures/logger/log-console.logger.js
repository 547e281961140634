import { threwText } from '../domain/error-text.js';
import { isFunction, resolveLazy, resolveOnce } from './lazy.js';
import { parseCall } from './parse-call.js';
/** A line logged while another is written (by a getter, a forwarded logger) is written too; what that one logs is refused. */
const MAX_NESTING = 2;
/** At most one notice per cause in this time, or a logger that fails would fill the ring. */
const NOTICE_EVERY_MS = 10_000;
/**
 * The LoggerService that is swapped in: captures each line for every target, then forwards it, with its original
 * arguments, to every logger that was there before. Never throws, whatever it is given or a forwarded logger does.
 */
export class LogConsoleLogger {
    #depth;
    #lastNotice;
    constructor(targets = [], forwards = []) {
        /** Who captures. */
        this.targets = [];
        /** Who goes on printing; a line is forwarded once to each. */
        this.forwards = [];
        /** True while a forwarded logger prints: what it sends through `console` is this very line. */
        this.forwarding = false;
        this.#depth = 0;
        this.#lastNotice = -Infinity;
        this.targets = targets;
        this.forwards = forwards;
    }
    log(message, ...params) {
        this.#write('log', message, params);
    }
    error(message, ...params) {
        this.#write('error', message, params);
    }
    warn(message, ...params) {
        this.#write('warn', message, params);
    }
    debug(message, ...params) {
        this.#write('debug', message, params);
    }
    verbose(message, ...params) {
        this.#write('verbose', message, params);
    }
    fatal(message, ...params) {
        this.#write('fatal', message, params);
    }
    /** Sets what the forwarded loggers print; what is captured does not depend on it. */
    setLogLevels(levels) {
        for (const logger of this.forwards)
            logger.setLogLevels?.(levels);
    }
    /** Captures a record that did not come from a log call (a process warning, a console call). */
    capture(record) {
        for (const target of this.targets)
            target.append(record);
    }
    #write(level, message, params) {
        if (this.#depth >= MAX_NESTING) {
            for (const target of this.targets)
                target.reject();
            return;
        }
        this.#depth++;
        try {
            if (params.length === 0 && typeof message === 'string') {
                // The shortest way for the shortest call.
                this.capture({ level, message });
            }
            else {
                if (isFunction(message) || hasFunction(params)) {
                    message = resolveLazy(message);
                    params = params.map(resolveOnce);
                }
                this.#captureCall(level, message, params);
            }
            if (this.forwards.length > 0)
                this.#forward(level, message, params);
        }
        finally {
            this.#depth--;
        }
    }
    #captureCall(level, message, params) {
        let record;
        try {
            record = parseCall(level, message, params);
        }
        catch (error) {
            record = { level, message: threwText(error) };
        }
        this.capture(record);
    }
    #forward(level, message, params) {
        const nested = this.forwarding;
        this.forwarding = true;
        try {
            for (const logger of this.forwards)
                this.#forwardTo(logger, level, message, params);
        }
        finally {
            this.forwarding = nested;
        }
    }
    #forwardTo(logger, level, message, params) {
        try {
            if (level === 'log' || level === 'warn' || level === 'error')
                logger[level](message, ...params);
            else
                logger[level]?.(message, ...params);
        }
        catch (error) {
            this.#notice(`A forwarded logger threw: ${threwText(error)}`);
        }
    }
    #notice(message) {
        const now = performance.now();
        if (now - this.#lastNotice < NOTICE_EVERY_MS)
            return;
        this.#lastNotice = now;
        this.capture({ level: 'error', context: 'LogConsole', message });
    }
}
function hasFunction(values) {
    for (const value of values)
        if (isFunction(value))
            return true;
    return false;
}
