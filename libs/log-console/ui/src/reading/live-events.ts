import { type Api } from './api.js';
import { childOf } from './child-of.js';
import { type ConnectionState } from './connection-state.js';
import { Refused } from './refused.js';
import { streamEvents, type StreamEvent } from './stream-events.js';
import { Watchdog } from './watchdog.js';
import { type Hello } from './wire.js';

/** The server pings after 1, 2, 3, 5 and 7 s: a shorter silence than later shows that something holds the stream back. */
const FIRST = { lastsMs: 10_000, silenceMs: 3000 };

/** The stream does not come through, but polling may. */
export class HeldBack extends Error {
  override readonly name = 'HeldBack';

  constructor(
    readonly because: NonNullable<ConnectionState['because']>,
    readonly retryAfterMs?: number,
  ) {
    super(because);
  }
}

/**
 * The events of one live connection, `hello` first, until it is cut. Throws {@link HeldBack} when it is silent, garbled
 * or not ours, and {@link Refused} for what polling would not better.
 */
export async function* liveEvents(
  api: Api,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void, void> {
  const attempt = childOf(signal);
  const startedAt = performance.now();
  let pingMs = FIRST.silenceMs;
  let isGreeted = false;
  const watchdog = new Watchdog(
    () => (performance.now() - startedAt < FIRST.lastsMs ? FIRST.silenceMs : 2.5 * pingMs),
    () => attempt.abort(new HeldBack('held-back')),
  );
  try {
    const response = await api.open(path, { signal: attempt.signal });
    for await (const event of streamEvents(response, attempt.signal, watchdog)) {
      if (event.event === 'hello') {
        isGreeted = true;
        pingMs = (event.data as Hello).pingSeconds * 1000;
      }
      // What came in a garbled event must not be passed over in silence: polling brings it.
      if (!isGreeted || event.event === 'malformed') throw new HeldBack('held-back');
      yield event;
    }
    if (!isGreeted) throw new HeldBack('held-back');
  } catch (error) {
    if (signal.aborted || error instanceof HeldBack) throw error;
    if (error instanceof Refused && [204, 401, 403, 404, 429].includes(error.status)) throw error;
    if (error instanceof Refused && error.status === 503) throw new HeldBack('busy', error.retryAfterMs);
    if (!isGreeted) throw new HeldBack('held-back');
  } finally {
    watchdog.stop();
    attempt.abort();
  }
}
