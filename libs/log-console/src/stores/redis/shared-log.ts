import { randomBytes } from 'node:crypto';
import { parseCursor, type Cursor } from '../../domain/cursor.js';
import { type ShareableLevels } from '../../domain/context-levels.js';
import { changed } from '../../domain/changed-batch.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { type InstanceList, type ProcessIdentity } from '../../domain/log-instances.js';
import {
  StoreAwayError,
  UnknownCursorError,
  type Cleared,
  type ClearRequest,
  type ReadRequest,
  type SourceEvent,
  type StoreStats,
  type Wait,
} from '../../domain/log-source.js';
import { Waiters } from '../memory/waiters.js';
import { RedisDriver } from './driver.js';
import { Follower } from './follower.js';
import { keysOf } from './keys.js';
import { readLocally } from './local-reads.js';
import { Membership } from './membership.js';
import { baseOf, cursorAt } from './places.js';
import { RedisLog } from './redis-log.js';
import { RedisReader } from './redis-reader.js';
import { type AttachedRing, type RedisSettings } from './redis.options.js';
import { SharedEvents } from './shared-events.js';
import { SharedLevels } from './shared-levels.js';
import { Shipper } from './shipper.js';
import { statsFrom } from './store-stats.js';
import { type StreamBatch } from './stream-batch.js';
import { tombstone } from './tombstone.js';

/** The shared store as it is at one moment. */
export type RedisState = StoreStats['store'];

/** A read waits so long for a connection that is being made. */
const PATIENCE_MS = 1000;
/** A clear takes with it what this process has logged before. */
const CLEAR_PATIENCE_MS = 1000;
const CLOSE_MS = 1000;
const LEAVE_MS = 200;
/** A reader whose read was not answered waits so long before the next. */
const RETRY_MS = 200;

/** A shared log in use: one process's connections to it, and what it is made of. */
export class SharedLog {
  readonly shipper: Shipper;
  readonly #driver: RedisDriver;
  readonly #log: RedisLog;
  readonly #reader: RedisReader;
  readonly #follower: Follower;
  readonly #events = new SharedEvents();
  readonly #membership: Membership;
  #levels: SharedLevels | undefined;
  #since = new Date().toISOString();
  #downSince = performance.now();
  #wasUp = false;
  #base: number | undefined;
  /** The last read was not answered. */
  #failed = false;

