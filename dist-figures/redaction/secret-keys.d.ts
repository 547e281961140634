/** Knows the keys whose values are secrets: whole words inside a key, whatever its case and separators. */
export declare class SecretKeys {
    #private;
    /**
     * @param own more keys, as words (`badge number`, `badgeNumber`)
     * @param allowed keys that are not secret, whatever they are called
     */
    constructor(own?: readonly string[], allowed?: readonly string[]);
    /** What the value of a key is to be called; undefined when it is no secret. Keys come again and again: it remembers. */
    kindOf(key: string): string | undefined;
}
/** Every word by which a secret key can be found in a text. */
export declare const KEY_TRIGGERS: readonly string[];
/** What of a key of the host's can be found in a text. */
export declare function triggersOf(key: string): readonly string[];
