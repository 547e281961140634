import { Logger, type LoggerService, type LogLevel } from '@nestjs/common';

/** One call of Nest's Logger as the logger behind it saw it. */
export interface CapturedLine {
  readonly level: LogLevel;
  readonly message: unknown;
  /** Everything after the message, without the context. */
  readonly params: readonly unknown[];
  readonly context: unknown;
}

/** Takes the place of Nest's logger in a spec and remembers every line. */
export class CapturedLog implements LoggerService {
  readonly lines: CapturedLine[] = [];

  verbose = this.#writer('verbose');
  debug = this.#writer('debug');
  log = this.#writer('log');
  warn = this.#writer('warn');
  error = this.#writer('error');
  fatal = this.#writer('fatal');

  /** The messages of one level, in order. */
  messages(level: LogLevel): unknown[] {
    return this.lines.filter((line) => line.level === level).map((line) => line.message);
  }

  #writer(level: LogLevel) {
    return (message: unknown, ...rest: unknown[]): void => {
      this.lines.push({ level, message, params: rest.slice(0, -1), context: rest.at(-1) });
    };
  }
}

/** From here on Nest's Logger writes into the returned log. */
export function captureLog(): CapturedLog {
  const log = new CapturedLog();
  Logger.overrideLogger(log);
  return log;
}
