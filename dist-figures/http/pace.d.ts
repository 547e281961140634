/**
 * The next common tick, 16 to 50 ms from now. Live responses that wait for the same tick then read from the same
 * place, so that what they write is made once for all of them.
 */
export declare function nextTick(): Promise<void>;
