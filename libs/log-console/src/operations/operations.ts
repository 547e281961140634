import { type ContextLinks } from '../domain/log-context.js';
import { type LogRecord } from '../domain/log-entry.js';
import { type LogOperations, type OperationSource, type OperationSummary } from '../domain/log-operations.js';
import { threwText } from '../domain/safe-text.js';
import { type TextRedactor } from '../domain/text-redactor.js';
import { visibleName } from '../domain/visible-name.js';
import { contextStorage, contextWithin, currentContext } from './context-storage.js';
import { KeptOperation, type OperationStore } from './kept-operation.js';
import { KeptOperations, type OperationBounds } from './kept-operations.js';
import {
  type Operation,
  type OperationFunction,
  type OperationOptions,
  type RunningOperation,
} from './operation.js';
import { checkFunction, checkOperation } from './operation-checks.js';
import { operationId } from './operation-id.js';
import { OperationStatus } from './operation-status.js';
import { keptData, thrownText } from './operation-texts.js';

/** What the registry is made of. */
export interface OperationsParts<Store extends OperationStore> {
  readonly bounds: OperationBounds;
  /** Name of this process. */
  readonly instance: string;
  readonly redactor: TextRedactor;
  /** A new, empty store for one operation. */
  readonly createStore: () => Store;
  /** The application's log; a record with an operation goes to that one's store, too. */
  readonly log: { append(record: LogRecord, links?: ContextLinks, also?: Store): void };
  /** Called, within the operation, where one fails that nobody waits for: what it threw would be lost. */
  readonly onUnseen?: (name: string, error: unknown) => void;
}

/** Whether somebody waits for an operation, who will see what it throws. */
interface Waiting {
  isSeen: boolean;
}

/** The operations of one application: starts them, gives each its lines. */
export class Operations<Store extends OperationStore = OperationStore> implements LogOperations {
  readonly #parts: OperationsParts<Store>;
  readonly #kept: KeptOperations<Store>;

  constructor(parts: OperationsParts<Store>) {
    this.#parts = parts;
    this.#kept = new KeptOperations(parts.bounds);
  }

  /** Takes a line of the application: for its log, and for the operation it belongs to, while that one runs. */
  append(record: LogRecord, links?: ContextLinks): void {
    const operation = record.operation ?? links?.operation;
    const running = operation === undefined ? undefined : this.#kept.running(operation);
    this.#parts.log.append(record, links, running?.store);
    if (running !== undefined) this.#kept.grew(running);
  }

  /** Runs a function as an operation; rejects for a wrong name or option. */
  async operation<T>(name: string, options: OperationOptions, fn: OperationFunction<T>): Promise<T> {
    return this.#launch('operation()', name, options, fn, { isSeen: true }).done;
  }

  /** Starts one; throws for a wrong name or option. */
  start<T>(name: string, options: OperationOptions, fn: OperationFunction<T>): Operation<T> {
    const waiting: Waiting = { isSeen: false };
    const { status, done } = this.#launch('start()', name, options, fn, waiting);
    done.catch(() => undefined);
    const { id, signal } = status.handle;
    return {
      id,
      name: status.facts.name,
      signal,
      get state() {
        return status.state;
      },
      get done() {
        waiting.isSeen = true;
        return done;
      },
    };
  }

  /** The innermost operation of whoever asks, while it runs. */
  get current(): RunningOperation | undefined {
    const id = currentContext()?.operation?.id;
    return id === undefined ? undefined : this.#kept.running(id)?.status.handle;
  }

  /** Whether this one is running here. */
  isRunning(id: string): boolean {
    return this.#kept.running(id) !== undefined;
  }

  list(): OperationSummary[] {
    return this.#kept.list().map(({ summary }) => summary);
  }

  find(id: string): OperationSource | undefined {
    return this.#kept.find(id);
  }

  /** The application shuts down: what runs is told, and is over for whoever reads. */
  abandonAll(): void {
    for (const operation of this.#kept.list()) {
      if (operation.status.abandon()) this.#kept.finished(operation);
    }
  }

  /** Bytes of text held by all of them. */
  get bytes(): number {
    return this.#kept.bytes;
  }

  #launch<T>(
    what: string,
    name: string,
    options: OperationOptions,
    fn: OperationFunction<T>,
    waiting: Waiting,
  ): { status: OperationStatus; done: Promise<T> } {
    checkOperation(what, name, options);
    checkFunction(what, 'fn', fn);
    const { redactor } = this.#parts;
    const status = this.#statusOf(name, options);
    const operation = new KeptOperation(status, this.#parts.createStore(), (error) => this.#report(error));
    this.#kept.add(operation);
    const finish = (isOver: boolean): void => {
      if (isOver) this.#kept.finished(operation);
    };
    const done = contextStorage
      .run(status.context, async () => fn(status.handle))
      .then(
        (value) => {
          finish(status.settle('ok'));
          return value;
        },
        (error: unknown) => {
          if (!waiting.isSeen && status.wouldFail)
            contextStorage.run(status.context, () => this.#parts.onUnseen?.(status.facts.name, error));
          finish(status.settle('failed', thrownText(error, redactor)));
          throw error;
        },
      );
    return { status, done };
  }

  #statusOf(name: string, { by, data, cancellable = false }: OperationOptions): OperationStatus {
    const { redactor, instance } = this.#parts;
    const outer = currentContext();
    const parent = outer?.operation?.id;
    const id = operationId();
    return new OperationStatus(
      {
        id,
        name: visibleName(name, redactor),
        ...(by === undefined ? {} : { by: visibleName(by, redactor) }),
        ...(parent === undefined ? {} : { parent }),
        ...(data === undefined ? {} : { data: keptData(data, redactor) }),
        cancellable,
        instance,
      },
      contextWithin(outer, { operation: { id } }),
    );
  }

  #report(error: unknown): void {
    const message = `A listener of an operation threw: ${threwText(error)}`;
    this.#parts.log.append({ level: 'error', context: 'LogConsole', message });
  }
}
