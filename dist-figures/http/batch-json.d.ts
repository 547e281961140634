import { type LogBatch } from '../domain/log-batch.js';
/** JSON without any control character in it. */
export declare function toSafeJson(value: unknown): string;
/** A batch as JSON, in pieces of UTF-8: those of the entries are shared by all readers. */
export declare function batchJson(batch: LogBatch): Uint8Array[];
