import { type Checks } from './checks.js';
import { type RecordField } from './harness.js';
import { type Probe } from './probe.js';
/** What holds of the entries of a batch, where the source keeps these fields. */
export declare function entryChecks(keeps: (field: RecordField) => boolean): Checks<Probe>;
