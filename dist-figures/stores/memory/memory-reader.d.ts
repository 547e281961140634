import { type LogBatch } from '../../domain/log-batch.js';
import { type ReadRequest } from '../../domain/log-source.js';
import { type EncodedBlocks } from './encoded-blocks.js';
import { type RingBuffer } from './ring-buffer.js';
/** Reads the ring by cursor. */
export declare class MemoryReader {
    #private;
    readonly ring: RingBuffer;
    readonly blocks: EncodedBlocks;
    readonly name: {
        readonly epoch: string;
        readonly instance: string;
    };
    /** The last id an operator cleared. */
    clearedUpTo: number;
    constructor(ring: RingBuffer, blocks: EncodedBlocks, name: {
        readonly epoch: string;
        readonly instance: string;
    });
    read(request: ReadRequest): LogBatch;
}
