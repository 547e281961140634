import type { LogEntry } from '../../../src/domain/log-entry.js';
import { type Batch } from '../reading/wire.js';
import { cursorOf } from './place.js';

/** When the sample entries begin; each is a second after the one before it. */
export const T0 = Date.parse('2026-11-20T10:00:00Z');

/** An entry for a test. */
export function sampleEntry(id: number, more: Partial<LogEntry> = {}): LogEntry {
  const time = new Date(T0 + id * 1000).toISOString();
  return { id, time, level: 'log', context: 'OrdersService', message: `line ${id}`, ...more };
}

/** Entries with these ids, the last one included. */
export function sampleEntries(from: number, to: number, more: Partial<LogEntry> = {}): LogEntry[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => sampleEntry(from + index, more));
}

/** A batch as the server would answer it after `from - 1`. */
export function sampleBatch(entries: readonly LogEntry[], more: Partial<Batch> = {}): Batch {
  const epoch = more.epoch ?? 'e1';
  const ids = entries.map(({ id }) => id);
  return {
    epoch,
    instance: 'web-1',
    entries,
    next: cursorOf({ epoch, id: ids.at(-1) ?? more.gap?.to ?? 0 }),
    prev: cursorOf({ epoch, id: ids[0] ?? 0 }),
    more: false,
    ...more,
  };
}
