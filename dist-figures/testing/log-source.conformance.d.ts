import { type SourceFactory, type SourceSuiteOptions } from './harness.js';
import { type Checks } from './checks.js';
import { Probe } from './probe.js';
/** What a source promises: a store everything, other sources what they are made for. */
export declare function sourceChecks(options?: SourceSuiteOptions): Checks<Probe>;
/**
 * Tests the contract of `LogSource`. The factory makes a new, empty source for each test, and a way to write to it.
 *
 * @example
 * describeLogSource('TailedFile', openTailedFile, { dense: false, bounded: false, fields: ['level'] });
 */
export declare function describeLogSource(name: string, factory: SourceFactory, options?: SourceSuiteOptions): void;
