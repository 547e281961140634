import type { LogLevel } from '@nestjs/common';

/** One line to log, with all that Nest's Logger takes beside the message. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly context?: string;
  readonly data?: Record<string, unknown>;
  /** Attach a real Error with a stack; a text is its message. */
  readonly error?: boolean | string;
}
