import { type Admission } from '../access/caller.js';
import { type ByeReason } from './live-format.js';
export interface StreamLimits {
    /** Open streams per user and address. Default 10. */
    readonly streamsPerUser: number;
    /** Open streams per process. Default 100. */
    readonly streamsPerProcess: number;
}
/** A response that is held open: a live stream, or a poll that waits. */
export interface OpenStream {
    readonly kind: 'streams' | 'polls';
    end(reason: ByeReason): void;
}
/** Every response that is held open: counted, limited, asked again for its rights every 60 s, ended at shutdown. */
export declare class OpenStreams {
    #private;
    readonly limits: StreamLimits;
    constructor(limits: StreamLimits);
    get counts(): {
        streams: number;
        polls: number;
    };
    /** Takes a slot, or throws the answer 503; returns how to give it back. */
    add(stream: OpenStream, { caller, recheck }: Admission): () => void;
    /** Ends all of them; resolves when the last one is gone, at the latest after 900 ms. */
    closeAll(): Promise<void>;
}
