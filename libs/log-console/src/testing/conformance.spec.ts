import { setImmediate } from 'node:timers/promises';
import { formatCursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type ReadRequest } from '../domain/log-source.js';
import { ArrayStore } from './array.store.js';
import {
  describeLogSource,
  describeLogStore,
  type SourceFactory,
  type SourceSuiteOptions,
  type StoreFactory,
  type TestRunner,
} from './index.js';

describe('the suites', () => {
  it('say which function of a runner is missing', () => {
    const start = (runner: Partial<TestRunner>) => () =>
      describeLogStore('X', () => new ArrayStore(), { runner });
    expect(start({})).toThrow('needs describe and test of a test runner, as globals');
    expect(start({ describe })).toThrow('needs test of a test runner');
  });

  it('close what the factory made, also when a check fails', async () => {
    let open = 0;
    const factory: StoreFactory = async (options) => {
      open++;
      const close = async (): Promise<void> => {
        open--;
      };
      return { store: new Skipping(options), close };
    };
    const tests = collect((runner) => describeLogStore('X', factory, { runner }));
    await expect(tests.get('neither repeats nor skips an entry (pages of 2)')?.()).rejects.toThrow();
    await tests.get('carries any text, control characters and half characters included')?.();
    expect(open).toBe(0);
  });

  it('call the method close that a store has', async () => {
    let closed = 0;
    class Closing extends ArrayStore {
      close(): void {
        closed += this.entries.length;
      }
    }
    const tests = collect((runner) => describeLogStore('X', (options) => new Closing(options), { runner }));
    await tests.get('keeps each of the six levels')?.();
    expect(closed).toBe(6);
  });

  it('say what the harness of a source that finishes lacks', async () => {
    const factory: SourceFactory = (options) => {
      const source = new ArrayStore(options);
      return { source, write: (records) => records.forEach((record) => source.append(record)) };
    };
    const tests = collect((runner) => describeLogSource('X', factory, { finishes: true, runner }));
    await expect(tests.get('says that it is finished once it is, and not before')?.()).rejects.toThrow(
      'has a method finish',
    );
  });

  it('leave out what a source is not made for', () => {
    const names = (options: SourceSuiteOptions): string[] => [
      ...collect((runner) => describeLogSource('X', never, { ...options, runner })).keys(),
    ];
    const few = names({ dense: false, bounded: false, fields: ['level'] });
    expect(names({}).filter((name) => !few.includes(name))).toEqual(
      expect.arrayContaining([
        'takes an integer below its first id for one of an earlier life',
        'delivered, filtered out and missed add up to the range, at any pace',
        'filters by context: exact names, and prefixes that end in *',
        'tells a follower that was overtaken how many it missed, and goes on',
      ]),
    );
    expect(few).toContain('filters by search: a substring of message, context, stack and data, in any case');
    expect(few).toContain('filters by level: a set');
  });
});

/** Skips all between the batch and the newest entry. */
class Skipping extends ArrayStore {
  override async read(request: ReadRequest): Promise<LogBatch> {
    return { ...(await super.read(request)), next: formatCursor(this.epoch, this.newest) };
  }
}

/** The tests a suite defines. */
function collect(define: (runner: TestRunner) => void): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>();
  define({ describe: (_, inside) => inside(), test: (name, run) => tests.set(name, run) });
  return tests;
}

function never(): never {
  throw new Error('Not for this test');
}

describeLogStore('An array that answers later', (options) => new ArrayStore(options));
describeLogSource(
  'An array that is written to from outside',
  (options) => {
    const source = new ArrayStore(options);
    return {
      source,
      write: async (records) => {
        for (const record of records) {
          await setImmediate();
          source.append(record);
        }
      },
      finish: () => source.finish(),
    };
  },
  { finishes: true },
);
