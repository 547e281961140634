import { fail } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Cursor } from '../domain/cursor.js';
import { type Gap, type LogBatch } from '../domain/log-batch.js';
import { type LogEntry, type LogRecord } from '../domain/log-entry.js';
import { LOG_LEVELS } from '../domain/log-level.js';
import { type LogSource, type LogStore, type ReadRequest } from '../domain/log-source.js';
import { type SourceHarness } from './harness.js';
import { within } from './within.js';

/** No test reads more often in a row: more means that the source never lets its reader be up to date. */
const MAX_READS = 20_000;
const MAX_WRITTEN = 20_000;

/** The cursor that reads from the oldest held. */
export const FROM_OLDEST = '0' as Cursor;

/** What a reader got on its way to the newest. */
export interface Reading {
  readonly batches: readonly LogBatch[];
  readonly entries: readonly LogEntry[];
  readonly messages: readonly string[];
  readonly gaps: readonly Gap[];
  /** Entries missed, by all gaps together. */
  readonly missed: number;
  readonly next: Cursor;
}

/** A source under test: writes what can be told apart, and reads as readers do. */
export class Probe {
  /** The messages of all that was written with {@link log}, in order. */
  readonly written: string[] = [];
  readonly #harness: SourceHarness;

  constructor(
    harness: SourceHarness,
    readonly capacity: number,
  ) {
    this.#harness = harness;
  }

  get source(): LogSource {
    return this.#harness.source;
  }

  /** Writes entries that say which they are: "entry 7 odd". */
  async log(count: number): Promise<void> {
    const records = Array.from({ length: count }, (): LogRecord => {
      const number = this.written.length + 1;
      const message = `entry ${number} ${number % 2 === 0 ? 'even' : 'odd'}`;
      this.written.push(message);
      return { level: LOG_LEVELS[number % LOG_LEVELS.length] ?? 'log', message, context: 'Conformance' };
    });
    await this.write(records);
  }

  /** Writes records, and waits until the last one, whose message is its own, can be read. */
  async write(records: readonly LogRecord[]): Promise<void> {
    const before = await this.newest();
    await this.#harness.write(records);
    const last = records.at(-1)?.message;
    await this.until('the entries written to be read', async () => {
      const { next, entries } = await this.read({ limit: 1 });
      return next !== before && entries.at(-1)?.message === last;
    });
  }

  /** Writes without waiting for anything. */
  async send(records: readonly LogRecord[]): Promise<void> {
    await this.#harness.write(records);
  }

  async read(request: ReadRequest): Promise<LogBatch> {
    return this.source.read(request);
  }

  /** The place from which what comes is read. */
  async newest(): Promise<Cursor> {
    return (await this.read({ limit: 0 })).next;
  }

  /** Reads on from a place until up to date. */
  async readOn(after: Cursor, request: Omit<ReadRequest, 'after' | 'before'>): Promise<Reading> {
    const batches: LogBatch[] = [];
    for (let cursor = after; batches.length < MAX_READS;) {
      const batch = await this.read({ ...request, after: cursor });
      if (batch.next === cursor) return reading(batches, batch.next);
      batches.push(batch);
      cursor = batch.next;
    }
    return fail(`A reader was not up to date after ${MAX_READS} reads`);
  }

  /** Reads back from a place until nothing older is held. */
  async readBack(before: Cursor, request: Omit<ReadRequest, 'after' | 'before'>): Promise<Reading> {
    const batches: LogBatch[] = [];
    for (let cursor = before; batches.length < MAX_READS;) {
      const batch = await this.read({ ...request, before: cursor });
      if (batch.prev === cursor) return reading(batches.reverse(), before);
      batches.push(batch);
      cursor = batch.prev;
    }
    return fail(`A reader did not arrive at the oldest entry in ${MAX_READS} reads`);
  }

  /** Writes until a reader at this place has lost something. */
  async overtake(place: Cursor): Promise<void> {
    for (let written = 0; written < MAX_WRITTEN; written += this.capacity) {
      await this.log(this.capacity);
      const { gap } = await this.read({ after: place, limit: 0 });
      if (gap) return;
    }
    fail(`Asked for a capacity of ${this.capacity}, all of ${MAX_WRITTEN} entries are held`);
  }

  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    let over = false;
    const trying = async (): Promise<void> => {
      while (!over && !(await holds())) await setImmediate();
    };
    await within(what, trying()).finally(() => (over = true));
  }

  /** From here on nothing is written. */
  async finish(): Promise<void> {
    if (!this.#harness.finish) fail('The harness of a source that finishes has a method finish');
    await this.#harness.finish();
  }

  async close(): Promise<void> {
    await this.#harness.close?.();
  }
}

/** A store under test. */
export class StoreProbe extends Probe {
  constructor(
    readonly store: LogStore,
    capacity: number,
    close: () => void | Promise<void>,
  ) {
    const write = (records: readonly LogRecord[]): void => records.forEach((record) => store.append(record));
    super({ source: store, write, close }, capacity);
  }
}

export function messagesOf({ entries }: { readonly entries: readonly LogEntry[] }): string[] {
  return entries.map(({ message }) => message);
}

function reading(batches: readonly LogBatch[], next: Cursor): Reading {
  const entries = batches.flatMap((batch) => batch.entries);
  const gaps = batches.flatMap(({ gap }) => (gap ? [gap] : []));
  const missed = gaps.reduce((sum, gap) => sum + (gap.missed ?? NaN), 0);
  return { batches, entries, messages: messagesOf({ entries }), gaps, missed, next };
}
