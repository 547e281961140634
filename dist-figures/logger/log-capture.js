import { LOG_LEVELS, levelIndex } from '../domain/log-level.js';
/** One application's share of the lines: those of the levels it wants go to its store, the others are counted. */
export class LogCapture {
    #wanted;
    #store;
    #belowLevel = 0;
    #rejected = 0;
    /** @param levels as Nest reads them: what is listed, and all above the highest listed. `error` and `fatal` always pass. */
    constructor(store, levels = LOG_LEVELS) {
        const highest = levels.length === 0 ? Infinity : Math.max(...levels.map(levelIndex));
        const always = Math.min(highest, levelIndex('error'));
        this.#wanted = LOG_LEVELS.map((level, index) => index >= always || levels.includes(level));
        this.#store = store;
    }
    append(record) {
        if (this.#wanted[levelIndex(record.level)])
            this.#store.append(record);
        else
            this.#belowLevel++;
    }
    reject() {
        this.#rejected++;
    }
    get stats() {
        return { belowLevel: this.#belowLevel, rejected: this.#rejected, suppressed: 0 };
    }
}
