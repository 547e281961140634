import type { LogLevel } from '../../../src/domain/log-level.js';
import { sizeOf } from './entry-line.js';
import { type Line } from './line.js';

/** Counts the entries among lines that are added and removed. */
export class Tally {
  readonly counts: Record<LogLevel, number> = { fatal: 0, error: 0, warn: 0, log: 0, debug: 0, verbose: 0 };
  readonly contexts = new Map<string, number>();
  /** Of all levels. */
  entries = 0;
  /** Characters of message, stack and data. */
  chars = 0;

  add(line: Line): void {
    this.#count(line, 1);
  }

  remove(line: Line): void {
    this.#count(line, -1);
  }

  #count(line: Line, by: 1 | -1): void {
    if (line.kind !== 'entry') return;
    const { level, context } = line.entry;
    this.counts[level] += by;
    this.entries += by;
    this.chars += by * sizeOf(line.entry);
    if (context === undefined) return;
    const left = (this.contexts.get(context) ?? 0) + by;
    if (left > 0) this.contexts.set(context, left);
    else this.contexts.delete(context);
  }
}
