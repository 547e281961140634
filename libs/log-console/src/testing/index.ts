export { describeLogSource } from './log-source.conformance.js';
export {
  describeLogSink,
  type ReceivedLine,
  type SinkFactory,
  type SinkHarness,
  type SinkSuiteOptions,
} from './log-sink.conformance.js';
export { describeLogStore } from './log-store.conformance.js';
export {
  type RecordField,
  type SourceFactory,
  type SourceHarness,
  type SourceOptions,
  type SourceSuiteOptions,
  type StoreFactory,
  type StoreHarness,
  type SuiteOptions,
} from './harness.js';
export { type TestRunner } from './runner.js';
