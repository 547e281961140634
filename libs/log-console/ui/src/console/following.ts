import { signal } from '@preact/signals';
import { type Row } from '../lines/rows.js';
import { type Console } from './console.js';

/** What of the console it needs. */
export type Followed = Pick<Console, 'list' | 'rows' | 'active' | 'pausedAt' | 'waiting' | 'flush'>;

/**
 * Whether the newest line is kept in view. Direction decides: any move up leaves the end at once, only a move down that
 * reaches it joins again, and what the layout does never counts.
 */
export class Following {
  readonly isFollowing = signal(true);
  /** How many lines have come since the reader left the end, as far as the filters show them. */
  readonly below = signal(0);

  readonly #console: Followed;
  /** The newest line there was when the reader left, or that was in view since. */
  #left = -Infinity;

  constructor(console: Followed) {
    this.#console = console;
  }

  leave(): void {
    if (!this.isFollowing.value) return;
    const { list, rows } = this.#console;
    // Of all that is held: what other filters show later was there, too. What was not drawn yet nobody has seen.
    this.#left = rows.upTo;
    list.trims = false;
    this.isFollowing.value = false;
    this.recount();
  }

  join(): void {
    this.#console.list.trims = true;
    this.isFollowing.value = true;
    this.#console.active.value = undefined;
    this.#console.flush();
  }

  recount(): void {
    this.below.value = this.isFollowing.value
      ? 0
      : this.#count() + (this.#console.pausedAt.value === undefined ? this.#console.waiting.value : 0);
  }

  /** A row that came later is in view: it and those before it are not new any more. */
  seen({ key, last }: Row): void {
    if (key <= this.#left) return;
    this.#left = last.seq;
    this.recount();
  }

  #count(): number {
    const { list, rows } = this.#console;
    let sum = 0;
    for (let index = list.indexAfter(this.#left); index < list.lines.length; index++) {
      const line = list.lines[index];
      if (line?.kind === 'entry' && rows.shows(line)) sum++;
    }
    return sum;
  }
}
