import { type ConnectionEvents } from './connection-events.js';
import { KnownEpochs } from './known-epochs.js';
import { type StreamEvent } from './stream-events.js';
import { type Batch, type Cleared, type FileHappening, type Hello, type Operation } from './wire.js';

/** What has been read of the source: tells it, and knows where reading goes on. */
export class Inbox {
  readonly #events: ConnectionEvents;
  readonly #epochs = new KnownEpochs();
  #place: string | undefined;
  #isDegraded = false;

  constructor(events: ConnectionEvents) {
    this.#events = events;
  }

  get isEmpty(): boolean {
    return this.#place === undefined;
  }

  /** What to ask for next: the newest `limit` entries first, then what comes after those that were read. */
  query(limit: number): string {
    return this.#place === undefined ? `limit=${limit}` : `after=${encodeURIComponent(this.#place)}`;
  }

  /** An event of the stream. Its id is the place reached with it. */
  take({ event, id, data }: StreamEvent): void {
    if (event === 'message') this.receive(data as Batch);
    else if (id) this.#place = id;
    if (event === 'hello') this.#events.hello(data as Hello);
    if (event === 'cleared') this.#events.cleared(data as Cleared);
    if (event === 'operation') this.#events.operation(data as Operation);
    if (event === 'file') this.#events.file(data as FileHappening);
  }

  /** A batch; false when another server answers than before, so that reading on at once would lead nowhere. */
  receive(given: Batch): boolean {
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