  constructor(
    readonly settings: RedisSettings,
    readonly ring: AttachedRing,
    process?: ProcessIdentity,
  ) {
    const { client, commandTimeoutMs, app, maxEntries, maxBytes, flushMs } = settings;
    const keys = keysOf(app);
    const writer = `${ring.instance}:${randomBytes(6).toString('hex')}`;
    this.#driver = new RedisDriver({ client, commandTimeoutMs });
    const waiting = new RedisDriver({ client, commandTimeoutMs, checkEveryMs: 0 });
    this.#log = new RedisLog(this.#driver, keys, ring.redactor);
    this.#follower = new Follower(new RedisLog(waiting, keys, ring.redactor), waiting, {
      commandTimeoutMs,
      onCleared: (batch) => this.#heardOf(batch),
    });
    this.#reader = new RedisReader(this.#log, this.#follower, ring.instance);
    this.#driver.onChange((isUp) => this.#changed(isUp));
    this.shipper = new Shipper(this.#log, this.#driver, {
      ...{ ring, writer, maxEntries, maxBytes, flushMs },
      writers: () => this.#membership.writers,
      onShipped: (id) => this.#follower.knows(id),
    });
    this.#membership = new Membership(this.#log, this.#driver, {
      ...{ writer, process },
      progress: () => ({
        behind: this.shipper.behind,
        dropped: this.shipper.shipped.lost,
        levels: this.#levels?.version ?? 0,
      }),
      say: (record) => ring.append(record),
    });
    this.#driver.start();
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
    return readLocally(this.ring, request, this.#base);
  }

  async waitAfter(cursor: Cursor, wait: Wait): Promise<void> {
    const place = parseCursor(cursor);
    if (!place) return;
    const isLocal = place.epoch === this.ring.epoch;
    const { signal, timeoutMs } = wait;
    if (!this.#driver.isUp) await (isLocal ? this.#waitLocally(cursor, wait) : this.#driver.untilUp(wait));
    // A reader that is woken, and gets no answer, would be woken for ever.
    else if (this.#failed) await new Waiters().wait({ signal, timeoutMs: Math.min(timeoutMs, RETRY_MS) });
    else if (!isLocal) await this.#follower.waitAfter(place, wait);
    else if (!this.shipper.hasReached(place.id)) await this.shipper.progress(wait);
  }

  onEvent(listener: (event: SourceEvent) => void): () => void {
    const stops = [this.#events.listen(listener), this.#follower.listen()];
    return () => stops.forEach((stop) => stop());
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
    if (done.cleared > 0) this.#events.tellCleared(done.last, { upTo: cleared.upTo, by, at });
    return cleared;
  }

  async stats(): Promise<StoreStats> {
    if (await this.#isUp()) {
      try {
        const { maxEntries, maxBytes } = this.settings;
        const counts = statsFrom(await this.#log.counts());
        const { rejected } = this.ring.stats();
        const capacity = { entries: maxEntries, bytes: maxBytes };
        return { ...counts, capacity, rejected, store: this.state };
      } catch {
        // As below.
      }
    }
    return { ...this.ring.stats(), store: this.state };
  }

  /** Has all processes take the levels that are set in one of them. */
  shareLevels(levels: ShareableLevels): void {
    const { redactor } = this.ring;
    const { client, commandTimeoutMs } = this.settings;
    const { nudges: channel } = this.#log.keys;
    this.#levels = new SharedLevels(this.#log, this.#driver, {
      ...{ levels, redactor },
      listen: (onMessage) => new RedisDriver({ client, commandTimeoutMs, listen: { channel, onMessage } }),
      onTaken: () => void this.#membership.tend(),
    });
  }

  /** The processes that share it. */
  instances(): Promise<InstanceList> {
    return this.#membership.list();
  }

  async close(): Promise<void> {
    // Nothing else holds a process that ends: it would be gone before the answers of Redis, and before its own last hooks.
    const alive = setTimeout(() => undefined, 2 * CLOSE_MS);
    this.#levels?.close();
    this.#membership.announceLeave();
    await this.shipper.close(this.#driver.isUp ? CLOSE_MS : 0);
    await this.#membership.leave(LEAVE_MS);
    this.#follower.close();
    this.#driver.stop();
    clearTimeout(alive);
  }

  /** Whether Redis can be asked; one that went only now is given a moment. */
  async #isUp(): Promise<boolean> {
    if (this.#driver.isUp) return true;
    const left = this.#downSince + PATIENCE_MS - performance.now();
    return left > 0 && this.#driver.untilUp({ timeoutMs: left });
  }

  #changed(isUp: boolean): void {
    // Whoever asked meanwhile has waited, and knows of no other state.
    const isBoot = isUp && !this.#wasUp && performance.now() - this.#downSince < PATIENCE_MS;
    this.#wasUp ||= isUp;
    this.#since = new Date().toISOString();
    this.#downSince = performance.now();
    this.#follower.wake();
    if (!isBoot) this.#events.tell({ event: 'store', data: this.state });
  }

  async #readShared(request: ReadRequest): Promise<LogBatch> {
    const place = request.after === undefined ? undefined : parseCursor(request.after);
    if (place?.epoch !== this.ring.epoch) return this.#reader.read(request);
    // A reader that came while Redis was away goes on where its last line is now; others' lines before that it never saw.
    if (!this.shipper.hasReached(place.id))
      return readLocally(this.ring, { after: request.after, limit: 0 }, this.#base);
    const here = this.shipper.placeOf(place.id);
    if (!here) return this.#reader.read(request);
    const batch = await this.#reader.read({ ...request, after: cursorAt(here.base, here.id) });
    return changed(batch, { gap: { reason: 'restarted', missed: null } });
  }

  /** Until the buffer of this process has news, or Redis is back. */
  async #waitLocally(cursor: Cursor, wait: Wait): Promise<void> {
    const over = new AbortController();
    const signal = wait.signal ? AbortSignal.any([wait.signal, over.signal]) : over.signal;
    const up = this.#driver.untilUp({ signal, timeoutMs: wait.timeoutMs });
    await Promise.race([this.ring.waitAfter(cursor, { ...wait, signal }), up]);
    over.abort();
  }

  #heardOf({ base, last, cleared }: StreamBatch): void {
    if (!cleared) return;
    const { upTo, by, at } = cleared;
    this.#events.tellCleared(last, { upTo: cursorAt(base, upTo), by, at });
  }
}

function unknownPlace(): UnknownCursorError {
  return new UnknownCursorError(
    'upTo is a cursor of another epoch, or beyond the newest entry; nothing was cleared.',
  );
}
