import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { streamEvents, type StreamEvent } from './stream-events.js';

const TEXT =
  'retry: 2000\nevent: hello\nid: e-1\ndata: {"epoch":"e"}\n\n: comment\n\nid: e-2\ndata: {"entries":["Größe 😀"]}\n\n' +
  'event: ping\nid: e-2\ndata: {"time"\n\nevent: later\r\ndata: [1]\r\n\r\nid: e-3\ndata: {"cut":';
const EVENTS: StreamEvent[] = [
  { event: 'hello', id: 'e-1', data: { epoch: 'e' } },
  { event: 'message', id: 'e-2', data: { entries: ['Größe 😀'] } },
  { event: 'malformed' },
  { event: 'later', id: undefined, data: [1] },
];

const streamOf = (pieces: Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull: (control) => {
      const piece = pieces.shift();
      if (piece) control.enqueue(piece);
      else control.close();
    },
  });

async function read(body: ReadableStream<Uint8Array>): Promise<{ events: StreamEvent[]; heard: number }> {
  const result = { events: [] as StreamEvent[], heard: 0 };
  const watchdog = { heard: () => result.heard++ };
  for await (const event of streamEvents(new Response(body), new AbortController().signal, watchdog)) {
    result.events.push(event);
  }
  return result;
}

describe('The events of a stream', () => {
  test('are the same however the network cuts them', async () => {
    const bytes = new TextEncoder().encode(TEXT);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
        const at = [0, ...cuts.sort((one, other) => one - other), bytes.length];
        const pieces = at.slice(1).map((end, index) => bytes.slice(at[index], end));
        const { length } = pieces;
        const { events, heard } = await read(streamOf(pieces));
        expect(events).toEqual(EVENTS);
        expect(heard).toBe(length);
      }),
    );
  });

  test('an answer without a body has none', async () => {
    const signal = new AbortController().signal;
    const all = streamEvents(new Response(null), signal, { heard: () => undefined });
    await expect(all.next()).resolves.toEqual({ done: true, value: undefined });
  });

  test('who stops reading lets go of the connection', async () => {
    let reason: unknown = 'open';
    const body = new ReadableStream<Uint8Array>({
      start: (control) => control.enqueue(new TextEncoder().encode('data: 1\n\n')),
      cancel: (why) => void (reason = why),
    });
    const signal = new AbortController().signal;
    for await (const _event of streamEvents(new Response(body), signal, { heard: () => undefined })) break;
    expect(reason).toBeUndefined();
  });

  test.each([
    ['says nothing', () => undefined],
    [
      'breaks with an error of its own',
      (control: ReadableStreamDefaultController) => control.error(new Error('Broken.')),
    ],
  ])('an abort is told with its reason, when the stream %s', async (_name, onAbort) => {
    const abort = new AbortController();
    let control: ReadableStreamDefaultController | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (control = given) });
    abort.signal.addEventListener('abort', () => onAbort(control!));
    const next = streamEvents(new Response(body), abort.signal, { heard: () => undefined }).next();
    await Promise.resolve();
    abort.abort(new Error('Too long.'));
    await expect(next).rejects.toThrow('Too long.');
  });
});
