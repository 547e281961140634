import { type LogBatch, type LogEntry } from 'nestjs-log-console';
import { bearer, OPERATOR } from '../access/people.js';
import { EventReader, type StreamEvent } from '../reading/event-reader.js';
import { eventually, idOf } from '../reading/log-host.js';

const RETRY_MS = 5;

/** A client that comes back by itself whenever its connection is gone, with the id of the last whole event. */
export class ReturningReader {
  /** How often it was let in. */
  connections = 0;
  #current: EventReader | undefined;
  readonly #earlier: StreamEvent[] = [];
  #isClosed = false;

  /** @param place where it starts: the cursor of an earlier visit */
  constructor(
    readonly url: string,
    readonly place: string,
  ) {
    void this.#run();
  }

  /** Every whole event, of all connections. */
  get events(): readonly StreamEvent[] {
    return [...this.#earlier, ...(this.#current?.events ?? [])];
  }

  get batches(): LogBatch[] {
    const messages = this.events.filter(({ event }) => event === 'message');
    return messages.map(({ data }) => data as unknown as LogBatch);
  }

  get entries(): LogEntry[] {
    return this.batches.flatMap(({ entries }) => entries);
  }

  /** The place it has reached. */
  get reached(): string {
    // Every event has one.
    return (this.#current?.events.at(-1) ?? this.#earlier.at(-1))?.id ?? this.place;
  }

  /** Resolves when it has read everything up to this cursor. */
  upTo(cursor: string, seconds = 20): Promise<void> {
    return eventually(() => idOf(this.reached) >= idOf(cursor), seconds);
  }

  /** Leaves, and comes back. */
  drop(): void {
    this.#current?.close();
  }

  close(): void {
    this.#isClosed = true;
    this.drop();
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        const headers = { ...bearer(OPERATOR), 'last-event-id': this.reached };
        const reader = await EventReader.open(this.url, headers);
        if (reader.status === 200) this.connections++;
        this.#current = reader;
        if (this.#isClosed) reader.close();
        await reader.ended;
        this.#earlier.push(...reader.events);
        this.#current = undefined;
      } catch {
        // Cut off before it was answered.
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
