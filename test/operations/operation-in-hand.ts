import { Logger } from '@nestjs/common';
import { type Operation, type OperationOptions, type RunningOperation } from 'nestjs-log-console';
import { eventually, type LogHost } from '../reading/log-host.js';

/** An operation that does what a test says, when it says so. */
export interface OperationInHand extends Operation<string> {
  readonly progress: RunningOperation['progress'];
  /** Logs these lines in it; a line `warn: x` is a warning, `error: x` an error. */
  readonly log: (...lines: string[]) => void;
  readonly succeed: () => Promise<void>;
  readonly fail: (error: unknown) => Promise<void>;
}

type Step = () => void;

/** Starts one; where it can be cancelled, it stops when it is asked to. */
export function startInHand(
  { service }: Pick<LogHost, 'service'>,
  name = 'Import',
  options: OperationOptions = {},
): OperationInHand {
  const logger = new Logger('Import');
  const steps: Step[] = [];
  let next = (): void => undefined;
  const step = (what: Step): void => {
    steps.push(what);
    next();
  };
  let running: RunningOperation | undefined;
  const operation = service.start(name, options, async (own) => {
    running = own;
    if (options.cancellable === true)
      own.signal.addEventListener('abort', () => step(() => fail(new Error('stopped'))));
    for (;;) {
      const first = steps.shift();
      if (first) {
        try {
          first();
        } catch (result) {
          if (result instanceof Done) return 'done';
          throw (result as Failed).error;
        }
      } else await new Promise<void>((resolve) => (next = resolve));
    }
  });
  const settled = async (): Promise<void> => {
    await operation.done.catch(() => undefined);
  };
  return Object.assign(operation, {
    progress: (done: number, total?: number) => running?.progress(done, total),
    log: (...lines: string[]) =>
      step(() => {
        for (const line of lines) {
          const [, level = 'log', text] = /^(?:(warn|error): )?(.*)$/s.exec(line) ?? [];
          logger[level as 'log' | 'warn' | 'error'](text);
        }
      }),
    succeed: () => {
      step(() => {
        throw new Done();
      });
      return settled();
    },
    fail: (error: unknown) => {
      step(() => fail(error));
      return settled();
    },
  });
}

class Done extends Error {}

class Failed extends Error {
  constructor(readonly error: unknown) {
    super();
  }
}

function fail(error: unknown): never {
  throw new Failed(error);
}

/** Waits until so many live answers are open. */
export function readersOf({ service }: Pick<LogHost, 'service'>, count: number): Promise<void> {
  return eventually(async () => (await service.stats()).readers.streams === count);
}

/** The texts of its lines without their heads, and all else as it is. */
export function linesOf(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\S+Z +\w+ \[\w+\] /, ''));
}
