/** A wait that can be cut short. */
export class Nap {
  #end: (() => void) | undefined;

  /** Resolves after so long, when it is woken, or when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
      this.#end = end;
      if (signal.aborted) end();
    });
  }

  /** Ends the wait now. */
  wake(): void {
    this.#end?.();
  }
}
