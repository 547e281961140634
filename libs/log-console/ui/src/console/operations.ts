import { signal } from '@preact/signals';
import { type Operation } from '../reading/wire.js';
import { Refused } from '../reading/refused.js';
import { visibleIn } from '../formats/visible-text.js';
import { type Console } from './console.js';

/** How long a list of operations is good for. */
const AGAIN_MS = 3000;

/** The operations that can be read, and the one that is. */
export class Operations {
  /** Running ones first, then the newest. */
  readonly list = signal<readonly Operation[]>([]);
  /** The one that is read, as far as it is known. */
  readonly current = signal<Operation | undefined>(undefined);
  /** It was asked to stop, by somebody here. */
  readonly isCancelling = signal(false);

  readonly #console: Console;
  /** Ids that were asked for once: what is no longer kept has no name to be found. */
  readonly #sought = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWatched = false;
  #askedAt = -Infinity;

  constructor(console: Console) {
    this.#console = console;
  }

  /** Somebody looks at the list, or does no longer. */
  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (isWatched) void this.load();
  }

  /** Asks which there are. */
  async load(): Promise<void> {
    clearTimeout(this.#timer);
    this.#askedAt = performance.now();
    try {
      const { operations } = await this.#ask<{ operations: Operation[] }>('GET');
      this.list.value = visibleIn(operations);
      if (this.#isWatched && operations.some(isRunning)) this.#loadAgain();
    } catch {
      // The list stays as it was; whoever opens it asks again.
    }
  }

  /** The name of an operation; its id where nobody knows it (any more). */
  nameOf(id: string): string {
    const known = [this.current.value, ...this.list.value].find((one) => one?.id === id);
    if (!known && !this.#sought.has(id)) {
      this.#sought.add(id);
      this.#loadAgain();
    }
    return known?.name ?? visibleIn(id);
  }

  /** How the one that is read is now. */
  happened(operation: Operation): void {
    const now = (this.current.value = visibleIn(operation));
    this.list.value = this.list.value.map((one) => (one.id === now.id ? now : one));
  }

  /** Asks how the one that is read is; false while it runs. */
  async isOver(signal?: AbortSignal): Promise<boolean> {
    const { id } = this.#console.source;
    this.happened(await this.#ask('GET', `/${encodeURIComponent(id)}`, signal));
    return !isRunning(this.current.value);
  }

  /** Asks it to stop. */
  async cancel(): Promise<void> {
    const { source, notice, preferences } = this.#console;
    try {
      this.happened(await this.#ask('POST', `/${encodeURIComponent(source.id)}/cancel`));
      this.isCancelling.value = true;
    } catch (error) {
      const { cancelImpossible, cancelFailed } = preferences.texts.value;
      const isImpossible = error instanceof Refused && error.status === 409;
      notice.value = isImpossible ? cancelImpossible : cancelFailed;
    }
  }

  #loadAgain(): void {
    clearTimeout(this.#timer);
    const ms = Math.max(0, this.#askedAt + AGAIN_MS - performance.now());
    this.#timer = setTimeout(() => void this.load(), ms);
  }

  #ask<T>(method: string, path = '', signal?: AbortSignal): Promise<T> {
    return this.#console.api.json(method, `api/operations${path}`, { signal });
  }
}

export function isRunning(operation: Operation | undefined): boolean {
  return operation?.state === 'running';
}
