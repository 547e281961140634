import { type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { type Cursor } from '../domain/cursor.js';
import { type OperationSource } from '../domain/log-operations.js';
import { follow } from '../reading/follow.js';
import { closeAfterFinish } from './close-after-finish.js';
import { cutOff } from './cut-off.js';
import { UNHELD, type TailFormat } from './live-format.js';
import { FAREWELL_MS, STALLED_MS } from './live-response.js';
import { type OpenStream, type OpenStreams } from './open-streams.js';
import { nextTick } from './pace.js';

/** What a viewer who is slower than the operation has waiting at most, beside what the socket holds. */
const WAITING_BYTES = 64 * 1024;

/**
 * The lines of an operation as a stream of text: from the oldest that is held until it is over, and then its outcome. It
 * is read as fast as it is taken. What a handler of the host answers with: piped into a response it sets the headers that
 * let it through at once, and ends with it. The operation knows nothing of it.
 */
export class GrowingText extends Readable implements OpenStream {
  readonly kind = 'streams';
  readonly #abort = new AbortController();
  readonly #texts: AsyncGenerator<Uint8Array | string, void, void>;
  #response: ServerResponse | undefined;
  #stalled: NodeJS.Timeout | undefined;

  constructor(
    operation: OperationSource,
    readonly format: TailFormat,
    private readonly open: OpenStreams,
  ) {
    super({ highWaterMark: WAITING_BYTES });
    this.#texts = textsOf(operation, format, this.#abort.signal);
  }

  override _read(): void {
    clearTimeout(this.#stalled);
    this.#texts.next().then(
      ({ done, value }) => {
        if (!this.push(done ? null : value) && !done)
          this.#stalled = setTimeout(() => this.#giveUp(), STALLED_MS).unref();
      },
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#stalled);
    this.#abort.abort();
    void this.#texts.return();
    done(error);
  }

  override pipe<T extends NodeJS.WritableStream>(destination: T, options?: { end?: boolean }): T {
    if (isResponse(destination)) this.#answer(destination);
    const piped = super.pipe(destination, options);
    if (isResponse(destination)) destination.flushHeaders();
    return piped;
  }

  /** The shutdown: the operation is over by then, and so is its text, but for a viewer who does not take it. */
  end(): void {
    setTimeout(() => this.#giveUp(), FAREWELL_MS).unref();
  }

  #answer(response: ServerResponse): void {
    this.#response = response;
    this.once('close', this.open.hold(this));
    response.once('close', () => this.destroy());
    closeAfterFinish(response);
    if (response.headersSent) return;
    const { 'Content-Type': type, ...headers } = this.format.headers;
    const all = { ...UNHELD, 'X-Content-Type-Options': 'nosniff', ...headers };
    for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
    if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', type);
  }

  #giveUp(): void {
    if (this.#response && !this.#response.writableFinished) cutOff(this.#response);
    this.destroy();
  }
}

async function* textsOf(
  operation: OperationSource,
  format: TailFormat,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array | string, void, void> {
  if (format.head !== '') yield format.head;
  for await (const batch of follow(operation, { after: '0' as Cursor, signal })) {
    if (batch.size > 0 || batch.gap) yield format.batch(batch);
    if (!batch.more && !signal.aborted) await nextTick();
  }
  if (!signal.aborted) yield format.outcome(operation.summary) + format.foot;
}

function isResponse(destination: object): destination is ServerResponse {
  return 'flushHeaders' in destination && 'setHeader' in destination;
}
