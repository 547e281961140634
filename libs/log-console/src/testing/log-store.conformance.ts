import { type LogStore } from '../domain/log-source.js';
import { defineChecks } from './checks.js';
import { clearingChecks } from './clearing-checks.js';
import { type SourceOptions, type StoreFactory, type StoreHarness, type SuiteOptions } from './harness.js';
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
export function describeLogStore(name: string, factory: StoreFactory, options: SuiteOptions = {}): void {
  const runner = runnerOf(options.runner);
  const create = async (asked: SourceOptions): Promise<StoreProbe> => {
    const { store, close } = harnessOf(await factory(asked));
    return new StoreProbe(store, asked.capacity, async () => close?.());
  };
  runner.describe(`${name} is a LogSource that`, () => defineChecks(runner, sourceChecks(), create));
  runner.describe(`${name} is a LogStore that`, () =>
    defineChecks(runner, { ...storeChecks, ...clearingChecks }, create),
  );
}

function harnessOf(made: LogStore | StoreHarness): StoreHarness {
  if ('store' in made) return made;
  const { close } = made as { close?: () => void | Promise<void> };
  return { store: made, close: () => close?.call(made) };
}
