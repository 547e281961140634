import { Logger, type LoggerService } from '@nestjs/common';

/** Takes the place of a logger that prints, and keeps what it was given. */
export class PrintingLogger implements LoggerService {
  /** Each call: the method, then its arguments. */
  readonly calls: unknown[][] = [];

  verbose = this.#keep('verbose');
  debug = this.#keep('debug');
  log = this.#keep('log');
  warn = this.#keep('warn');
  error = this.#keep('error');
  fatal = this.#keep('fatal');

  /** The first argument of each call. */
  get messages(): unknown[] {
    return this.calls.map(([, message]) => message);
  }

  #keep(level: string) {
    return (...args: unknown[]): void => void this.calls.push([level, ...args]);
  }
}

/** The logger behind Nest's Logger at this moment. */
export class CurrentLogger extends Logger {
  static get(): LoggerService | undefined {
    return this.staticInstanceRef;
  }
}

/** Makes a logger that prints nothing the one that is there, before any console; returns it. */
export function startWith<T extends LoggerService>(logger: T): T {
  Logger.overrideLogger(logger);
  return logger;
}
