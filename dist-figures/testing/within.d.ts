/** The value of a promise that has to settle; fails with what was waited for when it does not. */
export declare function within<T>(what: string, promise: Promise<T>): Promise<T>;
