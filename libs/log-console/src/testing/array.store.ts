import { formatCursor, parseCursor, type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogEntry, type LogRecord } from '../domain/log-entry.js';
import { compileFilter } from '../domain/log-filter.js';
import { LOG_LEVELS, levelIndex } from '../domain/log-level.js';
import {
  UnknownCursorError,
  type Cleared,
  type ClearRequest,
  type LogStore,
  type ReadRequest,
  type SourceEvent,
  type StoreStats,
  type Wait,
} from '../domain/log-source.js';
import { oneLine } from '../domain/one-line.js';
import { toJsonText } from '../domain/to-json-text.js';
import { type SourceOptions } from './harness.js';

/** A store that is an array, and answers later: the shortest right one. The specs of the suites make their wrong ones of it. */
export class ArrayStore implements LogStore {
  readonly epoch = 'array';
  readonly first = 1000;
  readonly listeners = new Set<(event: SourceEvent) => void>();
  entries: LogEntry[] = [];
  newest = this.first - 1;
  clearedUpTo = 0;
  cleared = 0;
  evicted = 0;
  accepted: LogRecord[] = [];
  waiting = new Set<() => void>();
  finished = false;

  constructor(readonly options: SourceOptions = { capacity: 1000 }) {}

  get oldest(): number {
    return this.entries[0]?.id ?? this.newest + 1;
  }

  append(record: LogRecord): void {
    const { data, ...rest } = record;
    const json = data === undefined ? undefined : toJsonText(data, Infinity).json;
    const message = record.message === '' && json !== undefined ? oneLine(json) : record.message;
    const kept = { ...rest, message, ...(json === undefined ? {} : { data: JSON.parse(json) as unknown }) };
    const { time = new Date().toISOString(), instance = this.options.instance ?? 'array' } = record;
    this.entries.push({ ...kept, id: ++this.newest, time, instance });
    this.accepted.push(record);
    if (this.entries.length > this.options.capacity) {
      this.entries.shift();
      this.evicted++;
    }
    for (const wake of this.waiting) wake();
  }

  async read(request: ReadRequest): Promise<LogBatch> {
    await Promise.resolve();
    const { after, before, limit } = request;
    if (before !== undefined) return this.readBefore(before, request);
    if (after === undefined) return this.readDown(this.newest, limit, request);
    const place = this.placeOf(after);
    const gap = this.gapAfter(after, place);
    const from = gap || place === undefined ? this.oldest : place + 1;
    const chosen: LogEntry[] = [];
    let reached = from - 1;
    let bytes = 0;
    for (const entry of this.entries.filter(({ id }) => id >= from)) {
      if (chosen.length >= limit) break;
      if (this.matches(entry, request)) {
        bytes += Buffer.byteLength(JSON.stringify(entry)) + 1;
        if (chosen.length > 0 && bytes > (request.maxBytes ?? Infinity)) break;
        chosen.push(entry);
      }
      reached = entry.id;
    }
    return { ...this.batch(chosen, reached, from), more: reached < this.newest, ...(gap ? { gap } : {}) };
  }

  readBefore(before: Cursor, request: ReadRequest): LogBatch {
    const place = parseCursor(before);
    const known = place && (place.epoch ?? this.epoch) === this.epoch;
    if (!known || place.id < this.first || place.id > this.newest + 1)
      return { ...this.batch([], this.newest, 0), prev: before, gap: { reason: 'restarted', missed: null } };
    const batch = this.readDown(place.id - 1, request.limit, request);
    return { ...batch, more: (parseCursor(batch.prev)?.id ?? 0) > this.oldest };
  }

  readDown(from: number, limit: number, request: ReadRequest): LogBatch {
    const older = this.entries.filter((entry) => entry.id <= from);
    const chosen = limit === 0 ? [] : older.filter((entry) => this.matches(entry, request)).slice(-limit);
    const all = limit === 0 || older.length === 0 ? from + 1 : this.oldest;
    return this.batch(chosen, from, chosen.length === limit ? (chosen[0]?.id ?? from + 1) : all);
  }

