import { resolve } from 'node:path';
import { parseCursor } from '../../domain/cursor.js';
import { type LogBatch } from '../../domain/log-batch.js';
import {
  PartlyWrittenError,
  type LogSink,
  type PreviousRun,
  type SinkBatching,
  type SinkStats,
} from '../../domain/log-sink.js';
import { checkSinkOptions, oneOf, whole, type Rule } from '../check-options.js';
import { type FileSinkOptions, type KeepOptions } from './file.options.js';
import { CutWriteError, LineFile, reasonOf } from './line-file.js';
import { ndjsonLines, textLines } from './lines.js';
import { readPreviousRun } from './previous-run.js';
import { periodOf, RotatedFiles } from './rotation.js';
import { markLine, type RunMark } from './run-mark.js';

const MAX_BYTES = 64 * 1024 ** 2;
const BATCH_BYTES = 256 * 1024;
const ROTATE_AGAIN_MS = 10_000;

const KEEP: Readonly<Record<keyof KeepOptions, Rule>> = {
  files: whole(0),
  bytes: whole(0),
  days: { accepts: (value) => typeof value === 'number' && value > 0, accepted: 'a number above 0' },
};
const RULES = {
  path: {
    accepts: (value) =>
      typeof value === 'string' && value !== '' && !value.includes('\0') && !/[/\\]$/.test(value),
    accepted: 'the path of a file',
  },
  format: oneOf('ndjson', 'text'),
  maxBytes: whole(4096),
  every: oneOf('hour', 'day'),
  keep: {
    accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    accepted: 'an object with files, bytes, days',
  },
  mode: whole(0o200, 0o777),
} satisfies Partial<Record<keyof FileSinkOptions, Rule>>;

/** Writes the log to a file, which is rotated; errors are in it before the log call returns. */
export function fileSink(options: FileSinkOptions): LogSink {
  checkSinkOptions('fileSink', options, RULES, ['path']);
  if (options.keep) checkSinkOptions('fileSink keep', options.keep, KEEP);
  return new FileSink(options);
}

class FileSink implements LogSink {
  readonly immediate = true;
  readonly name: string;
  readonly level: string | undefined;
  readonly context: readonly string[] | undefined;
  readonly batch: SinkBatching;
  readonly #options: FileSinkOptions;
  readonly #maxBytes: number;
  readonly #file: LineFile;
  readonly #rotated: RotatedFiles;
  #period = 0;
  #rotateAgainAt = 0;
  /** The file that begins with our mark. */
  #marked = 0;
  #run: { readonly epoch: string; readonly instance: string } | undefined;
  #last = 0;

  constructor(options: FileSinkOptions) {
    const { path, name = 'file', level, context, maxBytes = MAX_BYTES, mode = 0o600 } = options;
    this.name = name;
    this.level = level;
    this.context = context;
    this.#options = options;
    this.#maxBytes = maxBytes;
    // No more at once than fits in a file that is rotated in time.
    this.batch = { bytes: Math.min(BATCH_BYTES, Math.ceil(maxBytes / 4)) };
    this.#file = new LineFile(resolve(path), mode);
    this.#rotated = new RotatedFiles(this.#file.path);
  }

  previousRun(): PreviousRun | undefined {
    if (this.#format === 'text') return undefined;
    let older: readonly string[] = [];
    try {
      older = this.#rotated.list();
    } catch {
      // There is no directory yet.
    }
    return readPreviousRun([this.#file.path, ...older]);
  }

  write(batch: LogBatch): void {
    const lines = (this.#format === 'text' ? textLines : ndjsonLines)(batch);
    try {
      this.#prepare(lines.bytes.length, batch);
      this.#file.append(lines.bytes);
    } catch (error) {
      const written = error instanceof CutWriteError ? lines.wholeIn(error.bytes) : 0;
      throw new PartlyWrittenError(written, reasonOf(error), { cause: error });
    }
    this.#last = parseCursor(batch.next)?.id ?? 0;
  }

  close({ dropped }: SinkStats): void {
    try {
      if (!this.#run) return;
      const { epoch, instance } = this.#run;
      this.#mark({ state: 'ended', epoch, last: this.#last, dropped }, instance);
    } finally {
      this.#file.close();
    }
  }

  get #format(): 'ndjson' | 'text' {
    return this.#options.format ?? 'ndjson';
  }

  /** Opens the file, or begins a new one where it is time; says in it whose lines follow. */
  #prepare(bytes: number, { epoch, instance }: LogBatch): void {
    this.#ensureOpen();
    const now = Date.now();
    const isOver =
      this.#file.size + bytes > this.#maxBytes || periodOf(now, this.#options.every) !== this.#period;
    if (this.#file.size > 0 && isOver && now >= this.#rotateAgainAt) {
      this.#rotate(now);
      this.#ensureOpen();
    }
    if (this.#marked === this.#file.opened) return;
    this.#mark({ state: this.#run ? 'continues' : 'started', epoch }, instance);
    this.#run ??= { epoch, instance };
    this.#marked = this.#file.opened;
  }

  #ensureOpen(): void {
    const before = this.#file.opened;
    this.#file.ensureOpen();
    if (this.#file.opened === before) return;
    const { size, modified } = this.#file;
    this.#period = periodOf(size > 0 ? modified : Date.now(), this.#options.every);
    this.#prune();
  }

  #rotate(now: number): void {
    try {
      this.#file.moveTo(this.#rotated.nameFor(new Date(now)));
    } catch {
      // A file that is too long is better than none.
      this.#rotateAgainAt = now + ROTATE_AGAIN_MS;
    }
  }

  #prune(): void {
    try {
      this.#rotated.prune(this.#options.keep ?? {}, Date.now());
    } catch {
      // What cannot be deleted now is looked at again at the next rotation.
    }
  }

  #mark(mark: RunMark, instance: string): void {
    this.#file.append(markLine(mark, instance, this.#format));
  }
}
