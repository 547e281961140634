import { type ContextLinks } from '../domain/log-context.js';
import { type LogRecord } from '../domain/log-entry.js';
import { type LogOperations, type OperationSource, type OperationSummary } from '../domain/log-operations.js';
import { errorTitle, isError, threwText } from '../domain/error-text.js';
import { oneLineOf } from '../domain/one-line.js';
import { redactText } from '../domain/redact-text.js';
import { type TextRedactor } from '../domain/text-redactor.js';
import { toJsonText } from '../domain/to-json-text.js';
import { cutToBytes } from '../domain/utf8.js';
import { contextStorage, contextWithin, currentContext } from './context-storage.js';
import { KeptOperation, type OperationStore } from './kept-operation.js';
import {
  type Operation,
  type OperationFunction,
  type OperationOptions,
  type RunningOperation,
} from './operation.js';
import { checkFunction, checkOperation } from './operation-checks.js';
import { operationId } from './operation-id.js';
import { OperationStatus } from './operation-status.js';

const DATA_BYTES = 16 * 1024;
const ERROR_BYTES = 1000;
/** When running operations have to give way, so much of the bound at once: who gives way is not looked for at each line. */
const ROOM = 1 / 64;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x1f\x7f-\x9f]/g;

/** What the registry is made of. */
export interface OperationsParts<Store extends OperationStore> {
  /** Finished operations kept. */
  readonly keep: number;
  /** Bytes of text held by all of them together. */
  readonly maxBytes: number;
  /** Name of this process. */
  readonly instance: string;
  readonly redactor: TextRedactor;
  /** A new, empty store for one operation. */
  readonly createStore: () => Store;
  /** The application's log; a record with an operation goes to that one's store, too. */
  readonly log: { append(record: LogRecord, links?: ContextLinks, also?: Store): void };
}

/** The operations of one application: starts them, gives each its lines, keeps the last ones within bounds. */
export class Operations<Store extends OperationStore = OperationStore> implements LogOperations {
  readonly #parts: OperationsParts<Store>;
  readonly #running = new Map<string, KeptOperation<Store>>();
  /** In the order of their ends. */
  readonly #finished = new Map<string, KeptOperation<Store>>();
  #bytes = 0;

  constructor(parts: OperationsParts<Store>) {
    this.#parts = parts;
  }

  /** Takes a line of the application: for its log, and for the operation it belongs to, while that one runs. */
  append(record: LogRecord, links?: ContextLinks): void {
    const operation = links?.operation;
    const running = operation === undefined ? undefined : this.#running.get(operation);
    if (running === undefined) {
      this.#parts.log.append(record, links);
      return;
    }
    this.#parts.log.append(record, links, running.store);
    this.#count(running);
    if (this.#bytes > this.#parts.maxBytes) this.#makeRoom();
  }

  /** Runs a function as an operation; rejects for a wrong name or option. */
  async operation<T>(name: string, options: OperationOptions, fn: OperationFunction<T>): Promise<T> {
    return this.#launch('operation()', name, options, fn).done;
  }

  /** Starts one; throws for a wrong name or option. */
  start<T>(name: string, options: OperationOptions, fn: OperationFunction<T>): Operation<T> {
    const { status, done } = this.#launch('start()', name, options, fn);
    done.catch(() => undefined);
    const { id, signal } = status.handle;
    return {
      id,
      name: status.facts.name,
      signal,
      get state() {
        return status.state;
      },
      done,
    };
  }

  /** The innermost operation of whoever asks, while it runs. */
  get current(): RunningOperation | undefined {
    const id = currentContext()?.operation?.id;
    return id === undefined ? undefined : this.#running.get(id)?.status.handle;
  }

  /** Whether this one is running here. */
  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  list(): OperationSummary[] {
    return [...[...this.#running.values()].reverse(), ...[...this.#finished.values()].reverse()].map(
      ({ summary }) => summary,
    );
  }

  find(id: string): OperationSource | undefined {
    return this.#running.get(id) ?? this.#finished.get(id);
  }

  /** The application shuts down: what runs is told, and is over for whoever reads. */
  abandonAll(): void {
    for (const operation of [...this.#running.values()]) {
      if (operation.status.abandon()) this.#finish(operation);
    }
  }

  /** Bytes of text held by all of them. */
  get bytes(): number {
    return this.#bytes;
  }

  #launch<T>(
    what: string,
    name: string,
    options: OperationOptions,
    fn: OperationFunction<T>,
  ): { status: OperationStatus; done: Promise<T> } {
    checkOperation(what, name, options);
    checkFunction(what, 'fn', fn);
    const outer = currentContext();
    const id = operationId();
    const { redactor, instance } = this.#parts;
    const { by, data, cancellable = false } = options;
    const parent = outer?.operation?.id;
    const status = new OperationStatus(
      {
        id,
        name: this.#visible(name),
        ...(by === undefined ? {} : { by: this.#visible(by) }),
        ...(parent === undefined ? {} : { parent }),
        ...(data === undefined
          ? {}
          : {
              data: JSON.parse(toJsonText(data, DATA_BYTES, undefined, undefined, redactor).json) as unknown,
            }),
        cancellable,
        instance,
      },
      contextWithin(outer, { operation: { id } }),
    );
    const kept = new KeptOperation(status, this.#parts.createStore(), (error) =>
      this.#parts.log.append({
        level: 'error',
        context: 'LogConsole',
        message: `A listener of an operation threw: ${threwText(error)}`,
      }),
    );
    this.#running.set(id, kept);
    const done = contextStorage
      .run(status.context, async () => fn(status.handle))
      .then(
        (value) => {
          if (status.settle('ok')) this.#finish(kept);
          return value;
        },
        (error: unknown) => {
          if (status.settle('failed', this.#textOf(error))) this.#finish(kept);
          throw error;
        },
      );
    return { status, done };
  }

  #finish(operation: KeptOperation<Store>): void {
    const { id } = operation.status.facts;
    this.#running.delete(id);
    this.#finished.set(id, operation);
    this.#count(operation);
    for (const oldest of this.#finished.values()) {
      if (this.#finished.size <= this.#parts.keep) break;
      this.#drop(oldest);
    }
  }

  #count(operation: KeptOperation<Store>): void {
    const { bytes } = operation.store;
    this.#bytes += bytes - operation.counted;
    operation.counted = bytes;
  }

  #drop(operation: KeptOperation<Store>): void {
    this.#finished.delete(operation.status.facts.id);
    this.#bytes -= operation.counted;
  }

  /** The oldest finished ones go; where that is not enough, the running one that holds most lets its oldest lines go. */
  #makeRoom(): void {
    const { maxBytes } = this.#parts;
    for (const oldest of this.#finished.values()) {
      if (this.#bytes <= maxBytes) return;
      this.#drop(oldest);
    }
    while (this.#bytes > maxBytes) {
      const [largest] = [...this.#running.values()].sort((a, b) => b.counted - a.counted);
      const before = this.#bytes;
      largest.store.evictTo(largest.counted - (before - maxBytes) - Math.floor(maxBytes * ROOM));
      this.#count(largest);
      // Each of them holds one line.
      if (this.#bytes === before) return;
    }
  }

  #visible(text: string): string {
    return this.#parts.redactor
      .text(text)
      .replace(CONTROL, (found) => `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`);
  }

  #textOf(error: unknown): string {
    const text = isError(error) ? errorTitle(error) : oneLineOf(error);
    return cutToBytes(redactText(this.#parts.redactor, text, ERROR_BYTES).text, ERROR_BYTES);
  }
}
