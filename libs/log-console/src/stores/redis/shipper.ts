import { type Cursor } from '../../domain/cursor.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { type Wait } from '../../domain/log-source.js';
import { type MemoryStore } from '../memory/memory.store.js';
import { Waiters } from '../memory/waiters.js';
import { type RedisDriver } from './driver.js';
import { type RedisLog } from './redis-log.js';
import { ShippedPlaces } from './shipped-places.js';

const BATCH_ENTRIES = 1000;
/** With what a batch takes beside its JSON it fits into 256 KiB, and not just not: its allocator would give Redis 320. */
const BATCH_BYTES = 252 * 1024;
/** All instances together send so many batches a second at most: 1000 quiet ones would cost Redis more than busy ones do. */
const BATCHES_PER_SECOND = 5000;
const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 1000;
const FOREVER_MS = 2 ** 31 - 1;

export interface ShipperOptions {
  readonly ring: Pick<MemoryStore, 'read' | 'waitAfter' | 'stats' | 'epoch' | 'instance' | 'levelsBetween'>;
  readonly writer: string;
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly flushMs: number;
  /** How many instances write. */
  readonly writers: () => number;
  /** Told of the last id of each batch. */
  readonly onShipped: (id: number) => void;
}

/** What was copied, and what was not. */
export interface Shipped {
  /** Lines that are in Redis. */
  readonly entries: number;
  /** The ring turned over before they were sent. */
  readonly lost: number;
}

/**
 * Copies the ring to Redis: a reader of the ring with a cursor of its own. While Redis is away it waits, holding one
 * batch; what the ring overwrites meanwhile is counted and told with the next one. A batch whose answer was lost is sent
 * again under its number, and recognised.
 */
export class Shipper {
  readonly #log: RedisLog;
  readonly #driver: RedisDriver;
  readonly #options: ShipperOptions;
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;
  #cursor: Cursor;
  #sequence = 0;
  #shipped: Shipped = { entries: 0, lost: 0 };
  readonly #places = new ShippedPlaces();
  readonly #progress = new Waiters();
  readonly #pauses = new Waiters();

  constructor(log: RedisLog, driver: RedisDriver, options: ShipperOptions) {
    this.#log = log;
    this.#driver = driver;
    this.#options = options;
    this.#cursor = options.ring.stats().oldest;
    this.#done = this.#run();
  }

  get shipped(): Shipped {
    return this.#shipped;
  }

  /** How many lines of the ring were not sent yet. */
  get behind(): number {
    return idOf(this.#options.ring.stats().newest) - idOf(this.#cursor);
  }

  /** Whether everything up to this id of the ring was sent, or lost. */
  hasReached(ringId: number): boolean {
    return ringId <= idOf(this.#cursor);
  }

  /** Where an entry of the ring is in the shared log; undefined: it was sent too long ago to know. */
  placeOf(ringId: number): { readonly base: number; readonly id: number } | undefined {
    return this.#places.find(ringId);
  }

  /** Waits until something was sent. */
  progress(wait: Wait): Promise<void> {
    return this.#progress.wait(wait);
  }

  /** Sends what is left, for at most so long, then ends. */
  async close(withinMs: number): Promise<void> {
    await Promise.race([this.flushed(withinMs), this.#done]);
    this.#abort.abort();
    this.#pauses.wake();
    await this.#done;
  }

  /** Waits until what was logged so far is in Redis; false: it did not come so far in time. */
  async flushed(withinMs: number): Promise<boolean> {
    const { newest } = this.#options.ring.stats();
    const until = performance.now() + withinMs;
    while (!this.hasReached(idOf(newest))) {
      const left = until - performance.now();
      if (left <= 0 || this.#abort.signal.aborted) return false;
      await this.progress({ signal: this.#abort.signal, timeoutMs: left });
    }
    return true;
  }

  async #run(): Promise<void> {
    const { ring, flushMs, writers } = this.#options;
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const batch = ring.read({ after: this.#cursor, limit: BATCH_ENTRIES, maxBytes: BATCH_BYTES });
      if (batch.size === 0) {
        this.#cursor = batch.next;
        await ring.waitAfter(this.#cursor, { signal, timeoutMs: FOREVER_MS });
        continue;
      }
      const began = performance.now();
      await this.#ship(batch);
      if (signal.aborted) break;
      this.#cursor = batch.next;
      this.#progress.wake();
      if (batch.more) continue;
      const window = Math.max(flushMs, (writers() * 1000) / BATCHES_PER_SECOND);
      await this.#pauses.wait({ timeoutMs: began + window - performance.now() });
    }
  }

  /** Sends a batch until it is there, or the store closes. */
  async #ship(batch: LogBatch): Promise<void> {
    const { ring, writer, maxEntries, maxBytes } = this.#options;
    // As the ring has them for all its readers: nothing is copied here.
    const json = (batch.encoded?.() ?? []).map((piece) =>
      Buffer.from(piece.buffer, piece.byteOffset, piece.length),
    );
    const newest = idOf(batch.next);
    const levels = ring.levelsBetween(newest - batch.size + 1, newest);
    const lost = batch.gap?.missed ?? 0;
    const sequence = ++this.#sequence;
    const { signal } = this.#abort;
    const { instance } = ring;
    for (let wait = MIN_PAUSE_MS; !signal.aborted; wait = Math.min(wait * 2, MAX_PAUSE_MS)) {
      try {
        await this.#driver.untilUp({ signal, timeoutMs: FOREVER_MS });
        const entries = batch.size;
        const sent = { writer, sequence, entries, levels, lost, json, instance, maxEntries, maxBytes };
        const { base, last } = await this.#log.append(sent);
        this.#shipped = {
          entries: this.#shipped.entries + entries,
          lost: this.#shipped.lost + lost,
        };
        this.#options.onShipped(last);
        this.#places.add({ ring: idOf(batch.next), count: entries, base, last });
        return;
      } catch (error) {
        // A master that became a replica keeps its connections: another one may lead to the new master.
        if (String(error).includes('READONLY')) this.#driver.reconnect();
        if (this.#driver.isUp) await this.#pauses.wait({ timeoutMs: wait });
      }
    }
  }
}

function idOf(cursor: Cursor): number {
  return Number(cursor.slice(cursor.lastIndexOf('-') + 1));
}
