import { type FormatName } from './formats/index.js';

/** What holds for one file and for all files of a directory. */
export interface LineOptions {
  /** How lines are understood: `nest`, `json` (Nest, pino, winston), `access`, `nginx-error`, `syslog`, `plain`. Default `auto`: each line tells. */
  readonly format?: FormatName;
  /** UTF-8 bytes kept of one line; the rest is counted and skipped. Default 32768 (32 KiB). */
  readonly maxLineBytes?: number;
}

/** One log file that can be read in the console. */
export interface FileOptions extends LineOptions {
  /** Its name in addresses, `[A-Za-z0-9._-]{1,64}`. */
  readonly id: string;
  /** Where it is; may be a symbolic link, and need not exist yet. Relative to the working directory. */
  readonly path: string;
  /** Its name for people. Default: the last part of the path. */
  readonly name?: string;
}

/** The log files of a directory and of those below it; new ones appear by themselves. */
export interface DirectoryOptions extends LineOptions {
  /** What the ids of its files begin with, `[A-Za-z0-9._-]{1,64}`. */
  readonly id: string;
  /** Where it is. Relative to the working directory. Files, links too, that lie elsewhere are never read. */
  readonly directory: string;
  /**
   * Which files, by their path below the directory: `*` any part of a name, `?` one character, `**` any directories.
   * Hidden names are never among them. Default: every `*.log`, however deep.
   */
  readonly match?: string;
  /** What the names of its files begin with, for people. Default: the id. */
  readonly name?: string;
}
