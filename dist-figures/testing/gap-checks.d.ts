import { type Checks } from './checks.js';
import { type Probe } from './probe.js';
/** What holds of readers that are slower than the log; ids are dense, the source is bounded. */
export declare const gapChecks: Checks<Probe>;
