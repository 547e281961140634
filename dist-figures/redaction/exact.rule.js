const SHORTEST = 8;
/** Secrets that are known: the console's own tokens, values of the environment. */
export class ExactRule {
    #values;
    /** @param values those shorter than 8 characters are left out: they would be found everywhere. */
    constructor(values) {
        this.name = 'exact';
        this.#values = [...new Set(values)]
            .filter((value) => value.length >= SHORTEST)
            .sort((a, b) => b.length - a.length);
        this.triggers = this.#values;
    }
    find({ text }, at) {
        const value = this.#values.find((known) => text.startsWith(known, at));
        return value === undefined
            ? undefined
            : { start: at, end: at + value.length, kind: 'token', rule: this.name };
    }
}
