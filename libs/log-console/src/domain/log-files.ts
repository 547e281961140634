import { type LogSource } from './log-source.js';

/** A log file that can be read. */
export interface LogFile {
  /** Its name in addresses: `[A-Za-z0-9._~-]{1,200}`, the same on every instance. */
  readonly id: string;
  /** Its name for people. */
  readonly name: string;
  /** Bytes; 0 while it cannot be read. */
  readonly size: number;
  /** When it was last written to, RFC 3339; absent while it cannot be read. */
  readonly modified?: string;
  /** Whether it can be read: it is there, it is not, or something stands against it. */
  readonly state: 'ok' | 'missing' | 'unavailable';
  /** Why it cannot be read, in words without a path. */
  readonly reason?: string;
  /** How fast it grows: lines per second, as far as somebody follows it. */
  readonly linesPerSecond: number;
  /** The process that sees it so. */
  readonly instance: string;
}

/** The log files that can be read, by their ids: nothing else of the disk can be asked for. */
export interface LogFiles {
  /** All of them as they are now. */
  list(): Promise<LogFile[]>;
  /** The source of an id; undefined for an id nobody knows. */
  find(id: string): Promise<LogSource | undefined>;
}

/** The injection token of {@link LogFiles}. */
export const LogFiles = Symbol('LogFiles');
