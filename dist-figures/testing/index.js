export { describeLogSource } from './log-source.conformance.js';
export { describeLogStore } from './log-store.conformance.js';
