import { threwText } from '../domain/error-text.js';
import { type LogSink, type SinkTest } from '../domain/log-sink.js';
import { safeText } from '../domain/safe-text.js';
import { type TextRedactor } from '../domain/text-redactor.js';

const DEADLINE_MS = 10_000;
const EVERY_MS = 1000;
const MAX_ERROR = 1000;

/** Tries destinations out: one at a time of each, and at most one in a second. */
export class SinkTests {
  readonly #sinks: ReadonlyMap<unknown, LogSink>;
  readonly #running = new Set<string>();
  readonly #triedAt = new Map<string, number>();

  constructor(
    sinks: readonly LogSink[],
    readonly redactor: TextRedactor,
  ) {
    this.#sinks = new Map(sinks.map((sink) => [sink.name, sink]));
  }

  /** The destination of a name, if it can be tried out. */
  find(name: unknown): LogSink | undefined {
    const sink = this.#sinks.get(name);
    return sink?.test ? sink : undefined;
  }

  /** Whether it has to wait for its turn. */
  isBusy({ name }: LogSink): boolean {
    const triedAt = this.#triedAt.get(name) ?? -Infinity;
    return this.#running.has(name) || performance.now() - triedAt < EVERY_MS;
  }

  /** Never rejects, and is over within 10 s, or when the signal aborts. */
  async run(sink: LogSink, signal: AbortSignal): Promise<SinkTest> {
    this.#running.add(sink.name);
    this.#triedAt.set(sink.name, performance.now());
    let timer: NodeJS.Timeout | undefined;
    let giveUp = (): void => undefined;
    const late = new Promise<SinkTest>((resolve) => {
      timer = setTimeout(() => resolve(failure('It took too long')), DEADLINE_MS).unref();
      giveUp = () => resolve(failure('It was given up'));
    });
    signal.addEventListener('abort', giveUp);
    try {
      return this.#told(await Promise.race([tried(sink), late]));
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      this.#running.delete(sink.name);
    }
  }

  /** Nothing but what is promised, whatever the destination says; an error may hold its address. */
  #told({ ok, status, error }: { readonly [K in keyof SinkTest]: unknown }): SinkTest {
    return {
      ok: ok === true,
      ...(Number.isInteger(status) && { status: status as number }),
      ...(error !== undefined && { error: this.redactor.text(safeText(error)).slice(0, MAX_ERROR) }),
    };
  }
}

async function tried(sink: LogSink): Promise<SinkTest> {
  try {
    return (await sink.test?.()) ?? failure('It did not say what became of it');
  } catch (error) {
    return failure(threwText(error).replace(/^\[Threw: (.*)\]$/s, '$1'));
  }
}

function failure(error: string): SinkTest {
  return { ok: false, error };
}
