import { type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type OperationSource, type OperationSummary } from '../domain/log-operations.js';
import {
  type Counts,
  type LogSource,
  type ReadRequest,
  type SourceEvent,
  type Wait,
} from '../domain/log-source.js';
import { type OperationStatus } from './operation-status.js';
import { PacedEvents } from './paced-events.js';

/** What the lines of one operation are held in. */
export interface OperationStore extends LogSource {
  /** Bytes of text held. */
  readonly bytes: number;
  /** The lines it took. */
  readonly accepted: Counts;
  /** Lets the oldest go until at most so many bytes are held; the newest stays. */
  evictTo(bytes: number): void;
  /** Wakes all who wait: nothing more comes. */
  close(): void;
}

/** An operation and its lines, as long as somebody may read them. */
export class KeptOperation<Store extends OperationStore = OperationStore> implements OperationSource {
  readonly #events: PacedEvents<SourceEvent>;

  constructor(
    readonly status: OperationStatus,
    readonly store: Store,
    report: (error: unknown) => void,
  ) {
    this.#events = new PacedEvents<SourceEvent>(() => ({ event: 'operation', data: this.summary }), report);
    status.onChange = () => {
      if (this.isFinished()) this.#finish();
      else this.#events.changed();
    };
  }

  get id(): string {
    return this.status.facts.id;
  }

  get summary(): OperationSummary {
    const { error, cancellable, instance, ...rest } = this.status.summary;
    return { ...rest, lines: this.store.accepted, ...(error ? { error } : {}), cancellable, instance };
  }

  isFinished(): boolean {
    return this.status.state !== 'running';
  }

  cancel(by: string): boolean {
    return this.status.cancel(by);
  }

  read(request: ReadRequest): LogBatch | Promise<LogBatch> {
    return this.store.read(request);
  }

  waitAfter(cursor: Cursor, wait: Wait): Promise<void> {
    return this.isFinished() ? Promise.resolve() : this.store.waitAfter(cursor, wait);
  }

  onEvent(listener: (event: SourceEvent) => void): () => void {
    return this.#events.listen(listener);
  }

  #finish(): void {
    this.#events.end();
    this.store.close();
  }
}
