import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { parseCursor, type Cursor } from '../domain/cursor.js';
import { threwText } from '../domain/error-text.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogFilter } from '../domain/log-filter.js';
import { levelIndex, type LogLevel } from '../domain/log-level.js';
import { type LogSink, type Notify, type SinkStats } from '../domain/log-sink.js';
import { type LogSource, type ReadRequest } from '../domain/log-source.js';
import { nextPause } from './back-off.js';
import { Hand } from './hand.js';
import { LossNotice } from './loss-notice.js';

const BATCH_ENTRIES = 1000;
const BATCH_BYTES = 256 * 1024;
/** Half of what is promised, for timers are late. */
const IMMEDIATE_DELAY_MS = 50;
/** While lines are gathered, or a destination does not take any, the ring is looked at so often: it may be turning over. */
const LOOK_EVERY_MS = 50;
const IDLE_MS = 60_000;
const WRITE_TIMEOUT_MS = 10_000;
const CLOSING_PAUSE_MS = 100;
/** What one look at the ring may take, where nobody waits for it. */
const LOOK_MS = 20;
const URGENT = levelIndex('error');

/** A source with dense ids that answers at once: the ring of this process. */
export interface ShippedSource extends LogSource {
  read(request: ReadRequest): LogBatch;
}

/** What is shipped, and what is said about it. */
export interface ShipOptions {
  /** Which lines. Default: all. */
  readonly filter?: LogFilter | undefined;
  /** Takes what there is to say: that lines were lost, that a destination fails. Default: nobody. */
  readonly notify?: Notify;
  /** How long one write may take. Default 10 s. */
  readonly timeoutMs?: number;
}

/** Ships what a source holds, and what comes, into a destination; close it. */
export function ship(source: ShippedSource, sink: LogSink, options: ShipOptions = {}): Shipping {
  return new Shipping(source, sink, options);
}

/**
 * The way of a log into one destination. It has a cursor of its own and one batch in its hand; everything else waits in
 * the ring, and what gives way there is counted.
 */
export class Shipping {
  readonly #hand: Hand;
  readonly #notice: LossNotice;
  readonly #delayMs: number;
  /** Ends the waits for lines. */
  readonly #wake = new AbortController();
  /** Ends everything. */
  readonly #abort = new AbortController();
  readonly #running: Promise<void>;
  #cursor: Cursor;
  #written = 0;
  #filtered = 0;
  #dropped = 0;
  #state: SinkStats['state'] = 'up';
  #since = new Date().toISOString();
  #error = '';
  #pauseMs = 0;
  #retryAt = 0;
  #triedAt = -Infinity;
  #isClosing = false;
  /** When the first line came that an immediate sink has not taken yet. */
  #waitingSince: number | undefined;
  #isWriting = false;
  #closed: Promise<SinkStats> | undefined;

  constructor(
    readonly source: ShippedSource,
    readonly sink: LogSink,
    readonly options: ShipOptions,
  ) {
    const { entries = BATCH_ENTRIES, bytes = BATCH_BYTES, delayMs } = sink.batch ?? {};
    this.#hand = new Hand(entries, bytes);
    this.#delayMs = delayMs ?? (sink.immediate ? IMMEDIATE_DELAY_MS : 0);
    this.#notice = new LossNotice(sink.name, (record) => options.notify?.(record));
    this.#cursor = source.read({ after: '0' as Cursor, limit: 0 }).next;
    this.#running = this.#run().catch((error: unknown) => this.#failed(error));
  }

