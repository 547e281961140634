import { type Checks } from './checks.js';
import { type Probe } from './probe.js';
/** What holds of cursors nobody handed out: none is rejected. */
export declare const unknownCursorChecks: Checks<Probe>;
/** What holds beside it where ids are taken from the clock. */
export declare const firstIdChecks: Checks<Probe>;
