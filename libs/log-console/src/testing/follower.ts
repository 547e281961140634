import { setTimeout } from 'node:timers/promises';
import { type Cursor } from '../domain/cursor.js';
import { type Gap } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type LogSource, type SourceEvent } from '../domain/log-source.js';
import { follow } from '../reading/follow.js';

const DEADLINE_MS = 20_000;

/** Follows a source until what it belongs to is removed. */
export function followerOf(
  owner: { onRemove(cleanUp: () => Promise<void>): void },
  source: LogSource,
  after?: Cursor,
): Follower {
  const follower = new Follower(source, after);
  owner.onRemove(() => follower.stop());
  return follower;
}

/** Follows a source as an open stream does. */
export class Follower {
  readonly entries: LogEntry[] = [];
  readonly gaps: Gap[] = [];
  readonly events: SourceEvent[] = [];
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;
  readonly #stopListening: () => void;
  #wake: () => void = () => undefined;

  constructor(source: LogSource, after: Cursor | undefined) {
    this.#stopListening =
      source.onEvent?.((event) => {
        this.events.push(event);
        this.#wake();
      }) ?? ((): void => undefined);
    this.#done = this.#run(source, after);
  }

  get messages(): string[] {
    return this.entries.map(({ message }) => message);
  }

  get changes(): string[] {
    return this.events.map(({ event, data }) => ('change' in data ? data.change : event));
  }

  /** Resolves when it holds, looked at whenever something came. */
  async until(what: string, holds: (follower: this) => boolean): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!holds(this)) {
      const left = deadline - performance.now();
      if (left <= 0)
        throw new Error(
          `Waited for ${what}; there is ${JSON.stringify([this.messages.slice(-5), this.gaps, this.changes])}`,
        );
      await new Promise<void>((resolve) => {
        const abort = new AbortController();
        this.#wake = () => abort.abort();
        setTimeout(left, undefined, { signal: abort.signal }).then(resolve, () => resolve());
      });
    }
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#stopListening();
    await this.#done;
  }

  async #run(source: LogSource, after: Cursor | undefined): Promise<void> {
    const { signal } = this.#abort;
    for await (const batch of follow(source, { after, signal, idleMs: 100 })) {
      if (batch.gap) this.gaps.push(batch.gap);
      this.entries.push(...batch.entries);
      this.#wake();
    }
  }
}
