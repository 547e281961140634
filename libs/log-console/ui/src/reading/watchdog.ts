const EVERY_MS = 500;
/** What arrived while the page was busy, or the machine asleep, is read before anybody calls it silence. */
const LAST_CHANCE_MS = 100;

/** Notices that nothing was heard for too long, by both clocks: one stands still while the machine sleeps, one can be set. */
export class Watchdog {
  #wall = Date.now();
  #steady = performance.now();
  #timer: ReturnType<typeof setTimeout>;

  constructor(
    private readonly silenceMs: () => number,
    private readonly onSilence: () => void,
  ) {
    this.#timer = setTimeout(() => this.#check(), EVERY_MS);
  }

  heard(): void {
    this.#wall = Date.now();
    this.#steady = performance.now();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #check(isLast = false): void {
    const silent = Math.max(Date.now() - this.#wall, performance.now() - this.#steady);
    const isOverdue = silent >= this.silenceMs();
    if (isOverdue && isLast) this.onSilence();
    else this.#timer = setTimeout(() => this.#check(isOverdue), isOverdue ? LAST_CHANCE_MS : EVERY_MS);
  }
}
