import { type LogConsoleService } from 'nestjs-log-console';
import { serviceOf } from '../support/browser.js';
import { type Host } from '../support/host-app.js';

type Started = ReturnType<LogConsoleService['start']>;
type Running = NonNullable<LogConsoleService['currentOperation']>;
/** Done in the operation; `'end'` ends it, what is thrown is what it fails with. */
export type Step = (operation: Running) => unknown;

/** An operation that does what the test says, when it says it. */
export class Steps {
  readonly operation: Started;
  #steps: Step[] = [];
  #wake: () => void = () => undefined;

  constructor(
    host: Host,
    name: string,
    options: { readonly by?: string; readonly data?: unknown; readonly cancellable?: boolean } = {},
  ) {
    this.operation = serviceOf(host).start(name, options, (running) => this.#run(running));
  }

  do(...steps: Step[]): void {
    this.#steps.push(...steps);
    this.#wake();
  }

  end(): void {
    this.do(() => 'end');
  }

  fail(message: string): void {
    this.do(() => {
      throw new Error(message);
    });
  }

  async #run(running: Running): Promise<void> {
    running.signal.addEventListener('abort', () => this.#wake());
    for (;;) {
      running.signal.throwIfAborted();
      const step = this.#steps.shift();
      if (!step) await new Promise<void>((resolve) => (this.#wake = resolve));
      else if (step(running) === 'end') return;
    }
  }
}
