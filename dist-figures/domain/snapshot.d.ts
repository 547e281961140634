import { type TextRedactor } from './text-redactor.js';
/** A copy of a plain object that holds primitives only: nothing can change it, so its JSON can be made later, or never. */
export type Snapshot = Readonly<Record<string, unknown>>;
/**
 * Copies a small plain object of primitives, the usual structured parameters of a log call, for about a tenth of what
 * its JSON would cost. Undefined for everything else: that has to be serialised at the call.
 * @returns the copy, and about how long its JSON will be; Infinity where the copy has to be serialised at the call, too,
 * because it holds objects or secrets, or is long. It stands for the object then: the getters have run, and are not asked again
 */
export declare function takeSnapshot(value: unknown, redactor?: TextRedactor): {
    snapshot: Snapshot;
    size: number;
} | undefined;
/** The JSON of a snapshot. */
export declare function jsonOfSnapshot(snapshot: Snapshot): string;
