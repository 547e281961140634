import { randomInt } from 'node:crypto';
import { type Observable } from 'rxjs';
import { formatCursor, parseCursor, type Cursor } from '../../domain/cursor.js';
import { threwText } from '../../domain/error-text.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { type ContextLinks } from '../../domain/log-context.js';
import { type LogEntry, type LogRecord, type Truncated } from '../../domain/log-entry.js';
import { LOG_LEVELS, levelIndex, type LogLevel } from '../../domain/log-level.js';
import {
  UnknownCursorError,
  type Cleared,
  type ClearRequest,
  type Counts,
  type LogStore,
  type ReadRequest,
  type SourceEvent,
  type StoreStats,
  type Wait,
} from '../../domain/log-source.js';
import { oneLine } from '../../domain/one-line.js';
import { jsonOfSnapshot, type Snapshot } from '../../domain/snapshot.js';
import { redactText } from '../../domain/redact-text.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { cutToBytes, utf8Length } from '../../domain/utf8.js';
import { EncodedBlocks } from './encoded-blocks.js';
import { EntriesObservable } from './entries-observable.js';
import { entryJson } from './entry-json.js';
import { fitRecord, type FittedRecord } from './fit-record.js';
import { Lock } from './lock.js';
import { MemoryReader } from './memory-reader.js';
import { RingBuffer, type Links } from './ring-buffer.js';
import { Waiters } from './waiters.js';

/** Bounds and name of a memory store. */
export interface MemoryStoreOptions {
  /** Entries held at most. Default 10,000. */
  readonly capacity?: number | undefined;
  /** Text held at most, in bytes (one per UTF-16 code unit). Default 16 MiB. */
  readonly maxBytes?: number | undefined;
  /** Text of one entry at most, in UTF-8 bytes; more is cut and says so. Default 256 KiB. */
  readonly entryBytes?: number | undefined;
  /** Name of this process. Default `app`. */
  readonly instance?: string | undefined;
  /** Masks secrets in what is appended, before anything of it is held. Default: nobody. */
  readonly redactor?: TextRedactor | undefined;
}

/** Data being serialised may log (a getter); what is logged while that is serialised is refused. */
const MAX_NESTING = 2;
const NOTICE_EVERY_MS = 10_000;
/** Bytes of a context at most: it is a name. */
const MAX_CONTEXT = 1024;
/** What a record of an unknown level is taken for. */
const LOG = levelIndex('log');

/**
 * The locked ring: a bounded buffer in memory that is a {@link LogStore}. Append, read and clear exclude one another,
 * ids are dense and only go up, and entries reach every observer in id order, also when an observer logs or clears.
 */
