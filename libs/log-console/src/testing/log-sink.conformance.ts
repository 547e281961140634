import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LogRecord } from '../domain/log-entry.js';
import { LOG_LEVELS } from '../domain/log-level.js';
import { type LogSink, type SinkStats } from '../domain/log-sink.js';
import { type SuiteOptions } from './harness.js';
import { ship, type Shipping } from '../reading/ship.js';
import { Ring } from './ring.js';
import { runnerOf } from './runner.js';
import { within } from './within.js';

/** What arrived of a line. */
export interface ReceivedLine {
  /** Its message. */
  readonly message: string;
  /** Its level, where it can be told. */
  readonly level?: string | undefined;
}

/** A destination under test, and a look at what arrives. */
export interface SinkHarness {
  /** What is tested. */
  readonly sink: LogSink;
  /** Everything that has arrived so far, in order. */
  received(): readonly ReceivedLine[] | Promise<readonly ReceivedLine[]>;
  /** Makes it fail until {@link SinkHarness.mend}: a disk that is full, a service that is down. Absent: it cannot fail. */
  breakDown?(): void | Promise<void>;
  /** Makes it well again. */
  mend?(): void | Promise<void>;
  /** Called at the end of the test. */
  close?(): void | Promise<void>;
}

/** Makes a destination for one test. */
export type SinkFactory = () => SinkHarness | Promise<SinkHarness>;

/** What a destination has beyond taking lines; what it has not is not tested. */
export interface SinkSuiteOptions extends SuiteOptions {
  /** True: the harness has `breakDown` and `mend`. Default false. */
  readonly failures?: boolean | undefined;
  /** True: it is `immediate`. Default false. */
  readonly immediate?: boolean | undefined;
}

/** Texts that break a line, a quote or a frame where somebody forgot to escape them. */
const HOSTILE = [
  'two\nlines',
  'carriage\r\nreturn',
  'a "quote", a \\ and a \\"',
  '},{"id":1001,"message":"forged"}',
  '{"id":1001}\n{"id":1002}',
  'tab\tand\u0000nul and \u001b[31mcolour',
  'separators \u2028 \u2029 and \u0085',
  'ünïcödé 🦊 日本語',
  '',
  ' blanks ',
  'x'.repeat(100_000),
];

class SinkProbe {
  readonly ring: Ring;
  #shipping: Shipping | undefined;

  constructor(
    readonly harness: SinkHarness,
    encodes: boolean,
  ) {
    this.ring = new Ring(encodes);
  }

  get sink(): LogSink {
    return this.harness.sink;
  }

