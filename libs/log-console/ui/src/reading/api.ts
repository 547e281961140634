import { childOf } from './child-of.js';
import { refusalOf } from './refusal.js';
import { Refused } from './refused.js';

/** Who is signed in, relative to where the console is mounted. */
export const SESSION = 'api/session';

/** What is said with these is for whoever asked: what is wrong, or in the way. */
const TELLING = new Set([400, 409, 429]);

export interface ApiOptions {
  /** What is sent as `Authorization: Bearer` with every request. */
  readonly bearer?: string | undefined;
  readonly fetch?: typeof fetch;
}

export interface AskOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for the whole answer. Default 15 s. */
  readonly timeoutMs?: number;
  /** Instead of the one of every request. */
  readonly bearer?: string;
}

/** Asks the server; paths are relative to where the console is mounted. What is refused is thrown as {@link Refused}. */
export class Api {
  /** What is sent as `Authorization: Bearer` with every request; undefined: the cookie counts. */
  bearer: string | undefined;
  readonly #fetch: typeof fetch;

  constructor(
    readonly base: URL,
    options: ApiOptions = {},
  ) {
    this.bearer = options.bearer;
    this.#fetch = options.fetch ?? fetch;
  }

  /** The JSON of the answer; undefined when there is none. */
  async json<T>(method: string, path: string, options: AskOptions = {}): Promise<T> {
    const { signal, timeoutMs = 15_000 } = options;
    const request = childOf(signal);
    const timer = setTimeout(() => request.abort(), timeoutMs);
    try {
      const type = 'application/json';
      const answer = await this.#send(method, path, type, { ...options, signal: request.signal });
      if (answer.status === 204) return undefined as T;
      const refusal = refusalOf(answer, type, path === SESSION);
      if (refusal && TELLING.has(refusal.status)) {
        refusal.messages = await messagesOf(answer).catch(() => []);
      }
      if (refusal) throw refusal;
      return (await answer.json()) as T;
    } catch (error) {
      throw reasonOf(error, signal);
    } finally {
      clearTimeout(timer);
      // Also what is left of an answer that was refused is of no use.
      request.abort();
    }
  }

  /** An answer that has begun: a stream of events, unless another type is wanted. */
  async open(
    path: string,
    { signal, type = 'text/event-stream' }: { signal?: AbortSignal; type?: string } = {},
  ): Promise<Response> {
    try {
      const answer = await this.#send('GET', path, type, { signal });
      const refusal = refusalOf(answer, type, false);
      if (!refusal) return answer;
      answer.body?.cancel().catch(() => undefined);
      throw refusal;
    } catch (error) {
      throw reasonOf(error, signal);
    }
  }

  #send(method: string, path: string, accept: string, options: AskOptions): Promise<Response> {
    const { body, signal, bearer = this.bearer } = options;
    // A browser refuses to call its fetch as a method of something else.
    const ask = this.#fetch;
    return ask(new URL(path, this.base), {
      method,
      headers: {
        accept,
        'x-log-console': '1',
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
      redirect: 'manual',
      cache: 'no-store',
    });
  }
}

/** What Nest's errors say: a text or several. */
async function messagesOf(answer: Response): Promise<string[]> {
  const { message = [] } = (await answer.json()) as { message?: string | string[] };
  return [message].flat();
}

/** An abort by the caller as it is, a refusal as it is, anything else as no answer. */
function reasonOf(error: unknown, signal: AbortSignal | undefined): Error {
  if (signal?.aborted) return signal.reason as Error;
  return error instanceof Refused ? error : new Refused(0);
}