export class MemoryStore implements LogStore {
  /** Its name in cursors: another one after a restart. */
  readonly epoch: string;
  /** Name of this process, in its entries and batches. */
  readonly instance: string;
  readonly #instanceJson: string;
  readonly #ring: RingBuffer;
  readonly #reader: MemoryReader;
  readonly #lock = new Lock();
  readonly #waiters = new Waiters();
  readonly #entries = new EntriesObservable((error) =>
    this.#report('An observer of entries$ threw and was unsubscribed', error),
  );
  readonly #listeners = new Set<(event: SourceEvent) => void>();
  readonly #entryBytes: number;
  /** Masks secrets in what is appended. */
  readonly redactor: TextRedactor | undefined;
  readonly #since = new Date().toISOString();
  #nesting = 0;
  #rejected = 0;
  #cleared = 0;
  readonly #reported = new Map<string, number>();

  constructor({
    capacity = 10_000,
    maxBytes = 16 * 1024 * 1024,
    entryBytes = 256 * 1024,
    instance = 'app',
    redactor,
  }: MemoryStoreOptions = {}) {
    this.redactor = redactor;
    // From the clock, so that ids go up across restarts too.
    const first = Date.now() * 1000 + randomInt(1000);
    this.epoch = first.toString(36);
    this.instance = instance;
    this.#instanceJson = JSON.stringify(instance);
    this.#entryBytes = entryBytes;
    this.#ring = new RingBuffer(first, capacity, maxBytes);
    const blocks = new EncodedBlocks(first, (id) => entryJson(this.#ring, id, this.#instanceJson));
    this.#reader = new MemoryReader(this.#ring, blocks, { epoch: this.epoch, instance });
  }

  /** Every entry as it is accepted, in id order. */
  get entries$(): Observable<LogEntry> {
    return this.#entries;
  }

  /**
   * Takes a record: at once, whatever it is; never throws.
   * @param shared what the lines of its context carry; what the record says itself comes first
   * @param also takes the same record, made ready once for both; it holds its own bounds, ids and readers
   */
  append(record: LogRecord, shared?: ContextLinks, also?: MemoryStore): void {
    if (this.#nesting >= MAX_NESTING) {
      this.#rejected++;
      return;
    }
    const time = record.time === undefined ? Date.now() : timeOf(record.time);
    if (this.redactor) record = this.#redacted(record, this.redactor);
    let { message, stack } = record;
    let data: string | Snapshot | undefined;
    let dataSize = 0;
    let links = linksOf(record, shared);
    if (record.data !== undefined || message.length + (stack?.length ?? 0) > this.#entryBytes / 3) {
      const fitted = this.#fit(record);
      ({ message, stack, data, dataSize } = fitted);
      if (fitted.truncated) links = { ...links, truncated: fitted.truncated };
      if (message === '' && data !== undefined) {
        data = typeof data === 'object' ? jsonOfSnapshot(data) : data;
        message = oneLine(data);
      }
    }
    let { context } = record;
    if (context !== undefined && context.length > MAX_CONTEXT) context = cutToBytes(context, MAX_CONTEXT);
    const known = levelIndex(record.level);
    const level = known < 0 ? LOG : known;
    if (this.#lock.acquire()) {
      try {
        this.#take(level, time, message, context, stack, data, dataSize, links, also);
      } finally {
        this.#lock.release();
      }
    } else if (
      !this.#lock.later(() => this.#take(level, time, message, context, stack, data, dataSize, links, also))
    ) {
      this.#rejected++;
    }
  }

  read(request: ReadRequest): LogBatch {
    return this.#reader.read(request);
  }

  waitAfter(cursor: Cursor, wait: Wait): Promise<void> {
    const place = parseCursor(cursor);
    const upToDate = place?.id === this.#ring.newest && (place.epoch ?? this.epoch) === this.epoch;
    return upToDate ? this.#waiters.wait(wait) : Promise.resolve();
  }

  onEvent(listener: (event: SourceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(request: ClearRequest = {}): Cleared | Promise<Cleared> {
    if (this.#lock.acquire()) {
      try {
        return this.#clear(request);
      } finally {
        this.#lock.release();
      }
    }
    const clearing = new Promise<Cleared>((resolve, reject) => {
      const apply = (): void => {
        try {
          resolve(this.#clear(request));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (!this.#lock.later(apply))
        reject(
          new Error(
            'The log cannot be cleared from within a change of the log that came from within another.',
          ),
        );
    });
    // An observer that clears and does not look at the answer must not end the process.
    clearing.catch(() => undefined);
    return clearing;
  }

  stats(): StoreStats {
    const ring = this.#ring;
    return {
      epoch: this.epoch,
      oldest: formatCursor(this.epoch, ring.oldest - 1),
      newest: formatCursor(this.epoch, ring.newest),
      held: { entries: ring.size, bytes: ring.bytes, byLevel: byLevel(ring.heldByLevel) },
      capacity: { entries: ring.capacity, bytes: ring.maxBytes },
      accepted: this.accepted,
      evicted: ring.evicted,
      cleared: this.#cleared,
      rejected: this.#rejected,
      store: { kind: 'memory', state: 'up', since: this.#since },
    };
  }

  /** The text held, in the unit of `maxBytes`. */
  get bytes(): number {
    return this.#ring.bytes;
  }

  /** How many entries of each level, lowest first, are held from one id to another. */
  levelsBetween(from: number, to: number): number[] {
    const counts = LOG_LEVELS.map(() => 0);
    for (let id = from; id <= to; id++) counts[this.#ring.levels[this.#ring.slot(id)]]++;
    return counts;
  }

  /** How many lines it took. */
  get accepted(): Counts {
    const { newest, first, acceptedByLevel } = this.#ring;
    return { total: newest - first + 1, byLevel: byLevel(acceptedByLevel) };
  }

  /** Lets the oldest entries go until at most so many bytes are held; the newest entry stays. */
  evictTo(bytes: number): void {
    this.#ring.evictTo(bytes);
  }

  /** Completes `entries$` and wakes all who wait. */
  close(): void {
    this.#entries.complete();
    this.#waiters.wake();
  }

  /** Whatever is thrown (a stack that overflows), the next record finds the counter as it was. */
  #fit(record: LogRecord): FittedRecord {
    this.#nesting++;
    try {
      return fitRecord(record, this.#entryBytes, this.redactor);
    } finally {
      this.#nesting--;
    }
  }

  /** Runs with the lock held. An observer of this one finds the entry in the other, too. */
  #take(
    level: number,
    time: number,
    message: string,
    context: string | undefined,
    stack: string | undefined,
    data: string | Snapshot | undefined,
    dataSize: number,
    links: Links | undefined,
    also: MemoryStore | undefined,
  ): void {
    this.#ring.push(level, time, message, context, stack, data, dataSize, links);
    if (also !== undefined)
      also.#take(level, time, message, context, stack, data, dataSize, links, undefined);
    this.#announce();
  }

  #announce(): void {
    if (this.#entries.observed)
      this.#entries.emit(
        JSON.parse(entryJson(this.#ring, this.#ring.newest, this.#instanceJson)) as LogEntry,
      );
    if (this.#waiters.size > 0) this.#waiters.wake();
  }

  /** The record with its texts masked; the same record when there is nothing to mask, which is nearly always. */
  #redacted(record: LogRecord, redactor: TextRedactor): LogRecord {
    const { context } = record;
    const message = redactText(redactor, record.message, this.#entryBytes);
    const stack =
      record.stack === undefined ? undefined : redactText(redactor, record.stack, this.#entryBytes);
    const named = context === undefined ? undefined : redactor.text(context);
    if (message.text === record.message && stack?.text === record.stack && named === context) return record;
    const dropped = message.dropped + (stack?.dropped ?? 0);
    return {
      ...record,
      message: message.text,
      ...(stack === undefined ? {} : { stack: stack.text }),
      ...(named === undefined ? {} : { context: named }),
      ...(dropped === 0
        ? {}
        : { truncated: cutAlready(record.truncated, message.text + (stack?.text ?? ''), dropped) }),
    };
  }

  /** Runs with the lock held. */
  #clear({ upTo, by }: ClearRequest): Cleared {
    const ring = this.#ring;
    const id = upTo === undefined ? ring.newest : this.#knownId(upTo);
    const cleared = ring.clear(id);
    const place = formatCursor(this.epoch, id);
    if (cleared === 0) return { cleared, upTo: place };
    this.#cleared += cleared;
    this.#reader.clearedUpTo = id;
    const who = by ?? 'The application';
    ring.push(
      levelIndex('warn'),
      Date.now(),
      `${who} cleared ${cleared} ${cleared === 1 ? 'entry' : 'entries'}`,
      'LogConsole',
      undefined,
      undefined,
      0,
      undefined,
    );
    this.#announce();
    const event: SourceEvent = {
      event: 'cleared',
      data: { upTo: place, ...(by === undefined ? {} : { by }), at: new Date().toISOString() },
    };
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#report('A listener of the event cleared threw', error);
      }
    }
    return { cleared, upTo: place };
  }

  #knownId(cursor: Cursor): number {
    const place = parseCursor(cursor);
    const known =
      place &&
      (place.epoch ?? this.epoch) === this.epoch &&
      place.id >= this.#ring.first - 1 &&
      place.id <= this.#ring.newest;
    if (known) return place.id;
    throw new UnknownCursorError(
      'upTo is a cursor of another epoch, or beyond the newest entry; nothing was cleared.',
    );
  }

  #report(what: string, error: unknown): void {
    const now = performance.now();
    if (now - (this.#reported.get(what) ?? -Infinity) < NOTICE_EVERY_MS) return;
    this.#reported.set(what, now);
    const notice: LogRecord = {
      level: 'error',
      context: 'LogConsole',
      message: `${what}: ${threwText(error)}`,
    };
    // Where a chain of entries from within entries ends, the notice would be refused too.
    if (this.#lock.refuses) queueMicrotask(() => this.append(notice));
    else this.append(notice);
  }
}

/** The shared ones as they are, for nearly every record has none of its own. */
function linksOf(record: LogRecord, shared: ContextLinks | undefined): Links | undefined {
  const { requestId, traceId, spanId, operation, instance, truncated, continues } = record;
  if ((requestId ?? traceId ?? spanId ?? operation ?? instance ?? truncated ?? continues) === undefined)
    return shared;
  const links = { requestId, traceId, spanId, operation, instance, truncated, continues };
  const given = Object.entries(links).filter(([, value]) => value !== undefined);
  return { ...shared, ...Object.fromEntries(given) };
}

/** What was left out before the texts are cut to the limit. */
function cutAlready(before: Truncated | undefined, text: string, dropped: number): Truncated {
  const kept = utf8Length(text);
  return { bytes: kept + dropped + (before ? before.bytes - before.kept : 0), kept };
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  return Number.isNaN(time) ? Date.now() : time;
}

function byLevel(counts: Float64Array): Record<LogLevel, number> {
  return Object.fromEntries(LOG_LEVELS.map((level, index) => [level, counts[index]])) as Record<
    LogLevel,
    number
  >;
}