  matches(entry: LogEntry, { filter }: ReadRequest): boolean {
    const { context, message, stack, data, requestId, operation, instance } = entry;
    const level = levelIndex(entry.level);
    const time = Date.parse(entry.time ?? '');
    const texts = { context, message, stack, data: JSON.stringify(data) as string | undefined };
    return compileFilter(filter)?.({ level, time, ...texts, requestId, operation, instance }) ?? true;
  }

  cursor(id: number): Cursor {
    return formatCursor(this.epoch, id);
  }

  /** The id a cursor of this store names. */
  placeOf(cursor: Cursor): number | undefined {
    const place = parseCursor(cursor);
    const lowest = place?.epoch === undefined ? this.first : this.first - 1;
    const known = place && (place.epoch ?? this.epoch) === this.epoch;
    return known && place.id >= lowest && place.id <= this.newest ? place.id : undefined;
  }

  gapAfter(after: Cursor, place: number | undefined): LogBatch['gap'] {
    if (after === '0') return undefined;
    if (place === undefined) return { reason: 'restarted', missed: null };
    const [from, to] = [place + 1, this.oldest - 1];
    if (from > to) return undefined;
    return { reason: from <= this.clearedUpTo ? 'cleared' : 'evicted', from, to, missed: to - from + 1 };
  }

  batch(entries: readonly LogEntry[], next: number, prev: number): LogBatch {
    const { epoch, options } = this;
    const cursors = { next: formatCursor(epoch, next), prev: formatCursor(epoch, prev) };
    return {
      epoch,
      instance: options.instance ?? 'array',
      entries,
      size: entries.length,
      ...cursors,
      more: false,
    };
  }

  isFinished(): boolean {
    return this.finished;
  }

  /** Nothing more comes. */
  finish(): void {
    this.finished = true;
    for (const wake of this.waiting) wake();
  }

  async waitAfter(cursor: Cursor, { signal, timeoutMs }: Wait): Promise<void> {
    if (this.finished || signal?.aborted || this.placeOf(cursor) !== this.newest) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      signal?.addEventListener('abort', wake);
      this.waiting.add(wake);
    });
  }

  onEvent(listener: (event: SourceEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async clear({ upTo, by }: ClearRequest = {}): Promise<Cleared> {
    const id = upTo === undefined ? this.newest : this.placeOf(upTo);
    if (id === undefined) throw new UnknownCursorError('unknown');
    const place = formatCursor(this.epoch, id);
    const cleared = this.entries.filter((entry) => entry.id <= id).length;
    if (cleared === 0) return { cleared, upTo: place };
    this.entries = this.entries.slice(cleared);
    this.clearedUpTo = id;
    this.cleared += cleared;
    const message = `${by ?? 'The application'} cleared ${cleared} entries`;
    this.append({ level: 'warn', context: 'LogConsole', message });
    const data = { upTo: place, ...(by === undefined ? {} : { by }), at: new Date().toISOString() };
    for (const listener of this.listeners) listener({ event: 'cleared', data });
    return { cleared, upTo: place };
  }

  stats(): StoreStats {
    const { epoch, evicted, cleared, options } = this;
    const [oldest, newest] = [formatCursor(epoch, this.oldest - 1), formatCursor(epoch, this.newest)];
    const accepted = { total: this.accepted.length, byLevel: byLevel(this.accepted) };
    const bytes = JSON.stringify(this.entries).length;
    const held = { entries: this.entries.length, bytes, byLevel: byLevel(this.entries) };
    const capacity = { entries: options.capacity, bytes: Infinity };
    const store = { kind: 'array', state: 'up', since: '' } as const;
    return { epoch, oldest, newest, held, capacity, accepted, evicted, cleared, rejected: 0, store };
  }
}

function byLevel(records: readonly LogRecord[]): StoreStats['held']['byLevel'] {
  const counts = LOG_LEVELS.map((name) => [name, records.filter(({ level }) => level === name).length]);
  return Object.fromEntries(counts) as StoreStats['held']['byLevel'];
}
