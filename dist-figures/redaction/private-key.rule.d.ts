import { type Rule } from './rule.js';
/** A private key in PEM, its line breaks written as they may be; one that does not end is masked to the end of the text. */
export declare const PRIVATE_KEY_RULE: Rule;
