import { type Place } from '../../domain/cursor.js';
import { type Wait } from '../../domain/log-source.js';
import { Waiters } from '../memory/waiters.js';
import { type RedisDriver } from './driver.js';
import { type Meta, type Page, type RedisLog } from './redis-log.js';
import { baseOf } from './places.js';
import { type Tail } from './redis-reader.js';
import { type StreamBatch } from './stream-batch.js';

/** How long Redis may keep silent, so that it is noticed in time when it was emptied. */
const BLOCK_MS = 2000;
/** It follows on for so long after the last reader: one that polls comes back. */
const LINGER_MS = 30_000;
/** What is kept for readers that keep up. */
const TAIL_BYTES = 2 * 1024 * 1024;
const PAUSE_MS = 100;

export interface FollowerOptions {
  readonly commandTimeoutMs: number;
  readonly onCleared: (batch: StreamBatch) => void;
}

/**
 * Follows the end of the log over a connection that waits in Redis, one per process and only while somebody reads;
 * wakes the readers of this process, and keeps the last batches for them.
 */
export class Follower implements Tail {
  readonly #log: RedisLog;
  readonly #driver: RedisDriver;
  readonly #options: FollowerOptions;
  readonly #waiters = new Waiters();
  readonly #abort = new AbortController();
  #batches: StreamBatch[] = [];
  #bytes = 0;
  /** All from here to the end are kept: exclusive. */
  #from = 0;
  /** The last id it has seen; ids go up in all generations, so it stays what it is when Redis was away. */
  #end: number | undefined;
  #meta: Meta | undefined;
  /** The last id this process itself knows of: its own lines. */
  #known = 0;
  #isLive = false;
  #isRunning = false;
  #wantedUntil = 0;
  #listeners = 0;

  constructor(log: RedisLog, driver: RedisDriver, options: FollowerOptions) {
    this.#log = log;
    this.#driver = driver;
    this.#options = options;
    driver.onChange((isUp) => {
      if (!isUp) this.#isLive = false;
    });
  }

  /** Somebody reads: it follows for a while. */
  touch(): void {
    this.#wantedUntil = performance.now() + LINGER_MS;
    if (this.#isRunning || this.#abort.signal.aborted) return;
    this.#isRunning = true;
    void this.#run().finally(() => {
      this.#isRunning = false;
    });
  }

  /** Somebody listens: it follows until the function returned is called. */
  listen(): () => void {
    this.#listeners++;
    this.touch();
    let isOver = false;
    return () => {
      if (!isOver) this.#listeners--;
      isOver = true;
    };
  }

  /** The log has this id: who asks for what comes before it is not told that there is nothing. */
  knows(id: number): void {
    this.#known = Math.max(this.#known, id);
  }

  after(base: number, id: number): Page | undefined {
    const meta = this.#meta;
    if (!this.#isLive || !meta || this.#end === undefined) return undefined;
    const isOurs = Number.isNaN(base) ? id >= meta.base : base === meta.base;
    if (!isOurs || id < this.#from || id > this.#end || (id === this.#end && id < this.#known))
      return undefined;
    const at = this.#batches.findIndex(({ last }) => last > id);
    return {
      meta: { ...meta, last: this.#end },
      batches: at < 0 ? [] : this.#batches.slice(at),
      more: false,
    };
  }

  /** Waits for something after a place; a place of another generation has news at once. */
  async waitAfter(place: Place, { signal, timeoutMs }: Wait): Promise<void> {
    this.touch();
    const until = performance.now() + timeoutMs;
    while (!this.#hasNews(place) && !signal?.aborted && !this.#abort.signal.aborted) {
      const left = until - performance.now();
      if (left <= 0) return;
      await this.#waiters.wait({ signal, timeoutMs: left });
      this.touch();
    }
  }

  wake(): void {
    this.#waiters.wake();
  }

  close(): void {
    this.#abort.abort();
    this.#driver.stop();
    this.#waiters.wake();
  }

  #hasNews({ epoch, id }: Place): boolean {
    if (this.#end === undefined || !this.#meta) return false;
    const isOurs = epoch === undefined ? id >= this.#meta.base : baseOf(epoch) === this.#meta.base;
    return !isOurs || id < this.#end;
  }

  get #isWanted(): boolean {
    if (this.#abort.signal.aborted) return false;
    return this.#waiters.size > 0 || this.#listeners > 0 || performance.now() < this.#wantedUntil;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    this.#driver.start();
    while (this.#isWanted) {
      try {
        if (!(await this.#driver.untilUp({ signal, timeoutMs: BLOCK_MS }))) continue;
        if (!this.#isLive) await this.#begin();
        const batches = await this.#log.next(this.#end ?? 0, BLOCK_MS, this.#options.commandTimeoutMs);
        if (batches === null) await this.#lookAround();
        else for (const batch of batches) this.#take(batch);
        // What is there is none of ours: it is being removed.
        if (batches?.length === 0) await this.#pause();
        this.#waiters.wake();
      } catch {
        this.#isLive = false;
        await this.#pause();
      }
    }
    this.#isLive = false;
    this.#end = undefined;
    this.#batches = [];
    if (!signal.aborted) this.#driver.stop();
  }

  /** From where it was; the first time, from the newest entry. */
  async #begin(): Promise<void> {
    const meta = await this.#log.meta();
    this.#end ??= meta.last;
    this.#startTail(meta, this.#end);
    this.#isLive = true;
    this.#waiters.wake();
  }

  /** Nothing came: the log may have been emptied, or begun anew, without an entry. */
  async #lookAround(): Promise<void> {
    const meta = await this.#log.meta();
    if (meta.base === this.#meta?.base && meta.last === this.#end) return;
    this.#end = Math.max(this.#end ?? 0, meta.last);
    this.#startTail(meta, this.#end);
  }

  #take(batch: StreamBatch): void {
    if (batch.last <= (this.#end ?? 0)) return;
    const cleared = Math.max(this.#meta?.cleared ?? 0, batch.cleared?.upTo ?? 0);
    const follows = batch.base === this.#meta?.base && batch.first === (this.#end ?? 0) + 1;
    const meta = { base: batch.base, last: batch.last, cleared };
    if (!follows) this.#startTail(meta, batch.first - 1);
    this.#meta = meta;
    this.#batches.push(batch);
    this.#bytes += batch.byteLength;
    this.#end = batch.last;
    const upTo = batch.cleared?.upTo ?? 0;
    while (this.#batches.length > 1 && (this.#bytes > TAIL_BYTES || this.#batches[0].last <= upTo))
      this.#drop();
    if (batch.cleared) {
      this.#from = Math.max(this.#from, upTo);
      this.#options.onCleared(batch);
    }
  }

  #drop(): void {
    const [oldest] = this.#batches.splice(0, 1);
    this.#bytes -= oldest.byteLength;
    this.#from = oldest.last;
  }

  #startTail(meta: Meta, from: number): void {
    this.#meta = meta;
    this.#batches = [];
    this.#bytes = 0;
    this.#from = from;
  }

  async #pause(): Promise<void> {
    await new Waiters().wait({ signal: this.#abort.signal, timeoutMs: PAUSE_MS });
  }
}
