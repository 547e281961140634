/** The runner that was passed in, or the one whose functions are global; throws when a function is missing. */
export function runnerOf(given) {
    const runner = (given ?? globalThis);
    const missing = ['describe', 'test'].filter((name) => typeof runner[name] !== 'function');
    if (missing.length > 0)
        throw new Error(`The conformance suite needs ${missing.join(' and ')} of a test runner, as globals (jest; vitest with ` +
            '"globals: true") or passed in (node:test): describeLogStore(name, factory, { runner: { describe, test } }).');
    return runner;
}
