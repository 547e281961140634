import { type Checks } from './checks.js';
import { type Probe } from './probe.js';
/** What holds of waiting for news. */
export declare const waitingChecks: Checks<Probe>;
