import { type LogBatch } from '../domain/log-batch.js';
import { PartlyWrittenError, type LogSink } from '../domain/log-sink.js';
import { describeLogSink, type ReceivedLine, type SinkHarness, type TestRunner } from './index.js';

/** A right destination: an array. The wrong ones are made of it. */
class ArraySink implements LogSink {
  name = 'array';
  readonly immediate = true;
  lines: ReceivedLine[] = [];
  isBroken = false;

  write(batch: LogBatch): void | Promise<void> {
    this.take(batch);
  }

  readonly take = (batch: LogBatch): void => {
    for (const [index, { message, level }] of batch.entries.entries()) {
      // It breaks in the middle of things.
      if (this.isBroken && index >= 2) throw new PartlyWrittenError(2, 'broken');
      this.lines.push({ message, level });
    }
  };
}

type Change = (sink: ArraySink) => void;

const writing =
  (
    wrap: (write: (batch: LogBatch) => void, batch: LogBatch, sink: ArraySink) => void | Promise<void>,
  ): Change =>
  (sink) => {
    const { take } = sink;
    sink.write = (batch) => wrap(take, batch, sink);
  };

/** Each promise of the suite, and mistakes that break it. */
const MISTAKES: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  'has a name for the counters': { 'a sentence': (sink) => (sink.name = 'my sink, the second') },
  'takes every line once, in order': {
    'loses the last of a batch': writing((write, batch) =>
      write({ ...batch, entries: batch.entries.slice(0, -1) }),
    ),
    'takes some twice': writing((write, batch) =>
      write({ ...batch, entries: [...batch.entries, ...batch.entries.slice(0, 1)] }),
    ),
    'newest first': writing((write, batch) => write({ ...batch, entries: batch.entries.toReversed() })),
  },
  'takes lines whose JSON does not come along': {
    'reads only the JSON': writing((write, batch) => {
      if (batch.encoded) write(batch);
    }),
  },
  'takes any text as one line': {
    'splits at newlines': writing((write, batch) =>
      write({
        ...batch,
        entries: batch.entries.flatMap((entry) =>
          entry.message.split('\n').map((message) => ({ ...entry, message })),
        ),
      }),
    ),
    'splits its JSON at commas between braces': writing((write, batch) => {
      const text = Buffer.concat([...(batch.encoded?.() ?? [])]).toString();
      const messages = text.split('},{').map((part) => /"message":"((?:[^"\\]|\\.)*)"/.exec(part)?.[1] ?? '');
      write({ ...batch, entries: messages.map((message) => ({ id: 1, level: 'error', message })) });
    }),
    'cuts what is long': writing((write, batch) =>
      write({
        ...batch,
        entries: batch.entries.map((entry) => ({ ...entry, message: entry.message.slice(0, 9999) })),
      }),
    ),
    'leaves out what is empty': writing((write, batch) =>
      write({ ...batch, entries: batch.entries.filter(({ message }) => message !== '') }),
    ),
  },
  'keeps the levels apart': {
    'calls all the same': writing((write, batch) =>
      write({ ...batch, entries: batch.entries.map((entry) => ({ ...entry, level: 'log' })) }),
    ),
  },
  'changes nothing in what it is given': {
    'marks what it has seen': writing((write, batch) => {
      for (const entry of batch.entries) Object.assign(entry, { seen: true });
      write(batch);
    }),
  },
  'is closed without a line, and after some': {
    'takes nothing': (sink) => Object.assign(sink, { write: () => undefined }),
  },
  'has done its work when write returns': {
    'does it a little later': writing((write, batch) => {
      queueMicrotask(() => write(batch));
    }),
    'answers with a promise': writing(async (write, batch) => write(batch)),
  },
  'says that it failed, and takes each line once when it is well again': {
    'says nothing': writing((write, batch, sink) => {
      if (!sink.isBroken) write(batch);
    }),
    'does not say what it has taken': writing((write, batch) => {
      try {
        write(batch);
      } catch {
        throw new Error('broken');
      }
    }),
    'says that it has taken more': writing((write, batch) => {
      try {
        write(batch);
      } catch {
        throw new PartlyWrittenError(3, 'broken');
      }
    }),
    'says nothing of why': writing((write, batch) => {
      try {
        write(batch);
      } catch {
        throw new PartlyWrittenError(2, '');
      }
    }),
  },
};

const harness =
  (change?: Change): (() => SinkHarness) =>
  () => {
    const sink = new ArraySink();
    change?.(sink);
    return {
      sink,
      received: () => sink.lines,
      breakDown: () => {
        sink.isBroken = true;
      },
      mend: () => {
        sink.isBroken = false;
      },
    };
  };

/** The tests the suite defines for a destination. */
function testsOf(change?: Change): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>();
  const runner: TestRunner = { describe: (_, inside) => inside(), test: (name, run) => tests.set(name, run) };
  describeLogSink('X', harness(change), { runner, immediate: true, failures: true });
  return tests;
}

describeLogSink('An array', harness(), { immediate: true, failures: true });

describe('the suite for destinations', () => {
  it('has a mistake for each promise', () => {
    expect(Object.keys(MISTAKES).sort()).toEqual([...testsOf().keys()].sort());
  });

  it('closes what the factory made, also when a check fails', async () => {
    let open = 0;
    const tests = new Map<string, () => Promise<void>>();
    const runner: TestRunner = {
      describe: (_, inside) => inside(),
      test: (name, run) => tests.set(name, run),
    };
    const close = (): void => {
      open--;
    };
    const factory = (): SinkHarness => {
      open++;
      return { ...harness((sink) => (sink.name = ''))(), close };
    };
    describeLogSink('X', factory, { runner });
    await expect(tests.get('has a name for the counters')?.()).rejects.toThrow();
    await tests.get('keeps the levels apart')?.();
    expect(open).toBe(0);
  });

  it('leaves out what a destination has not', () => {
    const names: string[] = [];
    const runner: TestRunner = { describe: (_, inside) => inside(), test: (name) => names.push(name) };
    describeLogSink('X', harness(), { runner });
    expect(names).not.toContain('has done its work when write returns');
    expect(names).toContain('takes any text as one line');
  });

  describe.each(Object.entries(MISTAKES))('notices where one that "%s"', (promise, mistakes) => {
    it.each(Object.entries(mistakes))('%s', async (_what, change) => {
      await expect(testsOf(change).get(promise)?.()).rejects.toThrow();
    });
  });
});
