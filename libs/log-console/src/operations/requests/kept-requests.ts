import { type ContextRequest } from '../../domain/log-context.js';
import { type LogRequests, type RequestOutcome, type RequestSummary } from '../../domain/log-requests.js';
import { redactText } from '../../domain/redact-text.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { cutToBytes } from '../../domain/utf8.js';

const CAPACITY = 10_000;
const MAX_PATH = 1024;

interface Kept {
  readonly facts: Omit<RequestSummary, keyof RequestOutcome>;
  readonly outcome: RequestOutcome;
}

/** The last requests in which a line was captured, by the ids their lines carry. */
export class KeptRequests implements LogRequests {
  readonly #kept = new Map<string, Kept>();
  #lastId: string | undefined;
  #lastOutcome: RequestOutcome | undefined;

  constructor(
    private readonly instance: string,
    private readonly redactor: TextRedactor,
    private readonly capacity = CAPACITY,
  ) {}

  /** Called for each line of a request, so nearly always for one that is known. */
  keep(id: string, request: ContextRequest): void {
    const { outcome } = request;
    if (outcome === this.#lastOutcome && id === this.#lastId) return;
    this.#lastOutcome = outcome;
    this.#lastId = id;
    if (this.#kept.get(id)?.outcome === outcome) return;
    this.#kept.delete(id);
    this.#kept.set(id, { facts: this.#factsOf(id, request), outcome });
    if (this.#kept.size <= this.capacity) return;
    const [oldest] = this.#kept.keys();
    this.#kept.delete(oldest);
  }

  find(id: string): RequestSummary | undefined {
    const kept = this.#kept.get(id);
    return kept && { ...kept.facts, ...kept.outcome };
  }

  #factsOf(id: string, { method, path, startedAt }: ContextRequest): Kept['facts'] {
    return {
      id,
      method,
      // Always a copy: a slice would keep the query alive.
      path: cutToBytes(redactText(this.redactor, path, MAX_PATH).text, MAX_PATH),
      startedAt: new Date(startedAt).toISOString(),
      instance: this.instance,
    };
  }
}
