import { defineChecks } from './checks.js';
import { cursorChecks } from './cursor-checks.js';
import { entryChecks } from './entry-checks.js';
import { filterChecks } from './filter-checks.js';
import { followingChecks, overtakenFollowerChecks } from './following-checks.js';
import { gapChecks } from './gap-checks.js';
import { Probe } from './probe.js';
import { runnerOf } from './runner.js';
import { firstIdChecks, unknownCursorChecks } from './unknown-cursor-checks.js';
import { waitingChecks } from './waiting-checks.js';
/** What a source promises: a store everything, other sources what they are made for. */
export function sourceChecks(options = {}) {
    const { dense = true, bounded = true, fields } = options;
    const keeps = (field) => fields?.includes(field) ?? true;
    return {
        ...cursorChecks,
        ...unknownCursorChecks,
        ...(dense && firstIdChecks),
        ...(dense && bounded && gapChecks),
        ...entryChecks(keeps),
        ...filterChecks(keeps),
        ...waitingChecks,
        ...followingChecks,
        ...(bounded && overtakenFollowerChecks),
    };
}
/**
 * Tests the contract of `LogSource`. The factory makes a new, empty source for each test, and a way to write to it.
 *
 * @example
 * describeLogSource('TailedFile', openTailedFile, { dense: false, bounded: false, fields: ['level'] });
 */
export function describeLogSource(name, factory, options = {}) {
    const runner = runnerOf(options.runner);
    runner.describe(`${name} is a LogSource that`, () => {
        defineChecks(runner, sourceChecks(options), async (asked) => new Probe(await factory(asked), asked.capacity));
    });
}
