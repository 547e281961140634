import { type Checks } from './checks.js';
import { type StoreProbe } from './probe.js';
/** What holds of appending, and of the counters. */
export declare const storeChecks: Checks<StoreProbe>;