  get shipping(): Shipping {
    return (this.#shipping ??= ship(this.ring, this.sink, {}));
  }

  log(messages: readonly string[], level?: LogRecord['level']): void {
    for (const [index, message] of messages.entries())
      this.ring.append({ level: level ?? LOG_LEVELS[index % LOG_LEVELS.length] ?? 'log', message });
  }

  async messages(): Promise<string[]> {
    return (await this.harness.received()).map(({ message }) => message);
  }

  /** Waits until everything was taken. */
  async taken(what = 'all lines to be taken'): Promise<SinkStats> {
    await this.until(what, ({ behind }) => behind === 0);
    return this.shipping.stats;
  }

  async until(what: string, holds: (stats: SinkStats) => boolean): Promise<void> {
    const { shipping } = this;
    let over = false;
    const waiting = async (): Promise<void> => {
      while (!over && !holds(shipping.stats)) await sleep(5);
    };
    await within(what, waiting()).finally(() => (over = true));
  }

  async close(): Promise<void> {
    await this.#shipping?.close(500);
    await this.harness.close?.();
  }
}

type SinkCheck = (open: (encodes?: boolean) => Promise<SinkProbe>) => Promise<void>;

const names = (count: number, prefix = 'line'): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix} ${index}`);

/** Whether a text is what was logged, where control characters may be shown otherwise. */
const plain = (text: string): string => text.replace(/[^\x20-\x7e]/g, '');

const checks: Readonly<Record<string, SinkCheck>> = {
  'has a name for the counters': async (open) => {
    const { sink } = await open();
    match(sink.name, /^[A-Za-z0-9_.-]{1,64}$/);
  },

  'takes every line once, in order': async (open) => {
    const probe = await open();
    const first = names(20);
    probe.log(first, 'error');
    await probe.taken();
    const later = names(480, 'later');
    probe.log(later, 'error');
    const stats = await probe.taken();
    deepEqual(await probe.messages(), [...first, ...later]);
    equal(stats.written, 500);
  },

  'takes lines whose JSON does not come along': async (open) => {
    const probe = await open(false);
    const lines = names(30);
    probe.log(lines, 'error');
    await probe.taken();
    deepEqual(await probe.messages(), lines);
  },

  'takes any text as one line': async (open) => {
    const probe = await open();
    probe.log(HOSTILE, 'error');
    await probe.taken();
    const received = await probe.messages();
    deepEqual(received.map(plain), HOSTILE.map(plain));
  },

  'keeps the levels apart': async (open) => {
    const probe = await open();
    probe.log(LOG_LEVELS, undefined);
    await probe.taken();
    const received = await probe.harness.received();
    for (const { message, level } of received) if (level !== undefined) equal(level, message);
    deepEqual(
      received.map(({ message }) => message),
      [...LOG_LEVELS],
    );
  },

  'changes nothing in what it is given': async (open) => {
    const probe = await open();
    probe.ring.append({ level: 'error', message: 'with data', data: { list: [1, { two: 3 }] }, stack: 'at' });
    const before = JSON.stringify(probe.ring.entries);
    await probe.taken();
    equal(JSON.stringify(probe.ring.entries), before);
  },

  'is closed without a line, and after some': async (open) => {
    const unused = await open();
    await within('close to settle', unused.shipping.close(500));
    const used = await open();
    used.log(['one'], 'error');
    await used.taken();
    await within('close to settle', used.shipping.close(500));
    deepEqual(await used.messages(), ['one']);
  },
};

const immediateChecks: Readonly<Record<string, SinkCheck>> = {
  'has done its work when write returns': async (open) => {
    const probe = await open();
    const { shipping } = probe;
    probe.log(['now'], 'error');
    shipping.flush();
    const received = probe.harness.received();
    // What comes while we wait for an answer does not count.
    const messages = 'then' in received ? await received : [...received];
    deepEqual(
      messages.map(({ message }) => message),
      ['now'],
    );
    equal(shipping.stats.written, 1);
  },
};

const failureChecks: Readonly<Record<string, SinkCheck>> = {
  'says that it failed, and takes each line once when it is well again': async (open) => {
    const probe = await open();
    const before = names(5, 'before');
    probe.log(before, 'error');
    await probe.taken();
    await probe.harness.breakDown?.();
    const during = names(50, 'during');
    probe.log(during, 'error');
    await probe.until('it to say that it failed', ({ state }) => state === 'failing');
    const { error, behind } = probe.shipping.stats;
    ok((error ?? '') !== '', 'It says why');
    ok(behind > 0, 'It counts no line it has not taken');
    await probe.harness.mend?.();
    const stats = await probe.taken('all lines to be taken when it is well again');
    const after = names(5, 'after');
    probe.log(after, 'error');
    await probe.taken();
    deepEqual(await probe.messages(), [...before, ...during, ...after]);
    equal(stats.written, 55);
  },
};

/**
 * Tests the contract of `LogSink`. The factory makes a new destination for each test, and a look at what arrives; it is
 * closed at the end.
 *
 * @example
 * describeLogSink('MySink', () => {
 *   const server = new FakeServer();
 *   return { sink: mySink(server), received: () => server.lines, breakDown: () => server.stop(), mend: () => server.start() };
 * }, { failures: true });
 */
export function describeLogSink(name: string, factory: SinkFactory, options: SinkSuiteOptions = {}): void {
  const runner = runnerOf(options.runner);
  const { failures = false, immediate = false } = options;
  const all = {
    ...checks,
    ...(immediate && immediateChecks),
    ...(failures && failureChecks),
  };
  runner.describe(`${name} is a LogSink that`, () => {
    for (const [promise, check] of Object.entries(all)) {
      runner.test(promise, async () => {
        const opened: SinkProbe[] = [];
        try {
          await check(async (encodes = true) => {
            const probe = new SinkProbe(await factory(), encodes);
            opened.push(probe);
            return probe;
          });
        } finally {
          for (const probe of opened) await probe.close();
        }
      });
    }
  });
}
