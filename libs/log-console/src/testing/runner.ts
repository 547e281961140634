/** What the suites need of a test runner. Jest and vitest (`globals: true`) have it as globals; node:test passes it in. */
export interface TestRunner {
  /** Names a group of tests. */
  describe(name: string, define: () => void): unknown;
  /** One test. */
  test(name: string, run: () => Promise<void>): unknown;
}

/** The runner that was passed in, or the one whose functions are global; throws when a function is missing. */
export function runnerOf(given?: Partial<TestRunner>): TestRunner {
  const runner = (given ?? globalThis) as Partial<TestRunner>;
  const missing = (['describe', 'test'] as const).filter((name) => typeof runner[name] !== 'function');
  if (missing.length > 0)
    throw new Error(
      `The conformance suite needs ${missing.join(' and ')} of a test runner, as globals (jest; vitest with ` +
        '"globals: true") or passed in (node:test): describeLogStore(name, factory, { runner: { describe, test } }).',
    );
  return runner as TestRunner;
}
