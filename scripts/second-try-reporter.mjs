/** Says in one loud line which tests passed only at their second try. */
export default class SecondTryReporter {
  #names = [];

  onTestResult(_test, { testResults }) {
    for (const { status, invocations, fullName } of testResults) {
      if (status === 'passed' && invocations > 1) this.#names.push(fullName);
    }
  }

  onRunComplete() {
    if (this.#names.length === 0) return;
    process.stderr.write(
      `\n!!! ${this.#names.length} TESTS PASSED ONLY AT THEIR SECOND TRY: ${this.#names.join('; ')} !!!\n`,
    );
  }
}
