import { type ServerResponse } from 'node:http';
import { type StreamAccount } from '../access/audit-event.js';
import { type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogFilter } from '../domain/log-filter.js';
import { summaryOf } from '../domain/log-operations.js';
import { type LogSource, type SourceEvent } from '../domain/log-source.js';
import { awaitNextEpoch } from '../reading/await-next-epoch.js';
import { follow } from '../reading/follow.js';
import { cutOff } from './cut-off.js';
import { type ByeReason, type LiveFormat } from './live-format.js';
import { type OpenStream } from './open-streams.js';
import { nextTick } from './pace.js';
import { PingSchedule } from './ping-schedule.js';

/** A client that takes nothing for so long is ended. */
export const STALLED_MS = 30_000;
/** What a shutdown leaves a reader to take the last lines. */
export const FAREWELL_MS = 500;
const TAKEN_EVERY_MS = 5;

/** What is followed, from where, and how it is written. */
export interface LiveRequest {
  readonly source: LogSource;
  readonly format: LiveFormat;
  /** Where the reader starts: the id of events before the first batch. */
  readonly place: Cursor;
  /** Where reading starts: the same place, or a cursor that will be answered with a gap. */
  readonly after: Cursor;
  readonly filter?: LogFilter | undefined;
  /** False: ends after the newest. */
  readonly keepsFollowing: boolean;
  /** The cursor of the newest entry, for pings. */
  readonly newest: () => Cursor | Promise<Cursor>;
}

/**
 * One paced writer onto one response, for `stream` and `tail` alike. At most one batch is in flight: the next is read
 * when the socket has taken the last, so nothing queues for a slow client, and the log never waits for one.
 */
export class LiveResponse implements OpenStream {
  readonly kind = 'streams';
  readonly #raw: ServerResponse;
  readonly #abort = new AbortController();
  readonly #late = new Map<string, SourceEvent>();
  #place: Cursor;
  #ending: ByeReason | undefined;
  #waitingForDrain = false;
  #delivered = 0;
  #missed: number | null = 0;

  constructor(
    raw: ServerResponse,
    readonly request: LiveRequest,
  ) {
    this.#raw = raw;
    this.#place = request.place;
  }

