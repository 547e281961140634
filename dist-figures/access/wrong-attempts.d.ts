/** Counts wrong tokens per address: above 10 a minute they are answered 429. A right token always passes. */
export declare class WrongAttempts {
    #private;
    /** Counts one; returns the seconds to wait when there were too many. */
    add(address: string, now?: number): number | undefined;
}
