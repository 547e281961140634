/**
 * Tokens that are known by how they begin, and how many characters follow at least. From the rules of gitleaks (MIT) and
 * the vendors' own documents; shorter than those say, because a token that was cut or altered is still a secret, and
 * without an upper bound, so that looking costs no more than the token is long.
 */
export declare const VENDOR_TOKENS: readonly (readonly [vendor: string, atLeast: number, ...prefixes: string[]])[];
/** Beginnings that names may have, too: `npm_config_cache`, `sk-learn`. What follows has to look random. */
export declare const VAGUE_PREFIXES: ReadonlySet<string>;
