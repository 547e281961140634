import { type LoggerService, type LogLevel as NestLogLevel } from '@nestjs/common';
import { threwText } from '../domain/error-text.js';
import { type LogRecord } from '../domain/log-entry.js';
import { type LogLevel } from '../domain/log-level.js';
import { isFunction, resolveLazy, resolveOnce } from './lazy.js';
import { parseCall } from './parse-call.js';

/** One ring that wants every line: counts what it does not take. */
export interface LogTarget {
  /** Called for every line that is captured. */
  append(record: LogRecord): void;
  /** Called for a line that was refused because it was logged while two others were being written. */
  reject(): void;
}

/** A line logged while another is written (by a getter, a forwarded logger) is written too; what that one logs is refused. */
const MAX_NESTING = 2;
/** At most one notice per cause in this time, or a logger that fails would fill the ring. */
const NOTICE_EVERY_MS = 10_000;

/**
 * The LoggerService that is swapped in: captures each line for every target, then forwards it, with its original
 * arguments, to every logger that was there before. Never throws, whatever it is given or a forwarded logger does.
 */
export class LogConsoleLogger implements LoggerService {
  /** Who captures. */
  targets: readonly LogTarget[] = [];
  /** Who goes on printing; a line is forwarded once to each. */
  forwards: readonly LoggerService[] = [];
  /** True while a forwarded logger prints: what it sends through `console` is this very line. */
  forwarding = false;
  #depth = 0;
  #lastNotice = -Infinity;

  constructor(targets: readonly LogTarget[] = [], forwards: readonly LoggerService[] = []) {
    this.targets = targets;
    this.forwards = forwards;
  }

  log(message: unknown, ...params: unknown[]): void {
    this.#write('log', message, params);
  }
  error(message: unknown, ...params: unknown[]): void {
    this.#write('error', message, params);
  }
  warn(message: unknown, ...params: unknown[]): void {
    this.#write('warn', message, params);
  }
  debug(message: unknown, ...params: unknown[]): void {
    this.#write('debug', message, params);
  }
  verbose(message: unknown, ...params: unknown[]): void {
    this.#write('verbose', message, params);
  }
  fatal(message: unknown, ...params: unknown[]): void {
    this.#write('fatal', message, params);
  }

  /** Sets what the forwarded loggers print; what is captured does not depend on it. */
  setLogLevels(levels: NestLogLevel[]): void {
    for (const logger of this.forwards) logger.setLogLevels?.(levels);
  }

  /** Captures a record that did not come from a log call (a process warning, a console call). */
  capture(record: LogRecord): void {
    for (const target of this.targets) target.append(record);
  }

  /**
   * Has a line printed that is none of the log's: no target gets it.
   * @internal
   */
  print(logger: LoggerService, level: LogLevel, message: string, context: string): void {
    this.#forward([logger], level, message, [context]);
  }

  #write(level: LogLevel, message: unknown, params: unknown[]): void {
    if (this.#depth >= MAX_NESTING) {
      for (const target of this.targets) target.reject();
      return;
    }
    this.#depth++;
    try {
      if (params.length === 0 && typeof message === 'string') {
        // The shortest way for the shortest call.
        this.capture({ level, message });
      } else {
        if (isFunction(message) || hasFunction(params)) {
          message = resolveLazy(message);
          params = params.map(resolveOnce);
        }
        this.#captureCall(level, message, params);
      }
      if (this.forwards.length > 0) this.#forward(this.forwards, level, message, params);
    } finally {
      this.#depth--;
    }
  }

  #captureCall(level: LogLevel, message: unknown, params: unknown[]): void {
    let record: LogRecord;
    try {
      record = parseCall(level, message, params);
    } catch (error) {
      record = { level, message: threwText(error) };
    }
    this.capture(record);
  }

  #forward(loggers: readonly LoggerService[], level: LogLevel, message: unknown, params: unknown[]): void {
    const nested = this.forwarding;
    this.forwarding = true;
    try {
      for (const logger of loggers) this.#forwardTo(logger, level, message, params);
    } finally {
      this.forwarding = nested;
    }
  }

  #forwardTo(logger: LoggerService, level: LogLevel, message: unknown, params: unknown[]): void {
    try {
      if (level === 'log' || level === 'warn' || level === 'error') logger[level](message, ...params);
      else logger[level]?.(message, ...params);
    } catch (error) {
      this.#notice(`A forwarded logger threw: ${threwText(error)}`);
    }
  }

  #notice(message: string): void {
    const now = performance.now();
    if (now - this.#lastNotice < NOTICE_EVERY_MS) return;
    this.#lastNotice = now;
    this.capture({ level: 'error', context: 'LogConsole', message });
  }
}

function hasFunction(values: readonly unknown[]): boolean {
  for (const value of values) if (isFunction(value)) return true;
  return false;
}
