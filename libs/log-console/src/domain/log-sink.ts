import { type LogBatch } from './log-batch.js';
import { type LogRecord } from './log-entry.js';

/** How much a destination is handed at once, and how long lines may be gathered for it. */
export interface SinkBatching {
  /** Entries at most. Default 1000. */
  readonly entries?: number;
  /** Bytes of JSON at most; one entry that is longer comes alone. Default 262144 (256 KiB). */
  readonly bytes?: number;
  /** Lines are gathered for so many milliseconds, unless so many come sooner. Default 0; of an `immediate` one 50. */
  readonly delayMs?: number;
}

/**
 * Somewhere the log goes: it is handed every line that its level and context let pass, oldest first, each once.
 *
 * One batch at a time; the next one comes when `write` has resolved. Where it throws, rejects or takes too long, the same
 * lines come again, after a pause that grows to 4 s; meanwhile later ones wait in the live buffer, and those that give way
 * there are counted. Where a part was taken a {@link PartlyWrittenError} says how much: only the rest comes again.
 * The conformance suite (`nestjs-log-console/testing`) says the same in tests.
 */
export interface LogSink {
  /** Its name in the counters: `[A-Za-z0-9_.-]{1,64}`. */
  readonly name: string;
  /** Which levels, spelled as the option `level` is. Default: all. */
  readonly level?: string | undefined;
  /** Which contexts: exact names, or prefixes ending in `*`. Default: all. */
  readonly context?: readonly string[] | undefined;
  /** How much it is handed at once. */
  readonly batch?: SinkBatching | undefined;
  /**
   * `write` is done when it returns. Errors and fatals are then handed to it before the log call returns, all else
   * within 100 ms, and what is left when the process ends.
   */
  readonly immediate?: boolean | undefined;
  /** Takes the lines; the signal aborts when it takes too long. */
  write(batch: LogBatch, signal: AbortSignal): void | Promise<void>;
  /** Called once, after the last line, with the final counters. */
  close?(stats: SinkStats): void | Promise<void>;
  /** Tries it out, by a message without a line; an operator asked for it. */
  test?(): Promise<SinkTest>;
  /** What it holds of the run of this application before this one; asked once, before the first line. */
  previousRun?(): PreviousRun | undefined;
}

/** What became of a test message. */
export interface SinkTest {
  /** Whether it was taken. */
  readonly ok: boolean;
  /** The status of the answer, of one that is asked by HTTP; absent where there was none. */
  readonly status?: number;
  /** Why it was not taken. */
  readonly error?: string;
}

/** The counters of a destination. At every moment, accepted = written + filtered + dropped + behind. */
export interface SinkStats {
  /** `failing`: it did not take lines, and is tried again. */
  readonly state: 'up' | 'failing' | 'closed';
  /** Since when it is so, RFC 3339. */
  readonly since: string;
  /** Lines it took. */
  readonly written: number;
  /** Lines its level or context kept away. */
  readonly filtered: number;
  /** Lines that gave way in the live buffer, or were cleared, before they were looked at; and those left when it was closed. */
  readonly dropped: number;
  /** Lines it still has to be handed. */
  readonly behind: number;
  /** Why it does not take lines; only while it is failing. */
  readonly error?: string;
  /** Only where it can be tried out. */
  readonly testable?: true;
}

/** How the run before this one ended, and its last lines. */
export interface PreviousRun {
  /** Its epoch; another name where it is not known. */
  readonly epoch: string;
  /** Its last entries, oldest first: as they were written. */
  readonly lines: readonly string[];
  /** Whether it was closed; false: it was killed, or crashed. */
  readonly isClean: boolean;
  /** The last id it gave, where it said so. */
  readonly lastId?: number | undefined;
  /** Lines that cannot be read: the last one, cut by the end of the process, and what is no entry. */
  readonly torn: number;
}

/** Some lines of a batch were taken, and then something failed. */
export class PartlyWrittenError extends Error {
  /** Says what it is, where classes are not shared. */
  override readonly name = 'PartlyWrittenError';

  /** @param written how many entries of the batch, from its first one, were taken */
  constructor(
    readonly written: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Takes what the module has to say about itself. */
export type Notify = (record: LogRecord) => void;
