/** Tells when something may have changed in the directory of a file: one watcher and one timer, however many listen. */
export declare class FileWatch {
    #private;
    readonly path: string;
    readonly onChange: (isTick: boolean) => void;
    readonly onStop: () => void;
    /**
     * @param onChange something may have changed
     * @param onStop nobody has wanted to know for a while
     */
    constructor(path: string, onChange: (isTick: boolean) => void, onStop: () => void);
    get isOn(): boolean;
    /** Whether something changed lately, so that something may be due. */
    get isLively(): boolean;
    start(): void;
    /** Something changed: what is due because of it is looked for soon. */
    changed(): void;
    /** Ends it a moment later, unless it is started again until then. */
    stopSoon(): void;
    stop(): void;
}
