import { expect, jest } from '@jest/globals';

/** End-to-end tests, and specs of what stands on a real disk or network. */
const ON_THE_MACHINE = /\.e2e-spec\.ts$|\/(sinks|sources)\//;

/**
 * A test with real browsers, servers, disks and clocks may be tried a second time on a machine that had no time for it.
 * What failed the first time is printed, and the run says how many there were; any other spec has one try.
 */
if (ON_THE_MACHINE.test(expect.getState().testPath ?? '')) jest.retryTimes(1, { logErrorsBeforeRetry: true });
