import { type Checks } from './checks.js';
import { type StoreProbe } from './probe.js';
/** What holds of clearing. */
export declare const clearingChecks: Checks<StoreProbe>;
