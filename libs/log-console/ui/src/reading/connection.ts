import { type Api } from './api.js';
import { guarded, type ConnectionEvents } from './connection-events.js';
import { type ConnectionKind, type ConnectionState } from './connection-state.js';
import { Reader } from './reader.js';
import { Refused } from './refused.js';
import { type Batch } from './wire.js';

/** A tab in the background gives its stream back after so long. */
const REST_AFTER_MS = 30_000;
/** A reconnection that takes no longer is not worth a word. */
const UNSAID_MS = 500;

/** One source, and who is told about it. */
export interface ConnectionOptions {
  readonly api: Api;
  /** Where the source is, relative to where the console is mounted: `api/`, `api/files/x/`. */
  readonly path: string;
  /** How many entries are read first. */
  readonly backlog: number;
  readonly events: ConnectionEvents;
  /** What every question begins with, to read only a part: `operation=x&`. */
  readonly only?: string | undefined;
  /** Whether the source has ended, for where no stream can say so. */
  readonly isOver?: (signal: AbortSignal) => Promise<boolean>;
}

/** Keeps a page supplied with the entries of one source, whatever happens in between. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #reader: Reader;
  #state: ConnectionState = { kind: 'connecting', since: Date.now() };
  /** From start to stop. */
  #life: AbortController | undefined;
  /** While it reads: not while it rests, or waits for somebody to act. */
  #reading: AbortController | undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #lostTimer: ReturnType<typeof setTimeout> | undefined;
  #isHidden = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#events = guarded(options.events);
    this.#reader = new Reader({
      ...options,
      events: this.#events,
      say: (kind, more) => {
        clearTimeout(this.#lostTimer);
        if (kind !== 'reconnecting') this.#say(kind, more);
        else this.#lostTimer = setTimeout(() => this.#say('lost'), UNSAID_MS);
      },
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Begins, or tries again where it waits for somebody to act; rests instead in a tab that is hidden from the first. */
  start(): void {
    const isNew = !this.#life;
    this.#life ??= this.#begun();
    if (isNew && this.#isHidden) this.#say('resting');
    else this.#read();
  }

  /** Ends everything; {@link start} goes on from the same place. */
  stop(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#endReading();
    clearTimeout(this.#restTimer);
  }

  /** Tries now instead of waiting. */
  retry(): void {
    if (!this.#life || this.#state.kind === 'resting') return;
    if (this.#reading) this.#reader.retry();
    else this.#read();
  }

  /** The tab went to the background, or came back: it rests after 30 s there. */
  hidden(isHidden: boolean): void {
    this.#isHidden = isHidden;
    clearTimeout(this.#restTimer);
    if (isHidden) this.#restTimer = setTimeout(() => this.#rest(), REST_AFTER_MS);
    else if (this.#life && this.#state.kind === 'resting') this.#read();
  }

  /** Older entries than this cursor, `limit` at most. */
  older(before: string, limit: number): Promise<Batch> {
    return this.#ask('GET', { before, limit: String(limit) });
  }

  /** Entries after a cursor, `limit` at most. */
  between(after: string, limit: number): Promise<Batch> {
    return this.#ask('GET', { after, limit: String(limit) });
  }

  /** Clears up to this cursor for everyone. */
  clear(upTo: string): Promise<{ cleared: number; upTo: string }> {
    return this.#ask('DELETE', { upTo });
  }

  #begun(): AbortController {
    const life = new AbortController();
    const page = globalThis as Partial<Pick<Window, 'addEventListener'>>;
    // Where it waits for somebody to act, a form may be half filled in.
    page.addEventListener?.('online', () => this.#reading && this.#reader.retry(), { signal: life.signal });
    return life;
  }

  #read(): void {
    if (this.#reading) return;
    const reading = new AbortController();
    this.#reading = reading;
    this.#say('connecting');
    void this.#reader.run(reading.signal).then((halted) => {
      if (this.#reading !== reading) return;
      this.#endReading();
      if (halted) this.#say(halted);
    });
  }

  #endReading(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    clearTimeout(this.#lostTimer);
  }

  #rest(): void {
    if (!this.#reading) return;
    this.#endReading();
    this.#say('resting');
  }

  #say(kind: ConnectionKind, more: Pick<ConnectionState, 'retryAt' | 'because'> = {}): void {
    clearTimeout(this.#lostTimer);
    const { since, ...known } = this.#state;
    if (known.kind === kind && known.retryAt === more.retryAt && known.because === more.because) return;
    this.#state = { kind, since: known.kind === kind ? since : Date.now(), ...more };
    this.#events.state(this.#state);
  }

  async #ask<T>(method: string, query: Record<string, string>): Promise<T> {
    const { api, path, only = '' } = this.#options;
    const { signal } = this.#life ?? {};
    try {
      return await api.json<T>(method, `${path}entries?${only}${String(new URLSearchParams(query))}`, {
        signal,
      });
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        this.#endReading();
        this.#say('signed-out');
      }
      throw error;
    }
  }
}
