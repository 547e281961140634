import { type Cursor } from '../../domain/cursor.js';
import { type ShareableLevels } from '../../domain/context-levels.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { type LogRecord } from '../../domain/log-entry.js';
import { type InstanceList, type ProcessIdentity } from '../../domain/log-instances.js';
import {
  type Cleared,
  type ClearRequest,
  type LogStore,
  type ReadRequest,
  type SourceEvent,
  type StoreStats,
  type Wait,
} from '../../domain/log-source.js';
import {
  withRedisDefaults,
  type AttachedRing,
  type RedisSettings,
  type RedisStoreOptions,
} from './redis.options.js';
import { SharedLog, type RedisState } from './shared-log.js';
import { type Shipped } from './shipper.js';

/**
 * One log of many processes, in a Redis stream. Each line goes to the buffer of its process first, and from there to
 * Redis; reads are answered from Redis, the same by every process. While Redis is away lines are logged as always,
 * readers keep their places and are told (`degraded`), and who comes without a place reads what this process has.
 */
export class RedisStore implements LogStore {
  readonly #settings: RedisSettings;
  #log: SharedLog | undefined;

  /** Only says where the log is: nothing is connected before the module takes it into use. */
  constructor(options: RedisStoreOptions = {}) {
    this.#settings = withRedisDefaults(options);
  }

  /**
   * Takes it into use for the buffer of this process; what that holds is shipped too. The others are told who it is;
   * without that it takes part in silence.
   */
  attach(ring: AttachedRing, process?: ProcessIdentity): this {
    if (this.#log) throw new Error('RedisStore: it is attached already.');
    this.#log = new SharedLog(this.#settings, ring, process);
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

  /** Has all processes take the levels that are set in one of them. */
  shareLevels(levels: ShareableLevels): void {
    this.#inUse.shareLevels(levels);
  }

  /** The processes that share the log. */
  instances(): Promise<InstanceList> {
    return this.#inUse.instances();
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
    await this.#log?.close();
  }

  get #inUse(): SharedLog {
    if (this.#log) return this.#log;
    throw new Error('RedisStore: give it to LogConsoleModule as the option store, or attach it to a buffer.');
  }
}
