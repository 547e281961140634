import { jest } from '@jest/globals';
import { type LogConsoleService, type RunningOperation } from 'nestjs-log-console';
import { Pauses } from '../common/pauses.js';
import { Random } from '../common/random.js';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import type { CatalogueImport } from './catalogue-import.js';
import { CatalogueImportService } from './catalogue-import.service.js';

const WANTED: CatalogueImport = { supplier: 'Halden Bearings', seconds: 120, variant: 'complete' };

describe('CatalogueImportService', () => {
  const pauses = new Pauses();
  const wait = jest.spyOn(pauses, 'wait');
  const progress = jest.fn<RunningOperation['progress']>();
  const abort = new AbortController();
  let log: CapturedLog;

  beforeEach(() => {
    log = captureLog();
    progress.mockReset();
    wait.mockReset().mockResolvedValue();
  });

  /** Runs what the service starts. */
  async function run(wanted: CatalogueImport): Promise<unknown> {
    let result: unknown;
    const start = (_name: string, _options: object, work: (operation: RunningOperation) => unknown): void => {
      result = work({ id: 'one', signal: abort.signal, progress });
    };
    const service = { start } as unknown as LogConsoleService;
    new CatalogueImportService(service, new Random('import'), pauses).start(wanted);
    return result;
  }

  it('takes every article, tells its progress page by page, and takes as long as it was asked to', async () => {
    await expect(run(WANTED)).resolves.toBe(1200);
    expect(log.messages('verbose')).toHaveLength(1200);
    expect(log.messages('log')).toHaveLength(25);
    expect(progress.mock.calls).toEqual(Array.from({ length: 24 }, (_, page) => [(page + 1) * 50, 1200]));
    expect(wait.mock.calls.reduce((sum, [ms]) => sum + ms, 0)).toBeCloseTo(120_000);
  });

  it('warns of prices that rose, now and then', async () => {
    await run(WANTED);
    const warnings = log.messages('warn');
    expect(warnings.length).toBeGreaterThan(0);
    expect(warnings.length).toBeLessThan(20);
    expect(warnings[0]).toMatch(/^HA-\d{5} costs \d+ % more than before$/);
  });

  it('fails half-way where it should, after three attempts', async () => {
    await expect(run({ ...WANTED, variant: 'failing' })).rejects.toThrow(
      'Halden Bearings sent page 11 of 24 with a wrong checksum 3 times',
    );
    expect(progress).toHaveBeenLastCalledWith(500, 1200);
    expect(log.messages('warn').slice(-3)).toEqual(
      [1, 2, 3].map((attempt) => `Page 11 came with a wrong checksum, attempt ${attempt} of 3`),
    );
  });

  it('stops at the next article when it is cancelled', async () => {
    wait.mockImplementation(() => {
      if (wait.mock.calls.length === 7) abort.abort();
      return Promise.resolve();
    });
    await expect(run(WANTED)).rejects.toThrow('aborted');
    expect(log.messages('verbose')).toHaveLength(70);
  });
});
