import { HttpStatus } from '@nestjs/common';
import { type Admission } from '../access/caller.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { type ByeReason } from './live-format.js';

const RECHECK_MS = 60_000;
const CLOSE_WITHIN_MS = 900;

export interface StreamLimits {
  /** Open streams per user and address. Default 10. */
  readonly streamsPerUser: number;
  /** Open streams per process. Default 100. */
  readonly streamsPerProcess: number;
}

/** A response that is held open: a live stream, or a poll that waits. */
export interface OpenStream {
  readonly kind: 'streams' | 'polls';
  end(reason: ByeReason): void;
}

/** Every response that is held open: counted, limited, asked again for its rights every 60 s, ended at shutdown. */
export class OpenStreams {
  readonly #open = new Map<OpenStream, string>();
  readonly #guests = new Set<OpenStream>();
  #closing = false;
  #refused = 0;
  #allClosed: (() => void) | undefined;

  constructor(readonly limits: StreamLimits) {}

  get counts(): { streams: number; polls: number } {
    const kinds = this.#all.map(({ kind }) => kind);
    return {
      streams: kinds.filter((kind) => kind === 'streams').length,
      polls: kinds.filter((kind) => kind === 'polls').length,
    };
  }

  /** How many found no free slot. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes a slot, or throws the answer 503; returns how to give it back. */
  add(stream: OpenStream, { caller, recheck }: Admission): () => void {
    const key = `${caller.name} ${caller.address}`;
    this.#assertFree(key);
    this.#open.set(stream, key);
    const check = async (): Promise<void> => {
      const gone = await recheck();
      if (gone) stream.end(gone);
      else if (this.#open.has(stream)) timer = later(check, RECHECK_MS);
    };
    // The first check comes at a random moment, so that streams that came together are not checked together.
    let timer = later(check, Math.random() * RECHECK_MS);
    return () => {
      clearTimeout(timer);
      this.#open.delete(stream);
      this.#released();
    };
  }

  /** Holds an answer of the host's own, which is the host's to guard and takes no slot; returns how to let it go. */
  hold(stream: OpenStream): () => void {
    this.#guests.add(stream);
    if (this.#closing) stream.end('shutdown');
    return () => {
      this.#guests.delete(stream);
      this.#released();
    };
  }

  get #all(): OpenStream[] {
    return [...this.#open.keys(), ...this.#guests];
  }

  #released(): void {
    if (this.#all.length === 0) this.#allClosed?.();
  }

  #assertFree(key: string): void {
    const ofUser = [...this.#open.values()].filter((value) => value === key).length;
    const { streamsPerUser, streamsPerProcess } = this.limits;
    if (this.#closing) throw this.#unavailable('The server is shutting down.', 2);
    if (ofUser >= streamsPerUser)
      throw this.#unavailable(`You have ${streamsPerUser} streams open already; close one.`, 10);
    if (this.#open.size >= streamsPerProcess)
      throw this.#unavailable(`All ${streamsPerProcess} streams of this server are taken.`, 10);
  }

  #unavailable(message: string, retryAfter: number): LogConsoleException {
    this.#refused++;
    return new LogConsoleException(HttpStatus.SERVICE_UNAVAILABLE, message, {
      'Retry-After': String(retryAfter),
    });
  }

  /** Ends all of them; resolves when the last one is gone, at the latest after 900 ms. */
  async closeAll(): Promise<void> {
    this.#closing = true;
    if (this.#all.length > 0) {
      await new Promise<void>((resolve) => {
        this.#allClosed = resolve;
        setTimeout(resolve, CLOSE_WITHIN_MS).unref();
        for (const stream of this.#all) stream.end('shutdown');
      });
    }
    // `server.close()` waits for a socket that is not idle yet: measured 6 s without this turn, 7–24 ms with it.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function later(check: () => Promise<void>, ms: number): NodeJS.Timeout {
  return setTimeout(() => void check(), ms).unref();
}
