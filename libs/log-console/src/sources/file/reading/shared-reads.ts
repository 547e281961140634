import { type LogBatch } from '../../../domain/log-batch.js';
import { type ReadRequest } from '../../../domain/log-source.js';

/** Readers that are woken by the same change ask for the same thing within this time. */
const FRESH_MS = 100;
const MAX_KEPT = 4;

interface Shared {
  readonly batch: Promise<LogBatch>;
  readonly until: number;
}

/**
 * One read for all who ask for what comes after the same place. What was found there is shared for a moment; that
 * nothing was is told only to those who asked before it was looked.
 */
export class SharedReads {
  readonly #running = new Map<string, Promise<LogBatch>>();
  readonly #kept = new Map<string, Shared>();

  constructor(readonly read: (request: ReadRequest) => Promise<LogBatch>) {}

  async after(request: ReadRequest): Promise<LogBatch> {
    if (request.after === undefined || request.before !== undefined || request.filter)
      return this.read(request);
    const key = `${request.after} ${request.limit} ${request.maxBytes}`;
    const kept = this.#kept.get(key);
    if (kept && kept.until > performance.now()) return kept.batch;
    const running = this.#running.get(key);
    if (!running) return this.#start(key, request);
    const batch = await running.catch(() => undefined);
    // It began before this one asked: what was written since is not in it.
    return batch && isNews(batch, request) ? batch : (this.#running.get(key) ?? this.#start(key, request));
  }

  /** Lets go of what was read. */
  clear(): void {
    this.#kept.clear();
  }

  #start(key: string, request: ReadRequest): Promise<LogBatch> {
    const batch = this.read(request);
    this.#running.set(key, batch);
    const done = (): void => void this.#running.delete(key);
    batch.then((read) => {
      done();
      if (isNews(read, request) && request.limit > 0) this.#keep(key, batch);
    }, done);
    return batch;
  }

  #keep(key: string, batch: Promise<LogBatch>): void {
    this.#kept.delete(key);
    this.#kept.set(key, { batch, until: performance.now() + FRESH_MS });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(oldest);
    }
  }
}

/** Whether there is something after the place that was asked for. */
export function isNews(batch: LogBatch, { after }: Pick<ReadRequest, 'after'>): boolean {
  return batch.gap !== undefined || batch.next !== after;
}
