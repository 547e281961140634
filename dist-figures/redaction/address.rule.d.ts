import { type Rule } from './rule.js';
/** The password in an address, `scheme://user:password@host`: the last `@` before the path wins. */
export declare const ADDRESS_RULE: Rule;
