import { type LogRecord, type Truncated } from '../../domain/log-entry.js';
import { type TextRedactor } from '../../domain/text-redactor.js';
import { type Snapshot } from '../../domain/snapshot.js';
/** The texts of a record, within the limit; `truncated` only when something was cut. */
export interface FittedRecord {
    readonly message: string;
    readonly stack: string | undefined;
    /** JSON text, or what it can be made of later. */
    readonly data: string | Snapshot | undefined;
    readonly dataSize: number;
    readonly truncated: Truncated | undefined;
}
/**
 * Cuts message, stack and data to a number of UTF-8 bytes together, and takes the JSON of the data.
 * Each may take what the others leave: the message at least half, stack and data at least a quarter. The redactor masks
 * the data; message and stack are masked already.
 */
export declare function fitRecord(record: LogRecord, maxBytes: number, redactor?: TextRedactor): FittedRecord;
