import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Cursor } from '../../domain/cursor.js';
import { type Gap, type LogBatch } from '../../domain/log-batch.js';
import { type LogEntry } from '../../domain/log-entry.js';
import { type LogSource } from '../../domain/log-source.js';
import { FileSource, type FileSourceOptions } from './file.source.js';

/** A log file in a directory of its own, for the specs. */
export class TempLog {
  readonly directory = mkdtempSync(join(tmpdir(), 'log-console-file-'));
  readonly path = join(this.directory, 'app.log');
  readonly #sources: FileSource[] = [];
  readonly #cleanUps: (() => Promise<void>)[] = [];

  constructor(...lines: string[]) {
    this.append(...lines);
  }

  at(name: string): string {
    return join(this.directory, name);
  }

  append(...lines: string[]): void {
    this.write('app.log', ...lines);
  }

  /** Appends lines to a file of this directory. */
  write(name: string, ...lines: string[]): void {
    appendFileSync(this.at(name), lines.map((line) => `${line}\n`).join(''));
  }

  /** Renames `app.log` as it rotates away, and those before it; a new one with these lines is there. */
  rotate(...lines: string[]): void {
    this.shift();
    if (existsSync(this.path)) renameSync(this.path, this.at('app.log.1'));
    writeFileSync(this.path, '');
    this.append(...lines);
  }

  /** Copies `app.log`, then truncates it. */
  copyTruncate(): void {
    this.shift();
    copyFileSync(this.path, this.at('app.log.1'));
    truncateSync(this.path);
  }

  shift(): void {
    for (let count = 30; count > 0; count--) {
      try {
        renameSync(this.at(`app.log.${count}`), this.at(`app.log.${count + 1}`));
      } catch {
        // there are fewer
      }
    }
  }

  /** As if nothing had been written to a file for a minute. */
  silence(name: string): void {
    utimesSync(this.at(name), new Date(), new Date(Date.now() - 60_000));
  }

  /** The files of this directory that this process has open. */
  get open(): string[] {
    return readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        const path = readlinkSync(`/proc/self/fd/${fd}`);
        return path.startsWith(this.directory) ? [path.slice(this.directory.length + 1)] : [];
      } catch {
        return []; // it was closed since
      }
    });
  }

  /** Resolves when a file is kept open, not only for a read. */
  async isKeptOpen(): Promise<void> {
    for (let looks = 0; looks < 20; looks++) {
      await setTimeout(2);
      if (this.open.length === 0) looks = 0;
    }
  }

  source(options: Partial<FileSourceOptions> = {}): FileSource {
    const source = new FileSource({
      id: 'app',
      path: this.path,
      format: 'plain',
      instance: 'test',
      ...options,
    });
    this.#sources.push(source);
    return source;
  }

  /** Does something before the directory is removed. */
  onRemove(cleanUp: () => Promise<void>): void {
    this.#cleanUps.push(cleanUp);
  }

  async remove(): Promise<void> {
    await Promise.all(this.#cleanUps.map((cleanUp) => cleanUp()));
    for (const source of this.#sources) source.close();
    rmSync(this.directory, { recursive: true });
  }
}

/** What a reader got on its way to the newest. */
export interface Reading {
  readonly batches: readonly LogBatch[];
  readonly entries: readonly LogEntry[];
  readonly messages: readonly string[];
  readonly gaps: readonly Gap[];
  readonly next: Cursor;
}

/** Reads on from a place until up to date; each batch must be of one file. */
export async function readOn(source: LogSource, after: Cursor, limit = 500): Promise<Reading> {
  const batches: LogBatch[] = [];
  for (let cursor = after; batches.length < 10_000;) {
    const batch = await source.read({ after: cursor, limit });
    if (batch.next === cursor) return reading(batches, cursor);
    if (!batch.next.startsWith(`${batch.epoch}-`)) throw new Error(`${batch.next} is not of ${batch.epoch}`);
    batches.push(batch);
    cursor = batch.next;
  }
  throw new Error('A reader was never up to date');
}

/** Reads back from the newest until nothing older is held, as the console does. */
export async function readBack(source: LogSource, limit: number): Promise<Reading> {
  const newest = await source.read({ limit });
  const batches = [newest];
  for (let before = newest.prev; batches.length < 10_000;) {
    const batch = await source.read({ before, limit });
    if (batch.prev === before) return reading(batches.reverse(), newest.next);
    batches.push(batch);
    before = batch.prev;
  }
  throw new Error('A reader never arrived at the oldest entry');
}

function reading(batches: readonly LogBatch[], next: Cursor): Reading {
  const entries = batches.flatMap((batch) => batch.entries);
  const gaps = batches.flatMap(({ gap }) => (gap ? [gap] : []));
  return { batches, entries, messages: entries.map(({ message }) => message), gaps, next };
}