  /** What was handed to the connection so far; exact once the connection or the answer is over. */
  get account(): StreamAccount {
    return { delivered: this.#delivered, missed: this.#missed, reason: this.#ending ?? 'left' };
  }

  /** Writes until the client leaves or {@link end} is called; resolves when the last byte was handed to the socket. */
  async run(hello?: string): Promise<void> {
    const onClose = (): void => this.#abort.abort();
    this.#raw.once('close', onClose);
    const stopListening = this.request.source.onEvent?.((event) => this.#tell(event));
    try {
      if (this.#isGone) return;
      if (hello !== undefined) this.#raw.write(hello);
      await this.#follow();
      if (!this.#ending && !this.#abort.signal.aborted && (await this.#isFinished())) this.end('finished');
      if (this.#ending && !this.#raw.destroyed) await this.#sayBye(this.#ending);
    } finally {
      stopListening?.();
      this.#raw.off('close', onClose);
      this.#abort.abort();
    }
  }

  /** Ends it: after what was logged so far, the reader is told why. */
  end(reason: ByeReason): void {
    // It is about to end, and has more time for it than is left now.
    if (this.#ending === 'finished') setTimeout(() => cutOff(this.#raw), FAREWELL_MS).unref();
    this.#ending ??= reason;
    this.#abort.abort();
  }

  /** The client left: nothing more is written. */
  leave(): void {
    this.#abort.abort();
  }

  /** Also one that somebody else has ended: to write to it would end the process. */
  get #isGone(): boolean {
    return this.#raw.destroyed || this.#raw.writableEnded;
  }

  async #follow(): Promise<void> {
    const { source, format, after, filter, keepsFollowing, newest } = this.request;
    const pings = new PingSchedule();
    const { signal } = this.#abort;
    const idleMs = (): number => (format.ping ? pings.untilNext() : 10_000);
    for await (const batch of follow(source, {
      after,
      filter,
      signal,
      idleMs: keepsFollowing ? idleMs : 0,
    })) {
      this.#place = batch.next;
      if (batch.size > 0 || batch.gap) await this.#write(this.#handed(batch));
      if (signal.aborted) return;
      if (!keepsFollowing && !batch.more && !(await awaitNextEpoch(source, batch.next, signal))) return;
      if (format.ping && pings.untilNext() === 0) {
        pings.sent();
        await this.#write(format.ping(this.#place, await newest()));
      }
      // While more waits, the next may follow as soon as the response has drained.
      if (!batch.more && !signal.aborted) await nextTick();
    }
  }

  async #sayBye(reason: ByeReason): Promise<void> {
    const { source, filter } = this.request;
    if (reason === 'slow') {
      this.#reset(reason);
      return;
    }
    const until = performance.now() + (reason === 'finished' ? STALLED_MS : FAREWELL_MS);
    // What was logged so far, but not for ever: others go on logging while this ends.
    for (let turn = 0, more = reason === 'shutdown'; more && turn < 100; turn++) {
      const batch = await source.read({ after: this.#place, limit: 1000, maxBytes: 256 * 1024, filter });
      more = batch.more && performance.now() < until;
      this.#place = batch.next;
      if ((batch.size > 0 || batch.gap) && !(await this.#writeWithin(this.#handed(batch), until))) {
        this.#reset(reason);
        return;
      }
    }
    // An operation that the shutdown itself has ended is over as any other.
    if (reason === 'shutdown' && (await this.#isFinished())) reason = 'finished';
    const words = this.#lastWords(reason);
    if (words !== '' && !(await this.#writeWithin(words, until))) this.#reset(reason);
    else await this.#taken(reason, until);
  }

  /** Whether there is nothing after this place, and never will be. */
  async #isFinished(): Promise<boolean> {
    const { source, filter } = this.request;
    if (!source.isFinished?.()) return false;
    return (await source.read({ after: this.#place, limit: 1, filter })).next === this.#place;
  }

  /** What became of an operation, and why nothing more comes. */
  #lastWords(reason: ByeReason): string {
    const { source, format } = this.request;
    const operation = reason === 'finished' ? summaryOf(source) : undefined;
    return [
      operation && format.event?.({ event: 'operation', data: operation }, this.#place),
      operation && format.outcome?.(operation),
      format.bye?.(reason, this.#place),
    ].join('');
  }

  /** Waits until the socket took it all: a server that closes cuts off what still waits in the process. */
  async #taken(reason: ByeReason, until: number): Promise<void> {
    while (this.#raw.writableLength > 0 && !this.#raw.destroyed) {
      if (performance.now() >= until) {
        this.#reset(reason);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, TAKEN_EVERY_MS));
    }
  }

  /** A batch as it is written, which is at once. */
  #handed(batch: LogBatch): Uint8Array {
    if (!this.#isGone) {
      this.#delivered += batch.size;
      const { missed } = batch.gap ?? { missed: 0 };
      this.#missed = this.#missed === null || missed === null ? null : this.#missed + missed;
    }
    return this.request.format.batch(batch);
  }

  #reset(reason: ByeReason): void {
    if (reason === 'slow' && !this.#isGone)
      this.#raw.write(this.request.format.bye?.(reason, this.#place) ?? '');
    cutOff(this.#raw);
  }

  async #write(chunk: Uint8Array | string): Promise<void> {
    if (await this.#writeWithin(chunk, performance.now() + STALLED_MS)) return;
    if (!this.#raw.destroyed && !this.#abort.signal.aborted) this.end('slow');
  }

  /** Writes and waits until the socket took it; false when it did not by then, or the client left. */
  async #writeWithin(chunk: Uint8Array | string, until: number): Promise<boolean> {
    if (this.#isGone) return false;
    if (!this.#raw.write(chunk) && !(await this.#drained(until))) return false;
    this.#tellLate();
    return true;
  }

  #drained(until: number): Promise<boolean> {
    this.#waitingForDrain = true;
    return new Promise((resolve) => {
      const raw = this.#raw;
      const { signal } = this.#abort;
      const settle = (drained: boolean) => (): void => {
        clearTimeout(timer);
        raw.off('drain', onDrain).off('close', onGone);
        signal.removeEventListener('abort', onGone);
        this.#waitingForDrain = false;
        resolve(drained);
      };
      const onDrain = settle(true);
      const onGone = settle(false);
      const timer = setTimeout(onGone, Math.max(0, until - performance.now()));
      raw.once('drain', onDrain).once('close', onGone);
      // While saying bye the signal has already spoken.
      if (!signal.aborted) signal.addEventListener('abort', onGone);
    });
  }

  /** An event is written at once; for a client that takes nothing only the last of each kind is kept. */
  #tell(event: SourceEvent): void {
    const { format } = this.request;
    // What became of an operation is told after its last line.
    if (event.event === 'operation' && event.data.state !== 'running') return;
    if (!format.event || this.#abort.signal.aborted || this.#isGone) return;
    if (this.#waitingForDrain || this.#raw.writableNeedDrain) this.#late.set(event.event, event);
    else this.#raw.write(format.event(event, this.#place));
  }

  #tellLate(): void {
    const events = [...this.#late.values()];
    this.#late.clear();
    for (const event of events) this.#tell(event);
  }
}
