const WINDOW_MS = 60_000;
/** What goes on is told of less and less often. */
const LONGEST_WINDOW_MS = 3_600_000;
const MAX_KEYS = 100;
const BURST = 50;
const ONE_MORE_EVERY_MS = 600_000;
const OTHERS = '';

/** Tells of one, the first, or of how many came since. */
export type Tell = (more?: { readonly count: number; readonly since: string }) => void;

interface Repeat {
  readonly tell: Tell;
  count: number;
  since: string;
  windowMs: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * What anybody can cause as often as they like, told without filling what it is told in: the first of a kind at once, those
 * of the next minute together, and what goes on in longer and longer spans. Beside that there is a limit to all that is
 * told, 50 at once and then 6 in an hour: what is beyond is counted with others. No number is left out.
 */
export class Repeats {
  readonly #known = new Map<string, Repeat>();
  #left = BURST;
  #filledAt = performance.now();

  constructor(readonly tellOthers: Tell) {}

  /** Something happened. `key`: its kind; `tell` is kept for those that follow. */
  add(key: string, tell: Tell): void {
    const known = this.#known.get(key);
    if (known) {
      known.count++;
    } else if (this.#known.size < MAX_KEYS && this.#take()) {
      tell();
      this.#watch(key, tell);
    } else {
      (this.#known.get(OTHERS) ?? this.#watch(OTHERS, this.tellOthers)).count++;
    }
  }

  /** Tells what was counted and not told yet. */
  close(): void {
    for (const repeat of this.#known.values()) {
      clearTimeout(repeat.timer);
      this.#tell(repeat);
    }
    this.#known.clear();
  }

  #watch(key: string, tell: Tell): Repeat {
    const repeat: Repeat = { tell, count: 0, since: now(), windowMs: WINDOW_MS, timer: undefined };
    this.#known.set(key, repeat);
    this.#wait(key, repeat);
    return repeat;
  }

  #wait(key: string, repeat: Repeat): void {
    repeat.timer = setTimeout(() => {
      if (repeat.count === 0) {
        this.#known.delete(key);
        return;
      }
      // Where nothing more may be told now, it is counted on.
      if (this.#take()) this.#tell(repeat);
      repeat.windowMs = Math.min(2 * repeat.windowMs, LONGEST_WINDOW_MS);
      this.#wait(key, repeat);
    }, repeat.windowMs).unref();
  }

  #tell(repeat: Repeat): void {
    const { count, since } = repeat;
    if (count === 0) return;
    repeat.count = 0;
    repeat.since = now();
    repeat.tell({ count, since });
  }

  #take(): boolean {
    const filled = Math.floor((performance.now() - this.#filledAt) / ONE_MORE_EVERY_MS);
    this.#left = Math.min(BURST, this.#left + filled);
    this.#filledAt += filled * ONE_MORE_EVERY_MS;
    if (this.#left === 0) return false;
    this.#left--;
    return true;
  }
}

function now(): string {
  return new Date().toISOString();
}
