import { type SourceFactory, type SourceSuiteOptions, type RecordField } from './harness.js';
import { defineChecks, type Checks } from './checks.js';
import { cursorChecks } from './cursor-checks.js';
import { entryChecks } from './entry-checks.js';
import { filterChecks } from './filter-checks.js';
import { finishingChecks } from './finishing-checks.js';
import { followingChecks, overtakenFollowerChecks } from './following-checks.js';
import { gapChecks } from './gap-checks.js';
import { Probe } from './probe.js';
import { runnerOf } from './runner.js';
import { firstIdChecks, unknownCursorChecks } from './unknown-cursor-checks.js';
import { waitingChecks } from './waiting-checks.js';

/** What a source promises: a store everything, other sources what they are made for. */
export function sourceChecks(options: SourceSuiteOptions = {}): Checks<Probe> {
  const { dense = true, bounded = true, finishes = false, fields } = options;
  const keeps = (field: RecordField): boolean => fields?.includes(field) ?? true;
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
    ...(finishes && finishingChecks),
  };
}

/**
 * Tests the contract of `LogSource`. The factory makes a new, empty source for each test, and a way to write to it.
 *
 * @example
 * describeLogSource('TailedFile', openTailedFile, { dense: false, bounded: false, fields: ['level'] });
 */
export function describeLogSource(
  name: string,
  factory: SourceFactory,
  options: SourceSuiteOptions = {},
): void {
  const runner = runnerOf(options.runner);
  runner.describe(`${name} is a LogSource that`, () => {
    defineChecks(
      runner,
      sourceChecks(options),
      async (asked) => new Probe(await factory(asked), asked.capacity),
    );
  });
}
