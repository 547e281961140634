import { randomBytes } from 'node:crypto';
import { formatCursor, parseCursor, type Cursor, type Place } from '../../domain/cursor.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { type LogRecord } from '../../domain/log-entry.js';
import { LOG_LEVELS, type LogLevel } from '../../domain/log-level.js';
import {
  StoreAwayError,
  UnknownCursorError,
  type Cleared,
  type ClearRequest,
  type LogStore,
  type ReadRequest,
  type SourceEvent,
  type StoreStats,
  type Wait,
} from '../../domain/log-source.js';
import { type MemoryStore } from '../memory/memory.store.js';
import { Waiters } from '../memory/waiters.js';
import { RedisDriver } from './driver.js';
import { Follower } from './follower.js';
import { keysOf } from './keys.js';
import { RedisLog, type LogCounts } from './redis-log.js';
import { withRedisDefaults, type RedisSettings, type RedisStoreOptions } from './redis.options.js';
import { baseOf, cursorAt, epochOf, RedisReader } from './redis-reader.js';
import { Shipper, type Shipped } from './shipper.js';
import { type StreamBatch } from './stream-batch.js';

/** The buffer of this process, as the store needs it. */
export type AttachedRing = Pick<
  MemoryStore,
  'append' | 'read' | 'waitAfter' | 'stats' | 'epoch' | 'instance'
>;

/** The shared store as it is at one moment. */
export type RedisState = StoreStats['store'];

const TEND_EVERY_MS = 10_000;
/** A read waits so long for a connection that is being made. */
const PATIENCE_MS = 1000;
/** A clear takes with it what this process has logged before. */
const CLEAR_PATIENCE_MS = 1000;
const CLOSE_MS = 1000;
/** A reader whose read was not answered waits so long before the next. */
const RETRY_MS = 200;

/**
 * One log of many processes, in a Redis stream. Each line goes to the buffer of its process first, and from there to
 * Redis; reads are answered from Redis, the same by every process. While Redis is away lines are logged as always,
 * readers keep their places and are told (`degraded`), and who comes without a place reads what this process has.
 */
export class RedisStore implements LogStore {
  readonly #settings: RedisSettings;
  #parts: Parts | undefined;

  /** Only says where the log is: nothing is connected before the module takes it into use. */
  constructor(options: RedisStoreOptions = {}) {
    this.#settings = withRedisDefaults(options);
  }

  /** Takes it into use for the buffer of this process; what that holds is shipped too. */
  attach(ring: AttachedRing): this {
    if (this.#parts) throw new Error('RedisStore: it is attached already.');
    this.#parts = new Parts(this.#settings, ring);
    return this;
  }

  /** `degraded` while Redis is away. */
  get state(): RedisState {
    return this.#inUse.state;
  }

  /** How far the buffer of this process is in Redis. */
  get shipped(): Shipped {
    return this.#inUse.shipper.shipped;
  }

  append(record: LogRecord): void {
    this.#inUse.ring.append(record);
  }

  read(request: ReadRequest): Promise<LogBatch> {
    return this.#inUse.read(request);
  }

  waitAfter(cursor: Cursor, wait: Wait): Promise<void> {
    return this.#inUse.waitAfter(cursor, wait);
  }

  onEvent(listener: (event: SourceEvent) => void): () => void {
    return this.#inUse.onEvent(listener);
  }

  clear(request: ClearRequest = {}): Promise<Cleared> {
    return this.#inUse.clear(request);
  }

  stats(): Promise<StoreStats> {
    return this.#inUse.stats();
  }

  /** Waits until what was logged so far is in Redis; false: it is not, in that time. */
  flush(withinMs: number): Promise<boolean> {
    return this.#inUse.shipper.flushed(withinMs);
  }

  /** Sends what is left, for a second at most, then closes its connections. */
  async close(): Promise<void> {
    await this.#parts?.close();
  }

  get #inUse(): Parts {
    if (this.#parts) return this.#parts;
    throw new Error('RedisStore: give it to LogConsoleModule as the option store, or attach it to a buffer.');
  }
}

/** What a store in use is made of. */
class Parts {
  readonly shipper: Shipper;
  readonly #driver: RedisDriver;
  readonly #log: RedisLog;
  readonly #reader: RedisReader;
  readonly #follower: Follower;
  readonly #listeners = new Set<(event: SourceEvent) => void>();
  readonly #writer: string;
  readonly #tend: NodeJS.Timeout;
  #writers = 1;
  #since = new Date().toISOString();
  #downSince = performance.now();
  #base: number | undefined;
  /** The last read was not answered. */
  #failed = false;
  /** The entries that said what was cleared, as far as they were told. */
  readonly #told = new Set<number>();

