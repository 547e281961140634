import { type LogBatch } from '../../../domain/log-batch.js';
import { type ReadRequest } from '../../../domain/log-source.js';

/** Readers that are woken by the same change ask for the same thing within this time. */
const FRESH_MS = 100;
const MAX_KEPT = 4;

/**
 * One read for all who ask for what comes after the same place. What was found there is shared for a moment; that
 * nothing was is told only to those who asked before it was looked.
 */
export class SharedReads {
  readonly #running = new Map<string, Promise<LogBatch>>();
  readonly #kept = new Map<string, Promise<LogBatch>>();

  constructor(readonly read: (request: ReadRequest) => Promise<LogBatch>) {}

  async after(request: ReadRequest): Promise<LogBatch> {
    if (request.after === undefined || request.before !== undefined || request.filter)
      return this.read(request);
    const key = `${request.after} ${request.limit} ${request.maxBytes}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
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
    this.#kept.set(key, batch);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(oldest);
    }
    setTimeout(() => {
      if (this.#kept.get(key) === batch) this.#kept.delete(key);
    }, FRESH_MS).unref();
  }
}

/** Whether there is something after the place that was asked for. */
export function isNews(batch: LogBatch, { after }: Pick<ReadRequest, 'after'>): boolean {
  return batch.gap !== undefined || batch.next !== after;
}
