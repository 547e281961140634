import { type Match, type Rule, type Scan } from './rule.js';
/** Secrets that are known: the console's own tokens, values of the environment. */
export declare class ExactRule implements Rule {
    #private;
    readonly name = "exact";
    readonly triggers: readonly string[];
    /** @param values those shorter than 8 characters are left out: they would be found everywhere. */
    constructor(values: readonly string[]);
    find({ text }: Scan, at: number): Match | undefined;
}
