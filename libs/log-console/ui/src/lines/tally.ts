import type { LogLevel } from '../../../src/domain/log-level.js';
import { sizeOf } from './entry-line.js';
import { type Line } from './line.js';

/** Counts the entries among lines that are added and removed. */
export class Tally {
  readonly counts: Record<LogLevel, number> = { fatal: 0, error: 0, warn: 0, log: 0, debug: 0, verbose: 0 };
  readonly contexts = new Map<string, number>();
  readonly instances = new Map<string, number>();
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
    const { level, context, instance } = line.entry;
    this.counts[level] += by;
    this.entries += by;
    this.chars += by * sizeOf(line.entry);
    change(this.contexts, context, by);
    change(this.instances, instance, by);
  }
}

function change(counts: Map<string, number>, name: string | undefined, by: 1 | -1): void {
  if (name === undefined) return;
  const left = (counts.get(name) ?? 0) + by;
  if (left > 0) counts.set(name, left);
  else counts.delete(name);
}
