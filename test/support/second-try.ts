import { expect, jest } from '@jest/globals';

/**
 * An end-to-end test with real browsers, servers and clocks may be tried a second time on a machine that had no time for it.
 * What failed the first time is printed, and the run says how many there were; a unit spec has one try.
 */
if (expect.getState().testPath?.endsWith('.e2e-spec.ts')) jest.retryTimes(1, { logErrorsBeforeRetry: true });
