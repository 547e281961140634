/** After the first pings one comes every so many seconds. */
export declare const PING_EVERY_S = 10;
/** When the pings of one stream are due: 1, 2, 3, 5, 7 seconds after its start, then every 10. */
export declare class PingSchedule {
    #private;
    /** Milliseconds to the next one; 0 when it is due. */
    untilNext(): number;
    /** Counts the one just sent, and those a stalled process missed. */
    sent(): void;
}