  /** The counters, exact at every moment. */
  get stats(): SinkStats {
    const isClosed = this.#state === 'closed';
    const { gap, next } = this.source.read({ after: this.#cursor, limit: 0 });
    // What is gone already, though nobody has looked yet.
    const gone = isClosed ? 0 : (gap?.missed ?? 0);
    const left = isClosed ? 0 : idOf(this.#newest()) - idOf(next);
    return {
      state: this.#state,
      since: this.#since,
      written: this.#written,
      filtered: this.#filtered,
      dropped: this.#dropped + gone,
      behind: this.#hand.size + left,
      ...(this.#state === 'failing' ? { error: this.#error } : {}),
    };
  }

  /** Tells an immediate sink that a line came: an error is handed on at once, others when they have waited. */
  appended(level: LogLevel): void {
    if (!this.sink.immediate) return;
    const now = performance.now();
    const waits = now - (this.#waitingSince ??= now);
    const isUrgent = levelIndex(level) >= URGENT;
    // A loop that logs and never lets timers run must not keep its lines to itself.
    if (!isUrgent && waits < this.#delayMs) return;
    // Where it fails, an error is worth an early try, but not each of them one of its own.
    const retryAt = isUrgent ? Math.min(this.#retryAt, this.#triedAt + this.#delayMs) : this.#retryAt;
    if (now >= retryAt) this.flush();
  }

  /** Hands everything there is to an immediate sink, now, for so long at most; takes into its hand what another one has room for. */
  flush(withinMs = Infinity): void {
    if (this.#isWriting || this.#state === 'closed') return;
    if (!this.sink.immediate) {
      this.#look();
      return;
    }
    this.#isWriting = true;
    const end = performance.now() + withinMs;
    try {
      do this.#look();
      while (this.#hand.size > 0 && this.#writeNow() && performance.now() < end);
    } finally {
      this.#isWriting = false;
      this.#waitingSince = undefined;
    }
  }

  /** Hands on what was logged so far, within a time; what is left is counted as dropped. */
  close(withinMs = 2000): Promise<SinkStats> {
    return (this.#closed ??= this.#close(withinMs));
  }

  async #close(withinMs: number): Promise<SinkStats> {
    const end = performance.now() + withinMs;
    this.#isClosing = true;
    this.#wake.abort();
    await withDeadline(this.#running, withinMs).catch(() => this.#abort.abort());
    const { dropped, behind } = this.stats;
    this.#dropped = dropped + behind;
    this.#notice.lost(behind);
    this.#notice.tell();
    this.#hand.taken();
    this.#become('closed');
    const { stats } = this;
    const closing = Promise.resolve().then(() => this.sink.close?.(stats));
    // Where the lines took all the time there is still a moment for an orderly end.
    await withDeadline(closing, Math.max(100, end - performance.now())).catch(() => undefined);
    return stats;
  }

  async #run(): Promise<void> {
    // Lines of the boot are there already; whoever made us has not returned yet.
    await this.#gather(performance.now() + this.#delayMs);
    for (;;) {
      const isUpToDate = this.#look();
      if (this.#hand.size === 0) {
        if (this.#isClosing && isUpToDate) return;
        await this.source.waitAfter(this.#cursor, { signal: this.#wake.signal, timeoutMs: IDLE_MS });
        // What is logged together is read together, and a filter that drops all does not keep the process.
        await setImmediate();
        await this.#gather(performance.now() + this.#delayMs);
      } else {
        await this.#deliver();
        if (this.#abort.signal.aborted) return;
        await this.#gather(Math.max(this.#retryAt, this.#triedAt + this.#delayMs));
      }
    }
  }

  /** Waits, and looks at the ring meanwhile, until it is time, or the hand is full and nothing keeps it. */
  async #gather(until: number): Promise<void> {
    for (const start = performance.now(); ;) {
      const end = this.#isClosing ? Math.min(until, start + CLOSING_PAUSE_MS) : until;
      const left = end - performance.now();
      const isReady = this.#state !== 'failing' && (this.#isClosing || !this.#hand.room);
      if (left <= 0 || isReady || this.#abort.signal.aborted) return;
      const { signal } = this.#isClosing ? this.#abort : this.#wake;
      await sleep(Math.min(left, LOOK_EVERY_MS), undefined, { ref: false, signal }).catch(() => undefined);
      if (!this.sink.immediate) this.#look();
    }
  }

  /** Takes into the hand what there is, as far as there is room; true when there was no more. */
  #look(): boolean {
    const end = performance.now() + (this.sink.immediate ? Infinity : LOOK_MS);
    for (let room = this.#hand.room; room && performance.now() < end; room = this.#hand.room) {
      const batch = this.source.read({ after: this.#cursor, ...room, filter: this.options.filter });
      if (batch.next === this.#cursor) return true;
      // What is missing is told with what comes after it: not in the middle of a batch.
      if (batch.gap && this.#hand.size > 0) return false;
      const missed = batch.gap?.missed ?? 0;
      const passed = batch.gap?.missed === null ? batch.size : idOf(batch.next) - idOf(this.#cursor);
      this.#cursor = batch.next;
      this.#dropped += missed;
      this.#filtered += passed - missed - batch.size;
      this.#hand.add(batch);
      this.#notice.lost(missed);
    }
    return false;
  }

  async #deliver(): Promise<void> {
    if (this.sink.immediate) {
      this.flush();
      return;
    }
    const batch = this.#hand.batch();
    const write = new AbortController();
    const stop = (): void => write.abort();
    const timer = setTimeout(stop, this.options.timeoutMs ?? WRITE_TIMEOUT_MS).unref();
    this.#abort.signal.addEventListener('abort', stop);
    // However long it takes: what the filter wants is not left to the ring, which may be turning over.
    const looking = setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
    this.#triedAt = performance.now();
    try {
      await Promise.race([this.sink.write(batch, write.signal), aborted(write.signal)]);
      this.#took(batch.size);
    } catch (error) {
      this.#failed(error, batch);
    } finally {
      clearTimeout(timer);
      clearInterval(looking);
      this.#abort.signal.removeEventListener('abort', stop);
    }
  }

  #writeNow(): boolean {
    const batch = this.#hand.batch();
    this.#triedAt = performance.now();
    try {
      const late = this.sink.write(batch, this.#abort.signal);
      if (late) {
        late.catch(() => undefined);
        throw new Error('It is immediate, and its write returned a promise');
      }
      this.#took(batch.size);
      return true;
    } catch (error) {
      this.#failed(error, batch);
      return false;
    }
  }

  #took(count: number): void {
    // What was given up is counted already.
    if (this.#abort.signal.aborted) return;
    this.#written += count;
    this.#hand.taken(count);
    this.#pauseMs = this.#retryAt = 0;
    if (this.#state === 'failing') this.#become('up');
  }

  #failed(error: unknown, batch?: LogBatch): void {
    if (this.#abort.signal.aborted) return;
    const part = writtenOf(error);
    if (batch && part > 0 && part <= batch.size) {
      this.#written += part;
      this.#hand.taken(part);
    }
    this.#pauseMs = nextPause(this.#pauseMs);
    this.#retryAt = performance.now() + this.#pauseMs;
    this.#error = threwText(error).replace(/^\[Threw: (.*)\]$/s, '$1');
    if (this.#state !== 'failing') this.#become('failing');
    this.#notice.failed(this.#error);
  }

  #become(state: SinkStats['state']): void {
    this.#state = state;
    this.#since = new Date().toISOString();
  }

  #newest(): Cursor {
    return this.source.read({ limit: 0 }).next;
  }
}

function idOf(cursor: Cursor): number {
  return parseCursor(cursor)?.id ?? 0;
}

/** How much of a batch was taken before it failed; by name, for classes may not be shared. */
function writtenOf(error: unknown): number {
  const { name, written } = (error ?? {}) as { name?: unknown; written?: unknown };
  return name === 'PartlyWrittenError' && Number.isInteger(written) ? (written as number) : 0;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(new Error('It took too long'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

async function withDeadline<T>(promise: Promise<T>, ms: number): Promise<T> {
  const stop = new AbortController();
  const late = sleep(ms, undefined, { signal: stop.signal }).then(() => {
    throw new Error('It took too long');
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    stop.abort();
    late.catch(() => undefined);
  }
}
