import { type LogBatch } from '../../../domain/log-batch.js';
import { type ReadRequest } from '../../../domain/log-source.js';
/**
 * One read for all who ask for what comes after the same place. What was found there is shared for a moment; that
 * nothing was is told only to those who asked before it was looked.
 */
export declare class SharedReads {
    #private;
    readonly read: (request: ReadRequest) => Promise<LogBatch>;
    constructor(read: (request: ReadRequest) => Promise<LogBatch>);
    after(request: ReadRequest): Promise<LogBatch>;
    /** Lets go of what was read. */
    clear(): void;
}
/** Whether there is something after the place that was asked for. */
export declare function isNews(batch: LogBatch, { after }: Pick<ReadRequest, 'after'>): boolean;
