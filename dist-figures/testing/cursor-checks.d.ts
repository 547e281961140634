import { type Checks } from './checks.js';
import { type Probe } from './probe.js';
/** What holds of reading forward and back, from any place. */
export declare const cursorChecks: Checks<Probe>;
