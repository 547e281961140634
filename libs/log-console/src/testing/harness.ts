import { type LogRecord } from '../domain/log-entry.js';
import { type LogSource, type LogStore } from '../domain/log-source.js';
import { type TestRunner } from './runner.js';

/** What a factory is asked for: a new, empty source. */
export interface SourceOptions {
  /** How many entries it holds, so that a test can overtake a reader. Rounded up where it must be. */
  readonly capacity: number;
  /** The name of the process that answers; where it is absent, any. */
  readonly instance?: string;
}

/** A source under test, and how entries get into it. */
export interface SourceHarness {
  /** What is tested. */
  readonly source: LogSource;
  /** Puts records into the source, in order. They may show a little later. */
  write(records: readonly LogRecord[]): void | Promise<void>;
  /** Of a source that finishes: nothing more comes. */
  finish?(): void | Promise<void>;
  /** Called at the end of the test. */
  close?(): void | Promise<void>;
}

/** Makes a source for one test. */
export type SourceFactory = (options: SourceOptions) => SourceHarness | Promise<SourceHarness>;

/** A store under test that needs more than its own `close` at the end of the test. */
export interface StoreHarness {
  /** What is tested. */
  readonly store: LogStore;
  /** Called at the end of the test. */
  close?(): void | Promise<void>;
}

/** Makes a store for one test. */
export type StoreFactory = (
  options: SourceOptions,
) => LogStore | StoreHarness | Promise<LogStore | StoreHarness>;

/** The fields of a record that some source cannot keep. */
export type RecordField = Exclude<keyof LogRecord, 'message'>;

/** What both suites can be told. */
export interface SuiteOptions {
  /** Where `describe` and `test` come from. Default: globals. */
  readonly runner?: Partial<TestRunner> | undefined;
}

/** What a source that is no store may lack; what is left out is not tested. */
export interface SourceSuiteOptions extends SuiteOptions {
  /** False: ids have holes, as byte offsets have. Default true. */
  readonly dense?: boolean | undefined;
  /** False: it holds everything, so that no reader can be overtaken. Default true. */
  readonly bounded?: boolean | undefined;
  /** True: it is over at some time, and its harness has a method `finish`. Default false. */
  readonly finishes?: boolean | undefined;
  /** The fields an entry gives back, beside its message. Default: all. */
  readonly fields?: readonly RecordField[] | undefined;
}
