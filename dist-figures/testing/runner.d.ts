/** What the suites need of a test runner. Jest and vitest (`globals: true`) have it as globals; node:test passes it in. */
export interface TestRunner {
    /** Names a group of tests. */
    describe(name: string, define: () => void): unknown;
    /** One test. */
    test(name: string, run: () => Promise<void>): unknown;
}
/** The runner that was passed in, or the one whose functions are global; throws when a function is missing. */
export declare function runnerOf(given?: Partial<TestRunner>): TestRunner;
