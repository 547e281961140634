/** Work that is done by one at a time: who asks while it runs gets what comes of the next run, shared with all others. */
export declare class OneAtATime<T> {
    #private;
    readonly work: () => Promise<T>;
    constructor(work: () => Promise<T>);
    run(): Promise<T>;
}
