import { defineChecks } from './checks.js';
import { clearingChecks } from './clearing-checks.js';
import { sourceChecks } from './log-source.conformance.js';
import { StoreProbe } from './probe.js';
import { runnerOf } from './runner.js';
import { storeChecks } from './store-checks.js';
/**
 * Tests the contracts of `LogStore` and `LogSource`. The factory makes a new, empty store for each test; where
 * the store has a method `close`, it is called at the end.
 *
 * @example
 * describeLogStore('MemoryStore', (options) => new MemoryStore(options));
 */
export function describeLogStore(name, factory, options = {}) {
    const runner = runnerOf(options.runner);
    const create = async (asked) => {
        const { store, close } = harnessOf(await factory(asked));
        return new StoreProbe(store, asked.capacity, async () => close?.());
    };
    runner.describe(`${name} is a LogSource that`, () => defineChecks(runner, sourceChecks(), create));
    runner.describe(`${name} is a LogStore that`, () => defineChecks(runner, { ...storeChecks, ...clearingChecks }, create));
}
function harnessOf(made) {
    if ('store' in made)
        return made;
    const { close } = made;
    return { store: made, close: () => close?.call(made) };
}
