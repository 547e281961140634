import { type Match, type Rule, type Scan } from './rule.js';
import { type SecretKeys } from './secret-keys.js';
/** A name that says it is secret, and its value: `password=…`, `"apiKey": "…"`, `Authorization: …`, `<token>…`, "password is …". */
export declare class AssignmentRule implements Rule {
    #private;
    private readonly keys;
    readonly name = "assignment";
    readonly triggers: readonly string[];
    constructor(keys: SecretKeys, own?: readonly string[]);
    find(scan: Scan, at: number): Match | undefined;
}
