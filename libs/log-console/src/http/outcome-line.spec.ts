import { type OperationSummary } from '../domain/log-operations.js';
import { outcomeLine } from './outcome-line.js';

type Given = Omit<Partial<OperationSummary>, 'lines'> & {
  readonly total?: number;
  readonly byLevel?: Partial<OperationSummary['lines']['byLevel']>;
};

const NONE = { verbose: 0, debug: 0, log: 0, warn: 0, error: 0, fatal: 0 };

function summary({ total = 0, byLevel, ...facts }: Given): OperationSummary {
  return {
    id: 'op-1',
    name: 'Import',
    state: 'ok',
    startedAt: '2026-11-20T08:15:42.113Z',
    durationMs: 12_400,
    cancellable: false,
    instance: 'web-1',
    ...facts,
    lines: { total, byLevel: { ...NONE, ...byLevel } },
  };
}

describe('outcomeLine', () => {
  it.each<[string, Given, string]>([
    ['warnings', { total: 1204, byLevel: { warn: 3 } }, 'ok in 12.4 s, 1,204 lines, 3 warnings'],
    [
      'why it failed',
      {
        state: 'failed',
        durationMs: 3100,
        total: 12,
        byLevel: { error: 1 },
        error: { message: 'Error: The supplier is away' },
      },
      'failed in 3.1 s, 12 lines, 1 error: Error: The supplier is away',
    ],
    [
      'a fatal one as an error',
      { total: 5, byLevel: { error: 1, fatal: 1 } },
      'ok in 12.4 s, 5 lines, 2 errors',
    ],
    [
      'errors before warnings',
      { total: 2000, byLevel: { warn: 1, error: 1500 } },
      'ok in 12.4 s, 2,000 lines, 1,500 errors, 1 warning',
    ],
    ['one line', { total: 1 }, 'ok in 12.4 s, 1 line'],
    ['no line', { durationMs: 0 }, 'ok in 0.0 s, 0 lines'],
    ['hours', { durationMs: 7_384_949 }, 'ok in 7,384.9 s, 0 lines'],
    ['that it was cancelled', { state: 'cancelled', total: 2 }, 'cancelled after 12.4 s, 2 lines'],
    ['that it was abandoned', { state: 'abandoned', total: 2 }, 'abandoned after 12.4 s, 2 lines'],
    [
      'no reason where it did not fail',
      { state: 'cancelled', error: { message: 'stopped' } },
      'cancelled after 12.4 s, 0 lines',
    ],
    [
      'no reason where there is none',
      { state: 'failed', error: { message: '' } },
      'failed in 12.4 s, 0 lines',
    ],
  ])('says %s', (_what, given, said) => {
    expect(outcomeLine(summary(given))).toBe(`=== ${said} ===\n`);
  });

  it('is one line whatever the reason is, and steers no terminal', () => {
    const message =
      '\nfirst \x1b[2J\x9b\r\n=== ok in 1.0 s, 0 lines ===\n2026-11-20T08:15:42.113Z    WARN forged\n';
    expect(outcomeLine(summary({ state: 'failed', error: { message } }))).toBe(
      String.raw`=== failed in 12.4 s, 0 lines: first \x1b[2J\x9b…` + ' ===\n',
    );
  });
});
