import { type LogContext } from '../domain/log-context.js';
import {
  type OperationProgress,
  type OperationState,
  type OperationSummary,
} from '../domain/log-operations.js';
import { contextStorage } from './context-storage.js';
import { type RunningOperation } from './operation.js';

/** What is known of an operation from its start. */
export type OperationFacts = Pick<
  OperationSummary,
  'id' | 'name' | 'by' | 'parent' | 'data' | 'cancellable' | 'instance'
>;

/** How an operation is: its state, its progress, its end. Knows nothing of its lines. */
export class OperationStatus {
  /** For its function. Holds nothing but this object, however long somebody keeps it. */
  readonly handle: RunningOperation;
  /** Called at every change. */
  onChange: () => void = () => undefined;
  readonly #abort = new AbortController();
  readonly #startedAt = new Date().toISOString();
  readonly #start = performance.now();
  #end: { readonly at: string; readonly time: number } | undefined;
  #state: OperationState = 'running';
  #progress: OperationProgress | undefined;
  #error: string | undefined;
  #isCancelled = false;

  /** @param context that of its lines; who stops because of its signal is in it */
  constructor(
    readonly facts: OperationFacts,
    readonly context: LogContext,
  ) {
    this.handle = {
      id: facts.id,
      signal: this.#abort.signal,
      progress: (done, total) => this.#setProgress(done, total),
    };
  }

  get state(): OperationState {
    return this.#state;
  }

  /** Whether to throw now is to fail: it runs, and nobody has asked it to stop. */
  get wouldFail(): boolean {
    return this.#state === 'running' && !this.#isCancelled;
  }

  /** Asks it to stop; false when it is not cancellable, or over. */
  cancel(by: string): boolean {
    if (!this.facts.cancellable || this.#state !== 'running') return false;
    if (!this.#isCancelled) {
      this.#isCancelled = true;
      this.#stop(`${by} cancelled the operation.`);
    }
    return true;
  }

  /** What its function came to. False: it was over before. */
  settle(outcome: 'ok' | 'failed', error?: string): boolean {
    if (this.#state !== 'running') return false;
    this.#error = error;
    this.#finish(outcome === 'failed' && this.#isCancelled ? 'cancelled' : outcome);
    return true;
  }

  /** The process shuts down. False: it was over before. */
  abandon(): boolean {
    if (this.#state !== 'running') return false;
    // Who is told writes its last lines now.
    this.#stop('The application is shutting down.');
    this.#finish('abandoned');
    return true;
  }

  get summary(): Omit<OperationSummary, 'lines'> {
    const { id, name, by, parent, data, cancellable, instance } = this.facts;
    const end = this.#end;
    return {
      id,
      name,
      state: this.#state,
      ...(by === undefined ? {} : { by }),
      ...(parent === undefined ? {} : { parent }),
      ...(data === undefined ? {} : { data }),
      startedAt: this.#startedAt,
      ...(end ? { finishedAt: end.at } : {}),
      durationMs: Math.round((end?.time ?? performance.now()) - this.#start),
      ...(this.#progress ? { progress: this.#progress } : {}),
      ...(this.#error === undefined ? {} : { error: { message: this.#error } }),
      cancellable: cancellable && this.#state === 'running',
      instance,
    };
  }

  #setProgress(done: number, total: number | undefined): void {
    if (this.#state !== 'running' || !isCount(done)) return;
    this.#progress = isCount(total) ? { done, total } : { done };
    this.onChange();
  }

  #finish(state: OperationState): void {
    this.#state = state;
    this.#end = { at: new Date().toISOString(), time: performance.now() };
    this.onChange();
  }

  #stop(why: string): void {
    const reason = new DOMException(why, 'AbortError');
    contextStorage.run(this.context, () => this.#abort.abort(reason));
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}
