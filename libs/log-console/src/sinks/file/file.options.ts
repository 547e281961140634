/** What is kept of a file that was rotated away; whatever is over one of the bounds is deleted, oldest first. */
export interface KeepOptions {
  /** So many rotated files. Default 10. */
  readonly files?: number;
  /** So many bytes, all rotated files together. Default: no bound. */
  readonly bytes?: number;
  /** Those written to in so many days. Default: no bound. */
  readonly days?: number;
}

/** A file the log is written to. */
export interface FileSinkOptions {
  /** Where it is; directories are made (0700). Relative to the working directory. One process writes to it: no other. */
  readonly path: string;
  /** Its name in the counters, `[A-Za-z0-9_.-]{1,64}`. Default `file`. */
  readonly name?: string;
  /** `ndjson`: one entry per line, and the run before can be read after a restart. `text`: as `GET tail` shows it. Default `ndjson`. */
  readonly format?: 'ndjson' | 'text';
  /** It is rotated before it is longer, in bytes. Default 67108864 (64 MiB). */
  readonly maxBytes?: number;
  /** It is rotated at the end of each hour or day (UTC), too. Default: never. */
  readonly every?: 'hour' | 'day';
  /** What is kept of what was rotated. Default: 10 files. */
  readonly keep?: KeepOptions;
  /** Who may read and write it. Default 0o600. */
  readonly mode?: number;
  /** Which levels, spelled as the option `level` is. Default: all. */
  readonly level?: string;
  /** Which contexts: exact names, or prefixes ending in `*`. Default: all. */
  readonly context?: readonly string[];
}
