import { createParser } from 'eventsource-parser';

/** One event of the stream; `malformed`: one whose data is no JSON. */
export interface StreamEvent {
  readonly event: string;
  readonly id?: string | undefined;
  readonly data?: unknown;
}

/**
 * The events of a stream, until it ends. `heard` is called at every piece that arrives. Throws what the signal was
 * aborted with, or what broke the stream.
 */
export async function* streamEvents(
  response: Response,
  signal: AbortSignal,
  watchdog: { heard(): void },
): AsyncGenerator<StreamEvent, void, void> {
  const reader = response.body?.getReader();
  const events: StreamEvent[] = [];
  const parser = createParser({
    onEvent: ({ event = 'message', id, data }) => events.push(eventOf(event, id, data)),
  });
  const cancel = (): void => void reader?.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const piece = await reader?.read();
      signal.throwIfAborted();
      if (!piece || piece.done) return;
      watchdog.heard();
      parser.feed(decoder.decode(piece.value, { stream: true }));
      yield* events.splice(0);
    }
  } catch (error) {
    // Browsers differ in what a reader is told of an abort.
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

function eventOf(event: string, id: string | undefined, text: string): StreamEvent {
  try {
    return { event, id, data: JSON.parse(text) as unknown };
  } catch {
    return { event: 'malformed' };
  }
}
