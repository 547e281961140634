import { jest } from '@jest/globals';
import { type LogSink, type SinkTest } from '../domain/log-sink.js';
import { type TextRedactor } from '../domain/text-redactor.js';
import { SinkTests } from './sink-tests.js';

const redactor = { text: (text: string) => text.replaceAll('s3cret', '[redacted]') } as TextRedactor;
const sink = (test?: LogSink['test'], name = 'hook'): LogSink => ({
  name,
  write: () => undefined,
  ...(test && { test }),
});

function testsOf(...sinks: LogSink[]) {
  const tests = new SinkTests(sinks, redactor);
  const run = (signal = new AbortController().signal): Promise<SinkTest> => tests.run(sinks[0], signal);
  return { tests, run };
}

describe('The test of a destination', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it.each<[string, LogSink['test'], SinkTest]>([
    ['that takes it', () => Promise.resolve({ ok: true, status: 204 }), { ok: true, status: 204 }],
    [
      'that does not',
      () => Promise.resolve({ ok: false, status: 503, error: 'It answered 503' }),
      { ok: false, status: 503, error: 'It answered 503' },
    ],
    ['that rejects', () => Promise.reject(new Error('ECONNREFUSED')), { ok: false, error: 'ECONNREFUSED' }],
    [
      'that throws at once, with a secret',
      () => {
        throw new Error('http://x/?key=s3cret');
      },
      { ok: false, error: 'http://x/?key=[redacted]' },
    ],
    [
      'that says what nobody asked for',
      () => Promise.resolve({ ok: 1, status: 'x', url: 's3cret' } as unknown as SinkTest),
      { ok: false },
    ],
    [
      'that says nothing',
      () => Promise.resolve() as unknown as Promise<SinkTest>,
      { ok: false, error: 'It did not say what became of it' },
    ],
  ])('tells of one %s', async (_what, test, expected) => {
    expect(await testsOf(sink(test)).run()).toEqual(expected);
  });

  it('is over after ten seconds, whatever the destination does, and leaves no timer', async () => {
    const { tests, run } = testsOf(sink(() => new Promise(() => undefined)));
    const running = run();
    await jest.advanceTimersByTimeAsync(9999);
    expect(tests.isBusy(sink())).toBe(true);
    await jest.advanceTimersByTimeAsync(1);
    expect(await running).toEqual({ ok: false, error: 'It took too long' });
    expect([tests.isBusy(sink()), jest.getTimerCount()]).toEqual([false, 0]);
  });

  it('is given up when the signal says so', async () => {
    const abort = new AbortController();
    const running = testsOf(sink(() => new Promise(() => undefined))).run(abort.signal);
    abort.abort();
    expect(await running).toEqual({ ok: false, error: 'It was given up' });
  });

  it('comes once in a second, of each destination', async () => {
    const other = sink(() => Promise.resolve({ ok: true }), 'other');
    const { tests, run } = testsOf(
      sink(() => Promise.resolve({ ok: true })),
      other,
    );
    await run();
    expect([tests.isBusy(sink()), tests.isBusy(other)]).toEqual([true, false]);
    await jest.advanceTimersByTimeAsync(1000);
    expect(tests.isBusy(sink())).toBe(false);
  });

  it('is there for those that have one, by their names', () => {
    const { tests } = testsOf(
      sink(() => Promise.resolve({ ok: true })),
      sink(undefined, 'file'),
    );
    expect(['hook', 'file', 'none', '__proto__', undefined].map((name) => tests.find(name)?.name)).toEqual([
      'hook',
      ...Array<undefined>(4).fill(undefined),
    ]);
  });
});
