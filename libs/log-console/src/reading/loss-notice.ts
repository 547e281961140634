import { type Notify } from '../domain/log-sink.js';

const NOTICE_EVERY_MS = 10_000;

/** Says in the log itself what became of a destination: at most one line of each kind in ten seconds, no number left out. */
export class LossNotice {
  #lost = 0;
  #failedAt = -Infinity;
  #lostAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly name: string,
    readonly notify: Notify,
  ) {}

  failed(reason: string): void {
    const now = performance.now();
    if (now - this.#failedAt < NOTICE_EVERY_MS) return;
    this.#failedAt = now;
    this.#say(`The destination "${this.name}" does not take lines, and is tried again: ${reason}`);
  }

  lost(count: number): void {
    if (count === 0) return;
    this.#lost += count;
    const wait = this.#lostAt + NOTICE_EVERY_MS - performance.now();
    if (wait <= 0) this.tell();
    else this.#timer ??= setTimeout(() => this.tell(), wait).unref();
  }

  /** Says at once what was not said yet. */
  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lost = this.#lost;
    if (lost === 0) return;
    this.#lost = 0;
    this.#lostAt = performance.now();
    this.#say(
      `The destination "${this.name}" lost ${lost} ${lost === 1 ? 'line' : 'lines'}: gone before it could take them.`,
      { lost },
    );
  }

  #say(message: string, data?: object): void {
    this.notify({ level: 'warn', context: 'LogConsole', message, ...(data ? { data } : {}) });
  }
}
