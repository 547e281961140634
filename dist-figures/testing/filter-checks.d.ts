import { type Checks } from './checks.js';
import { type RecordField } from './harness.js';
import { type Probe } from './probe.js';
/** What holds of filtered reading, where the source keeps these fields. */
export declare function filterChecks(keeps: (field: RecordField) => boolean): Checks<Probe>;
