import { type ConnectionEvents } from './connection-events.js';
import { KnownEpochs } from './known-epochs.js';
import { type StreamEvent } from './stream-events.js';
import {
  type Batch,
  type Cleared,
  type FileHappening,
  type Hello,
  type Operation,
  type StoreState,
} from './wire.js';

/** What has been read of the source: tells it, and knows where reading goes on. */
export class Inbox {
  readonly #events: ConnectionEvents;
  readonly #epochs = new KnownEpochs();
  #place: string | undefined;
  #isDegraded = false;
  /** Of the store, as it was told last. */
  #state: string | undefined = 'up';

  constructor(
    events: ConnectionEvents,
    /** What every question begins with: `operation=x&`. */
    readonly only = '',
  ) {
    this.#events = events;
  }

  get isEmpty(): boolean {
    return this.#place === undefined;
  }

  /** What to ask for next: the newest `limit` entries first, then what comes after those that were read. */
  query(limit: number): string {
    const { only } = this;
    return this.#place === undefined
      ? `${only}limit=${limit}`
      : `${only}after=${encodeURIComponent(this.#place)}`;
  }

  /** An event of the stream. Its id is the place reached with it. */
  take({ event, id, data }: StreamEvent): void {
    if (event === 'message') this.#receive(data as Batch);
    else if (id) this.#place = id;
    if (event === 'hello') {
      this.#events.hello(data as Hello);
      this.#state = (data as Hello).store?.state;
    }
    if (event === 'store') {
      this.#events.store(data as StoreState);
      this.#state = (data as StoreState).state;
    }
    if (event === 'cleared') this.#events.cleared(data as Cleared);
    if (event === 'operation') this.#events.operation(data as Operation);
    if (event === 'file') this.#events.file(data as FileHappening);
  }

  /** The answer to a poll; false when another server answers than before, so that reading on at once would lead nowhere. */
  receive(batch: Batch): boolean {
    const state = batch.degraded ? 'degraded' : 'up';
    // What a stream says by an event of its own.
    if (state !== this.#state) this.#events.store({ state });
    this.#state = state;
    return this.#receive(batch);
  }

  #receive(given: Batch): boolean {
    const { batch, isBack } = this.#epochs.note(given);
    const wasDegraded = this.#isDegraded;
    this.#isDegraded = batch.degraded ?? false;
    this.#place = batch.next;
    // While a shared store is away the server answers from its own memory.
    if (isBack && !wasDegraded && !this.#isDegraded) this.#events.severalServers();
    const isNews = batch.entries.length > 0 || wasDegraded !== this.#isDegraded || (batch.gap && !isBack);
    if (isNews) this.#events.batch(batch);
    return !isBack;
  }
}
