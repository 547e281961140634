import { type LogBatch } from '../domain/log-batch.js';
import { type LogSource, type ReadRequest } from '../domain/log-source.js';
/**
 * One read that waits for something to say: a matching entry, a gap or a clear; at the time limit or when the signal
 * aborts, an empty batch whose `next` has moved past what the filter dropped.
 */
export declare function poll(source: LogSource, request: ReadRequest, wait: {
    waitMs: number;
    signal: AbortSignal;
}): Promise<LogBatch>;
