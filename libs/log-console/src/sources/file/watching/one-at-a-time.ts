/** Work that is done by one at a time: who asks while it runs gets what comes of the next run, shared with all others. */
export class OneAtATime<T> {
  #running: Promise<T> | undefined;
  #next: Promise<T> | undefined;

  constructor(readonly work: () => Promise<T>) {}

  run(): Promise<T> {
    if (this.#next) return this.#next;
    if (!this.#running) return this.#start();
    this.#next = this.#running.then(
      () => this.#start(),
      () => this.#start(),
    );
    return this.#next;
  }

  #start(): Promise<T> {
    this.#next = undefined;
    const running = this.work().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}
