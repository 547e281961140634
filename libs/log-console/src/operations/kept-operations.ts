import { type KeptOperation, type OperationStore } from './kept-operation.js';

/** When running operations have to give way, so much of the bound at once: who gives way is not looked for at each line. */
const ROOM = 1 / 64;

/** Bounds on what is kept of all operations. */
export interface OperationBounds {
  /** Finished ones. */
  readonly keep: number;
  /** Bytes of text held by all of them together. */
  readonly maxBytes: number;
}

/** Those that run, and the last of those that are over, within bounds. */
export class KeptOperations<Store extends OperationStore> {
  readonly #running = new Map<string, KeptOperation<Store>>();
  /** In the order of their ends. */
  readonly #finished = new Map<string, KeptOperation<Store>>();
  /** Bytes of each that were counted. */
  readonly #counted = new Map<KeptOperation<Store>, number>();
  #bytes = 0;

  constructor(readonly bounds: OperationBounds) {}

  /** Bytes of text held by all of them. */
  get bytes(): number {
    return this.#bytes;
  }

  /** One that runs. */
  running(id: string): KeptOperation<Store> | undefined {
    return this.#running.get(id);
  }

  find(id: string): KeptOperation<Store> | undefined {
    return this.#running.get(id) ?? this.#finished.get(id);
  }

  /** Running ones first, the newest of them first; then those that ended last. */
  list(): KeptOperation<Store>[] {
    return [...[...this.#running.values()].reverse(), ...[...this.#finished.values()].reverse()];
  }

  add(operation: KeptOperation<Store>): void {
    this.#running.set(operation.id, operation);
  }

  /** To be called when one that runs took a line. */
  grew(operation: KeptOperation<Store>): void {
    this.#count(operation);
    if (this.#bytes > this.bounds.maxBytes) this.#makeRoom();
  }

  /** To be called when one that ran is over. */
  finished(operation: KeptOperation<Store>): void {
    this.#running.delete(operation.id);
    this.#finished.set(operation.id, operation);
    for (const oldest of this.#finished.values()) {
      if (this.#finished.size <= this.bounds.keep) return;
      this.#drop(oldest);
    }
  }

  #count(operation: KeptOperation<Store>): void {
    const { bytes } = operation.store;
    this.#bytes += bytes - (this.#counted.get(operation) ?? 0);
    this.#counted.set(operation, bytes);
  }

  #drop(operation: KeptOperation<Store>): void {
    this.#finished.delete(operation.id);
    this.#bytes -= this.#counted.get(operation) ?? 0;
    this.#counted.delete(operation);
  }

  /** The oldest finished ones go; where that is not enough, the running one that holds most lets its oldest lines go. */
  #makeRoom(): void {
    const { maxBytes } = this.bounds;
    for (const oldest of this.#finished.values()) {
      if (this.#bytes <= maxBytes) return;
      this.#drop(oldest);
    }
    while (this.#bytes > maxBytes) {
      const largest = [...this.#running.values()].reduce((a, b) => (a.store.bytes >= b.store.bytes ? a : b));
      const before = this.#bytes;
      largest.store.evictTo(largest.store.bytes - (before - maxBytes) - Math.floor(maxBytes * ROOM));
      this.#count(largest);
      // Each of them holds one line.
      if (this.#bytes === before) return;
    }
  }
}
