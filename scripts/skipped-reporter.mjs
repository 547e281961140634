import { missingServices } from './service-list.mjs';

/** Says in one loud line how many tests were skipped and what installs what they need; with CI=true a skip is a failure. */
export default class SkippedReporter {
  #skipped = 0;

  onRunComplete(_contexts, results) {
    this.#skipped = results.numPendingTests + results.numTodoTests;
    if (this.#skipped > 0) {
      const missing = missingServices();
      const why =
        missing.length > 0 ? ` for want of ${missing.join(', ')}: npm run setup:services installs them` : '';
      process.stderr.write(`\n!!! ${this.#skipped} TESTS WERE SKIPPED${why} !!!\n`);
    }
  }

  getLastError() {
    return this.#skipped > 0 && process.env.CI === 'true'
      ? new Error(`${this.#skipped} tests were skipped; with CI=true that is a failure.`)
      : undefined;
  }
}
