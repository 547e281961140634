import { type Api } from './api.js';
import { childOf } from './child-of.js';
import { HeldBack, liveEvents } from './live-events.js';
import { type Inbox } from './inbox.js';
import { Nap } from './nap.js';
import { Refused } from './refused.js';
import { type Batch } from './wire.js';

const POLL_EVERY_MS = 1000;
const STREAM_AGAIN_MS = 60_000;
/** A proxy may let the first piece through and hold back the rest: the stream is trusted again after so many pings. */
const PINGS = 2;

/** What is polled, and what is told about it. */
export interface PollingOptions {
  readonly api: Api;
  readonly path: string;
  readonly backlog: number;
  readonly inbox: Inbox;
  /** Asked before each poll: whether the source has ended. A stream says it by itself. */
  readonly isOver?: (signal: AbortSignal) => Promise<boolean>;
  /** The first answer has come. */
  readonly onAnswer: () => void;
}

/** Reads by asking every second, and looks now and then whether the stream comes through again. */
export class Polling {
  readonly #options: PollingOptions;
  readonly #nap = new Nap();
  #streamAt = 0;
  #hasAnswered = false;

  constructor(options: PollingOptions) {
    this.#options = options;
  }

  /** The stream is not to be tried now. */
  get isDue(): boolean {
    return performance.now() < this.#streamAt;
  }

  /** Not before so many milliseconds; 0: now. */
  streamAfter(ms: number | undefined = STREAM_AGAIN_MS): void {
    this.#streamAt = performance.now() + ms;
  }

  /** Tries the stream now. */
  retry(): void {
    this.#nap.wake();
  }

  /** Polls until the stream may be opened; throws what a poll was refused with. */
  async run(signal: AbortSignal): Promise<void> {
    const until = childOf(signal);
    let comesThrough = false;
    this.#hasAnswered = false;
    void this.#streamWorks(until.signal).then((works) => {
      comesThrough = works;
      if (works) this.streamAfter(0);
      until.abort();
    });
    try {
      while (!until.signal.aborted) await this.#once(until.signal);
    } catch (error) {
      if (comesThrough) return;
      // Not only the stream: that may be tried as soon as anything answers.
      if (!this.#hasAnswered) this.streamAfter(0);
      throw error;
    } finally {
      until.abort();
    }
  }

  async #once(signal: AbortSignal): Promise<void> {
    const { api, path, backlog, inbox, isOver, onAnswer } = this.#options;
    const isLast = await isOver?.(signal);
    const batch = await api.json<Batch>('GET', `${path}entries?${inbox.query(backlog)}`, { signal });
    if (signal.aborted) return;
    this.#hasAnswered = true;
    const goesOn = inbox.receive(batch);
    onAnswer();
    if (isLast && !batch.more) throw new Refused(204);
    if (!batch.more || !goesOn) await new Nap().sleep(POLL_EVERY_MS, signal);
  }

  /** Listens beside the polls, so that a stream that still does not come through delays nothing. */
  async #streamWorks(signal: AbortSignal): Promise<boolean> {
    const { api, path } = this.#options;
    while (!signal.aborted) {
      await this.#nap.sleep(this.#streamAt - performance.now(), signal);
      if (signal.aborted) break;
      this.streamAfter();
      try {
        let pings = 0;
        for await (const { event } of liveEvents(api, `${path}stream?limit=0`, signal)) {
          if (event === 'ping') pings++;
          if (pings === PINGS) return true;
        }
      } catch (error) {
        // What it was refused for, the polls tell as well.
        if (error instanceof HeldBack) this.streamAfter(error.retryAfterMs);
      }
    }
    return false;
  }
}
