import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy, ServiceUnavailableException } from '@nestjs/common';

/** The time that work takes in the warehouse; closing the application ends every pause. */
@Injectable()
export class Pauses implements OnModuleDestroy {
  readonly #closing = new AbortController();

  constructor() {
    // Every running pause listens to this one signal; that many are no leak.
    setMaxListeners(0, this.#closing.signal);
  }

  /** Resolves after so many milliseconds; rejects with a 503 when the application closes first. */
  async wait(ms: number): Promise<void> {
    try {
      await setTimeout(ms, undefined, { ref: false, signal: this.#closing.signal });
    } catch {
      throw new ServiceUnavailableException('The warehouse is closing');
    }
  }

  onModuleDestroy(): void {
    this.#closing.abort();
  }
}
