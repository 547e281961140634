import { type StoreFactory, type SuiteOptions } from './harness.js';
/**
 * Tests the contracts of `LogStore` and `LogSource`. The factory makes a new, empty store for each test; where
 * the store has a method `close`, it is called at the end.
 *
 * @example
 * describeLogStore('MemoryStore', (options) => new MemoryStore(options));
 */
export declare function describeLogStore(name: string, factory: StoreFactory, options?: SuiteOptions): void;
