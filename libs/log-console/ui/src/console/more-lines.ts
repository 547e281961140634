import { signal } from '@preact/signals';
import { type GapLine } from '../lines/line.js';
import { type Console } from './console.js';

/** How many lines the page holds at most while it follows; while somebody reads further up, twice as many. */
export const HELD = 20_000;
/** Lines of one page of older ones. */
const PAGE = 2000;
/** The server gives no more entries in one answer. */
const MOST_AT_ONCE = 5000;

/** Asks the server for lines that did not come by themselves: older ones, and what a gap is about. */
export class MoreLines {
  readonly isLoading = signal(false);
  readonly #console: Console;
  #loading: Promise<boolean> | undefined;
  #mayAsk = true;

  constructor(console: Console) {
    this.#console = console;
  }

  /** After a failure nothing is asked until the connection has come back. */
  connectionChanged(): void {
    this.#mayAsk = true;
  }

  /** Fills the page with what the server holds, so that counts and searches speak of all of it. */
  async loadAll(): Promise<void> {
    while (await this.loadOlder());
  }

  /** A page of older lines than those held; false when there are none, or no room for them. */
  loadOlder(): Promise<boolean> {
    const { list, following, cleaned } = this.#console;
    const before = list.oldest;
    const room = (following.isFollowing.value ? 1 : 2) * HELD - list.lines.length;
    if (before === undefined || cleaned.count.value > 0 || room <= 0) return Promise.resolve(false);
    return (this.#loading ??= this.#loadBefore(before, Math.min(PAGE, room)).finally(
      () => (this.#loading = undefined),
    ));
  }

  /** What is missing, as far as the server still has it and there is room for it. */
  async loadInto(gap: GapLine): Promise<void> {
    const { list, connection } = this.#console;
    try {
      for (let left: GapLine | undefined = gap; left && list.lines.length < 2 * HELD;) {
        const { epoch, from, to } = left;
        if (from === undefined || to === undefined) return;
        const limit = Math.min(to - from + 1, MOST_AT_ONCE);
        left = list.addInto(left, await connection.between(`${epoch}-${from - 1}`, limit));
        this.#console.draw();
      }
    } catch {
      connection.retry();
    }
  }

  async #loadBefore(before: string, limit: number): Promise<boolean> {
    const { list, connection } = this.#console;
    if (!this.#mayAsk) return false;
    this.isLoading.value = true;
    try {
      const batch = await connection.older(before, limit);
      if (list.oldest === before) list.addOlder(batch);
      this.#console.draw();
      return list.removed === 0;
    } catch {
      this.#mayAsk = false;
      return false;
    } finally {
      this.isLoading.value = false;
    }
  }
}
