import { SESSION, type Api } from './api.js';
import { backOffMs } from './back-off.js';
import { type ConnectionEvents } from './connection-events.js';
import { type ConnectionKind, type ConnectionState } from './connection-state.js';
import { Inbox } from './inbox.js';
import { HeldBack, liveEvents } from './live-events.js';
import { Nap } from './nap.js';
import { Polling } from './polling.js';
import { Refused } from './refused.js';
import { type StreamEvent } from './stream-events.js';
import { type Session } from './wire.js';

/** A stream that lived so long was no failure. */
const LIVED_MS = 2000;
/** One that lived so long is opened again without a word. */
const PROVEN_MS = 10_000;
/** A second silence within this time: the network lets streams live only for a while. */
const SILENT_AGAIN_MS = 120_000;
/** After so many streams in a row that were cut at once, polling is better. */
const MAX_CUTS = 5;

/** What the page can do nothing about until somebody acts, or at all. */
type Halted = Extract<ConnectionKind, 'signed-out' | 'forbidden' | 'closed' | 'finished'>;
const HALTED: Readonly<Record<number, Halted>> = {
  204: 'finished',
  401: 'signed-out',
  403: 'forbidden',
  404: 'closed',
};

/** How a stream ended: as streams do (`over`), too early (`cut`), or because the source did (`finished`). */
type End = 'over' | 'cut' | 'finished';

/** What it reads, and whom it tells. */
export interface ReaderOptions {
  readonly api: Api;
  readonly path: string;
  readonly backlog: number;
  readonly events: ConnectionEvents;
  readonly only?: string | undefined;
  readonly isOver?: (signal: AbortSignal) => Promise<boolean>;
  /** How it goes; `reconnecting`: as it went, unless that takes long. */
  readonly say: (
    kind: ConnectionKind | 'reconnecting',
    more?: Pick<ConnectionState, 'retryAt' | 'because'>,
  ) => void;
}

/** Reads one source: by the stream, by polling where that does not come through, again after every failure. */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #nap = new Nap();
  readonly #inbox: Inbox;
  readonly #polling: Polling;
  #because: ConnectionState['because'];
  #failures = 0;
  #silentAt = -Infinity;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#inbox = new Inbox(options.events, options.only);
    const onAnswer = (): void => {
      this.#failures = 0;
      options.say('polling', this.#because && { because: this.#because });
    };
    this.#polling = new Polling({ ...options, inbox: this.#inbox, onAnswer });
  }

  /** Tries now instead of waiting. */
  retry(): void {
    this.#nap.wake();
    this.#polling.retry();
  }

  /** Reads until it is aborted, or the source has ended; resolves with why it cannot go on, where it cannot. */
  async run(signal: AbortSignal): Promise<Halted | undefined> {
    this.#failures = 0;
    while (!signal.aborted) {
      try {
        await this.#askSession(signal);
        const end = await this.#read(signal);
        if (signal.aborted) return undefined;
        if (end === 'finished') return end;
        if (end === 'over') this.#options.say('reconnecting');
        else await this.#waitAfterFailure(signal);
      } catch (error) {
        if (signal.aborted) return undefined;
        const { status, retryAfterMs } = error instanceof Refused ? error : new Refused(0);
        if (HALTED[status]) return HALTED[status];
        await this.#waitAfterFailure(signal, retryAfterMs);
      }
    }
    return undefined;
  }

  async #askSession(signal: AbortSignal): Promise<void> {
    const { api, events } = this.#options;
    try {
      events.session(await api.json<Session>('GET', SESSION, { signal }));
    } catch (error) {
      // A proxy has nothing to say there while the server is being replaced.
      const wasHere = error instanceof Refused && error.status === 404 && !this.#inbox.isEmpty;
      throw wasHere ? new Refused(0) : error;
    }
  }

  async #waitAfterFailure(signal: AbortSignal, retryAfterMs?: number): Promise<void> {
    const ms = backOffMs(++this.#failures, retryAfterMs);
    this.#options.say('lost', { retryAt: Date.now() + ms });
    await this.#nap.sleep(ms, signal);
    if (!signal.aborted) this.#options.say('lost');
  }

  async #read(signal: AbortSignal): Promise<End> {
    while (!signal.aborted) {
      if (!this.#polling.isDue) {
        const openedAt = performance.now();
        try {
          return await this.#stream(signal);
        } catch (error) {
          if (signal.aborted || !(error instanceof HeldBack)) throw error;
          this.#because = error.because;
          this.#polling.streamAfter(this.#pauseAfter(error, performance.now() - openedAt));
        }
      }
      await this.#polling.run(signal);
    }
    return 'over';
  }

  /** A stream that was silent after it had lived is tried again at once: perhaps the machine slept. */
  #pauseAfter({ retryAfterMs }: HeldBack, livedMs: number): number | undefined {
    if (livedMs < PROVEN_MS) return retryAfterMs;
    const isAgain = performance.now() - this.#silentAt < SILENT_AGAIN_MS;
    this.#silentAt = performance.now();
    return isAgain ? undefined : 0;
  }

  async #stream(signal: AbortSignal): Promise<End> {
    const { api, path, backlog, say } = this.#options;
    let isBye = false;
    let helloAt = performance.now();
    for await (const event of liveEvents(api, `${path}stream?${this.#inbox.query(backlog)}`, signal)) {
      if (signal.aborted) return 'over';
      this.#inbox.take(event);
      if (event.event === 'hello') {
        helloAt = performance.now();
        say('live');
      }
      if (event.event === 'bye') {
        const end = endOf(event);
        if (end === 'finished') return end;
        isBye = true;
        break;
      }
    }
    const livedMs = performance.now() - helloAt;
    if (livedMs >= LIVED_MS) this.#failures = 0;
    else if (!isBye && this.#failures >= MAX_CUTS) throw new HeldBack('held-back');
    if (!isBye || this.#failures > 0) return livedMs >= PROVEN_MS ? 'over' : 'cut';
    // Once at once: one that says so again and again is asked less and less often.
    if (livedMs < LIVED_MS) this.#failures++;
    return 'over';
  }
}

function endOf({ data }: StreamEvent): End {
  const { reason } = data as { reason?: string };
  if (reason === 'signed-out') throw new Refused(401);
  if (reason === 'forbidden') throw new Refused(403);
  return reason === 'finished' ? 'finished' : 'over';
}
