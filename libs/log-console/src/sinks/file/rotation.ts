import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { type FileSinkOptions, type KeepOptions } from './file.options.js';

const DAY_MS = 86_400_000;
const PERIOD_MS = { hour: 3_600_000, day: DAY_MS };
const KEEP_FILES = 10;
const natural = new Intl.Collator('en', { numeric: true });

/** The hour or day a time lies in, as a number; all times are alike where there is no rotation by time. */
export function periodOf(time: number, every: FileSinkOptions['every']): number {
  return every === undefined ? 0 : Math.floor(time / PERIOD_MS[every]);
}

/** What files are called that once had this name: `app-2026-11-20T081542.1.log`. Nothing that was logged is in it. */
export class RotatedFiles {
  readonly #directory: string;
  readonly #stem: string;
  readonly #extension: string;
  readonly #name: RegExp;

  constructor(path: string) {
    this.#directory = dirname(path);
    this.#extension = extname(path);
    this.#stem = basename(path, this.#extension);
    const [stem, extension] = [this.#stem, this.#extension].map((part) =>
      part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    ) as [string, string];
    this.#name = new RegExp(String.raw`^${stem}-\d{4}-\d\d-\d\dT\d{6}\.\d+${extension}$`);
  }

  /** A name nobody has. */
  nameFor(time: Date): string {
    const stamp = time.toISOString().slice(0, 19).replaceAll(':', '');
    for (let count = 1; ; count++) {
      const path = join(this.#directory, `${this.#stem}-${stamp}.${count}${this.#extension}`);
      if (!existsSync(path)) return path;
    }
  }

  /** Those that are there, newest first. */
  list(): string[] {
    const names = readdirSync(this.#directory).filter((name) => this.#name.test(name));
    return names.sort((a, b) => natural.compare(b, a)).map((name) => join(this.#directory, name));
  }

  /** Deletes what is not kept. */
  prune({ files = KEEP_FILES, bytes = Infinity, days = Infinity }: KeepOptions, now: number): void {
    let total = 0;
    for (const [index, path] of this.list().entries()) {
      const stat = lstatSync(path);
      total += stat.size;
      const isOver = index >= files || total > bytes || now - stat.mtimeMs > days * DAY_MS;
      if (isOver && stat.isFile()) rmSync(path, { force: true });
    }
  }
}
