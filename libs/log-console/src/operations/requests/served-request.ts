import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type ContextRequest } from '../../domain/log-context.js';
import { type RequestOutcome } from '../../domain/log-requests.js';

/** A logger may write a little after the answer is over. */
const AFTERWARDS_MS = 1000;

/** A request while it is served, and what stays of it afterwards. */
export class ServedRequest implements ContextRequest {
  readonly method: string;
  readonly path: string;
  readonly startedAt = Date.now();
  readonly outcome: { -readonly [K in keyof RequestOutcome]: RequestOutcome[K] } = {};
  readonly #began = performance.now();
  #isOurs = false;
  /** Let go when it is over: a timer that was started in it may live as long as the process. */
  #http: { readonly request: IncomingMessage; readonly response: ServerResponse } | undefined;
  #closed = Infinity;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#http = { request, response };
    this.method = request.method ?? '';
    // At once: routers change the url while they are at work.
    this.path = (request.url ?? '').replace(/[?#].*$/s, '');
  }

  /**
   * Not while an answer is merely open: what a host's guard began in it (a connection, a timer) lives on, and what that
   * logs is the application's.
   */
  get isOurs(): boolean {
    if (!this.#isOurs) return false;
    if (!this.#http) return performance.now() - this.#closed < AFTERWARDS_MS;
    const { request, response } = this.#http;
    return !response.headersSent || response.writableEnded || request.destroyed;
  }

  /** It is for one of the module's own routes. */
  markAsOurs(): void {
    this.#isOurs = true;
  }

  /** Whether this is it. */
  is(request: IncomingMessage): boolean {
    return this.#http?.request === request;
  }

  /** The response has told of something. */
  noteEvent(event: string | symbol): void {
    if (!this.#http || (event !== 'finish' && event !== 'close')) return;
    const { outcome } = this;
    if (outcome.durationMs === undefined) {
      outcome.durationMs = Math.round((performance.now() - this.#began) * 10) / 10;
      if (event === 'finish') outcome.status = this.#http.response.statusCode;
      else outcome.aborted = true;
    }
    if (event === 'finish') return;
    this.#closed = performance.now();
    this.#http = undefined;
  }
}
