import { type Rule } from './rule.js';
/** A JSON Web Token: before all that may begin like one. */
export declare const JWT_RULE: Rule;
/** Other secrets with a format of their own; a name beside them comes first. */
export declare const FORMAT_RULES: readonly Rule[];
