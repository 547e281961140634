/** After the first pings one comes every so many seconds. */
export const PING_EVERY_S = 10;
/** Early ones show within seconds that something between holds the stream back. */
const EARLY_S = [1, 2, 3, 5, 7];
/** When the pings of one stream are due: 1, 2, 3, 5, 7 seconds after its start, then every 10. */
export class PingSchedule {
    #start = performance.now();
    #sent = 0;
    /** Milliseconds to the next one; 0 when it is due. */
    untilNext() {
        const early = EARLY_S[this.#sent];
        const seconds = early ?? (this.#sent - EARLY_S.length + 1) * PING_EVERY_S;
        return Math.max(0, this.#start + seconds * 1000 - performance.now());
    }
    /** Counts the one just sent, and those a stalled process missed. */
    sent() {
        do
            this.#sent++;
        while (this.untilNext() === 0);
    }
}
