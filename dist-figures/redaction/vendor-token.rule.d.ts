import { type Match, type Rule, type Scan } from './rule.js';
/** A token that says by its first letters whose it is. */
export declare class VendorTokenRule implements Rule {
    #private;
    readonly name = "vendor-token";
    readonly triggers: readonly string[];
    constructor();
    find(scan: Scan, at: number): Match | undefined;
}