  constructor(
    readonly settings: RedisSettings,
    readonly ring: AttachedRing,
  ) {
    const { client, commandTimeoutMs, app, maxEntries, maxBytes, flushMs } = settings;
    const keys = keysOf(app);
    this.#writer = `${ring.instance}:${randomBytes(6).toString('hex')}`;
    this.#driver = new RedisDriver({ client, commandTimeoutMs });
    const waiting = new RedisDriver({ client, commandTimeoutMs, checkEveryMs: 0 });
    this.#log = new RedisLog(this.#driver, keys);
    this.#follower = new Follower(new RedisLog(waiting, keys), waiting, {
      commandTimeoutMs,
      onCleared: (batch) => this.#heardOf(batch),
    });
    this.#reader = new RedisReader(this.#log, this.#follower, ring.instance);
    this.#driver.onChange((isUp) => this.#changed(isUp));
    this.#driver.start();
    this.#tend = setInterval(() => void this.#lookAfter(), TEND_EVERY_MS).unref();
    const writer = this.#writer;
    this.shipper = new Shipper(this.#log, this.#driver, {
      ...{ ring, writer, maxEntries, maxBytes, flushMs },
      writers: () => this.#writers,
      onShipped: (id) => this.#follower.knows(id),
    });
  }

  get state(): RedisState {
    return { kind: 'redis', state: this.#driver.isUp ? 'up' : 'degraded', since: this.#since };
  }

  async read(request: ReadRequest): Promise<LogBatch> {
    if (await this.#isUp()) {
      try {
        const batch = await this.#readShared(request);
        this.#base = baseOf(batch.epoch) ?? this.#base;
        this.#failed = false;
        return batch;
      } catch {
        // It went away in the middle, or has something against it: what is known without it.
        this.#failed = true;
      }
    }
    return this.#readDegraded(request);
  }

  async waitAfter(cursor: Cursor, wait: Wait): Promise<void> {
    const place = parseCursor(cursor);
    if (!place) return;
    if (place.epoch !== this.ring.epoch) await this.#waitShared(place, wait);
    else if (!this.#driver.isUp) await this.#waitLocally(cursor, wait);
    else if (!this.shipper.hasReached(place.id)) await this.shipper.progress(wait);
  }

  onEvent(listener: (event: SourceEvent) => void): () => void {
    this.#listeners.add(listener);
    const stop = this.#follower.listen();
    return () => {
      stop();
      this.#listeners.delete(listener);
    };
  }

  async clear({ upTo, by }: ClearRequest): Promise<Cleared> {
    if (!(await this.#isUp()))
      throw new StoreAwayError('The shared log cannot be cleared while Redis is away; nothing was cleared.');
    const place = upTo === undefined ? undefined : parseCursor(upTo);
    const base = place?.epoch === undefined ? undefined : baseOf(place.epoch);
    const isStrange = upTo !== undefined && (!place || (place.epoch !== undefined && base === undefined));
    if (isStrange) throw unknownPlace();
    if (upTo === undefined) await this.shipper.flushed(CLEAR_PATIENCE_MS);
    const at = new Date().toISOString();
    const { instance } = this.ring;
    const done = await this.#log.clear({
      ...{ upTo: place?.id, base, instance },
      entry: tombstone(by ?? 'The application', at, instance),
      event: JSON.stringify({ by, at }),
    });
    if (!done) throw unknownPlace();
    this.#follower.knows(done.last);
    const cleared = { cleared: done.cleared, upTo: cursorAt(done.base, done.upTo) };
    if (done.cleared > 0) this.#tell(done.last, { upTo: cleared.upTo, by, at });
    return cleared;
  }

  async stats(): Promise<StoreStats> {
    if (await this.#isUp()) {
      try {
        return this.#statsOf(await this.#log.counts());
      } catch {
        // As below.
      }
    }
    return { ...this.ring.stats(), store: this.state };
  }

  async close(): Promise<void> {
    clearInterval(this.#tend);
    await this.shipper.close(this.#driver.isUp ? CLOSE_MS : 0);
    this.#follower.close();
    this.#driver.stop();
  }

  /** Whether Redis can be asked; one that went only now is given a moment. */
  async #isUp(): Promise<boolean> {
    if (this.#driver.isUp) return true;
    const left = this.#downSince + PATIENCE_MS - performance.now();
    return left > 0 && this.#driver.untilUp({ timeoutMs: left });
  }

  #changed(isUp: boolean): void {
    this.#since = new Date().toISOString();
    this.#downSince = performance.now();
    // Another server process begins a generation: who follows learns of it also where nothing is logged.
    if (isUp) void this.#lookAfter();
    this.#follower.wake();
  }

  async #lookAfter(): Promise<void> {
    try {
      this.#writers = await this.#log.tend(this.#writer);
    } catch {
      // It is away, or will not be written to: the shipper has the same trouble, and waits.
    }
  }

  async #readShared(request: ReadRequest): Promise<LogBatch> {
    const place = request.after === undefined ? undefined : parseCursor(request.after);
    if (place?.epoch !== this.ring.epoch) return this.#reader.read(request);
    // A reader that came while Redis was away goes on where its last line is now; others' lines before that it never saw.
    if (!this.shipper.hasReached(place.id)) return this.#readDegraded({ after: request.after, limit: 0 });
    const here = this.shipper.placeOf(place.id);
    if (!here) return this.#reader.read(request);
    const batch = await this.#reader.read({ ...request, after: cursorAt(here.base, here.id) });
    return changed(batch, { gap: { reason: 'restarted', missed: null } });
  }

  /** Until the shared log has news, and can be asked for it: a reader that is woken to no end would never sleep again. */
  async #waitShared(place: Place, wait: Wait): Promise<void> {
    const { signal, timeoutMs } = wait;
    if (!this.#driver.isUp) await this.#driver.untilUp(wait);
    else if (this.#failed) await new Waiters().wait({ signal, timeoutMs: Math.min(timeoutMs, RETRY_MS) });
    else await this.#follower.waitAfter(place, wait);
  }

  /** Until the buffer of this process has news, or Redis is back. */
  async #waitLocally(cursor: Cursor, wait: Wait): Promise<void> {
    const over = new AbortController();
    const signal = wait.signal ? AbortSignal.any([wait.signal, over.signal]) : over.signal;
    const up = this.#driver.untilUp({ signal, timeoutMs: wait.timeoutMs });
    await Promise.race([this.ring.waitAfter(cursor, { ...wait, signal }), up]);
    over.abort();
  }

  /** Places in Redis are kept until it is back; other reads are answered from the buffer of this process. */
  #readDegraded(request: ReadRequest): LogBatch {
    const cursor = request.before ?? request.after;
    const place = cursor === undefined ? undefined : parseCursor(cursor);
    const isLocal =
      !place || place.epoch === this.ring.epoch || (place.epoch === undefined && place.id === 0);
    if (isLocal) return changed(this.ring.read(request), { degraded: true });
    const { instance } = this.ring;
    const epoch = place.epoch ?? epochOf(this.#base ?? place.id);
    const here = formatCursor(epoch, place.id);
    const away = { epoch, instance, entries: [], size: 0, more: false, degraded: true };
    if (request.before === undefined) return { ...away, next: here, prev: formatCursor(epoch, place.id + 1) };
    return { ...away, next: formatCursor(epoch, place.id - 1), prev: here };
  }

  #statsOf(counts: LogCounts): StoreStats {
    const { meta, held, bytes, evicted, cleared, oldest } = counts;
    const newest = cursorAt(meta.base, meta.last);
    const { maxEntries, maxBytes } = this.settings;
    const accepted = byLevel(counts.acceptedByLevel);
    return {
      epoch: epochOf(meta.base),
      oldest: oldest ? cursorAt(oldest.base, oldest.id - 1) : newest,
      newest,
      held: { entries: held, bytes, byLevel: byLevel(counts.heldByLevel) },
      capacity: { entries: maxEntries, bytes: maxBytes },
      accepted: { total: Object.values(accepted).reduce((sum, count) => sum + count, 0), byLevel: accepted },
      ...{ evicted, cleared },
      rejected: this.ring.stats().rejected,
      store: this.state,
    };
  }

  #heardOf({ base, last, cleared }: StreamBatch): void {
    if (!cleared) return;
    const { upTo, by, at } = cleared;
    this.#tell(last, { upTo: cursorAt(base, upTo), by, at });
  }

  /** Tells every listener of a clear, once: this process may have heard of it already. */
  #tell(id: number, { upTo, by, at }: { upTo: Cursor; by: string | undefined; at: string }): void {
    if (this.#told.has(id)) return;
    this.#told.add(id);
    if (this.#told.size > 100) this.#told.delete([...this.#told][0]);
    const event: SourceEvent = {
      event: 'cleared',
      data: { upTo, ...(by === undefined ? {} : { by }), at },
    };
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch {
        // One listener's trouble is not another's.
      }
    }
  }
}

/** The same batch with something else to say. */
function changed(batch: LogBatch, change: Pick<LogBatch, 'degraded' | 'gap'>): LogBatch {
  const { epoch, instance, size, next, prev, more, gap, encoded } = batch;
  return {
    ...{ epoch, instance, size, next, prev, more },
    ...(gap && { gap }),
    ...change,
    ...(encoded && { encoded: encoded.bind(batch) }),
    get entries() {
      return batch.entries;
    },
  };
}

function tombstone(who: string, time: string, instance: string): [string, string] {
  const head = { id: 0, time, level: 'warn', context: 'LogConsole', message: `${who} cleared ` };
  return [JSON.stringify(head).slice(0, -2), `","instance":${JSON.stringify(instance)}}`];
}

function unknownPlace(): UnknownCursorError {
  return new UnknownCursorError(
    'upTo is a cursor of another epoch, or beyond the newest entry; nothing was cleared.',
  );
}

function byLevel(counts: readonly number[]): Record<LogLevel, number> {
  return Object.fromEntries(LOG_LEVELS.map((level, index) => [level, counts[index] ?? 0])) as Record<
    LogLevel,
    number
  >;
}
