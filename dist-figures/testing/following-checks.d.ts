import { type Checks } from './checks.js';
import { type Probe } from './probe.js';
/** What holds of `follow` over the source. */
export declare const followingChecks: Checks<Probe>;
/** What holds of a follower that is slower than a bounded source. */
export declare const overtakenFollowerChecks: Checks<Probe>;
