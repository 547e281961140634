import { get, type IncomingMessage } from 'node:http';
import { type Readable } from 'node:stream';
import { type LogBatch, type LogEntry } from 'nestjs-log-console';
import { bearer, OPERATOR } from '../access/people.js';

/** One event as it came. */
export interface StreamEvent {
  /** `message` for one without a name. */
  readonly event: string;
  readonly id: string | undefined;
  readonly retry: string | undefined;
  readonly data: Record<string, unknown>;
  /** Bytes of the whole event on the wire, its blank line included. */
  readonly bytes: number;
  /** When it came, by the monotonic clock. */
  readonly at: number;
}

/** A client of `GET stream` that shows every byte: it reads by the specification and reconnects never. */
export class EventReader<R extends Readable = IncomingMessage> {
  readonly events: StreamEvent[] = [];
  /** Resolves when the server has ended the stream, or the connection is gone. */
  readonly ended: Promise<void>;
  #text = '';
  #isOver = false;
  readonly #waiting = new Set<() => void>();

  private constructor(
    readonly response: R,
    readonly status: number | undefined,
  ) {
    response.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    this.ended = new Promise((resolve) => {
      const over = (): void => {
        this.#isOver = true;
        resolve();
        this.#wake();
      };
      response.once('close', over).on('error', over);
    });
  }

  static open(url: string, headers: Record<string, string> = bearer(OPERATOR)): Promise<EventReader> {
    return new Promise((resolve, reject) => {
      get(url, { agent: false, headers }, (response) =>
        resolve(new EventReader(response, response.statusCode)),
      ).on('error', reject);
    });
  }

  /** Reads a body that came by another way than plain HTTP/1.1. */
  static over<R extends Readable>(body: R, status?: number): EventReader<R> {
    return new EventReader(body, status);
  }

  /** The batches so far. */
  get batches(): LogBatch[] {
    return this.named('message').map(({ data }) => data as unknown as LogBatch);
  }

  get entries(): LogEntry[] {
    return this.batches.flatMap(({ entries }) => entries);
  }

  get messages(): string[] {
    return this.entries.map(({ message }) => message);
  }

  /** What was told as missed so far. */
  get gaps(): NonNullable<LogBatch['gap']>[] {
    return this.batches.flatMap(({ gap }) => gap ?? []);
  }

  named(name: string): StreamEvent[] {
    return this.events.filter(({ event }) => event === name);
  }

  /** Resolves to the first event of this name, of those already there too; rejects when the stream ends before. */
  async first(name: string): Promise<StreamEvent> {
    await this.until(() => this.named(name).length > 0);
    return this.named(name)[0];
  }

  /** Resolves as soon as this is so; rejects when the stream ends before. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (isSo()) resolve();
        else if (this.#isOver)
          reject(new Error(`The stream ended: ${JSON.stringify(this.events.slice(-3))}`));
        else return;
        this.#waiting.delete(look);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Takes nothing more from the connection, until {@link resume}. */
  pause(): void {
    this.response.pause();
  }

  resume(): void {
    this.response.resume();
  }

  close(): void {
    this.response.destroy();
  }

  #take(text: string): void {
    this.#text += text;
    const at = performance.now();
    for (let end = this.#text.indexOf('\n\n'); end >= 0; end = this.#text.indexOf('\n\n')) {
      const event = parse(this.#text.slice(0, end), at);
      if (event) this.events.push(event);
      this.#text = this.#text.slice(end + 2);
    }
    this.#wake();
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look();
  }
}

/** One event; undefined for Nest's empty line, with which a stream begins. */
function parse(text: string, at: number): StreamEvent | undefined {
  const fields = new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  if (!fields.has('data')) return undefined;
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id'),
    retry: fields.get('retry'),
    data: JSON.parse(fields.get('data') ?? '') as Record<string, unknown>,
    bytes: Buffer.byteLength(text) + 2,
    at,
  };
}
