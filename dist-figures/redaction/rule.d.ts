import { type SecretMatch } from '../domain/text-redactor.js';
export type Match = SecretMatch;
/** A text while it is looked through, from left to right. */
export interface Scan {
    readonly text: string;
    /** Before it everything is decided. */
    from: number;
    /** Up to where the rule of keys has looked, so that no name is looked at twice. */
    keysUntil: number;
    /** Up to where the rule of vendors' tokens need not look again. */
    tokensUntil: number;
    /** Up to where the rule of addresses has looked for the end of one. */
    runUntil: number;
    /** The last `@` in that address. */
    runAt: number;
}
/** One way in which secrets stand in texts. */
export interface Rule {
    readonly name: string;
    /** Where to look: texts of three letters or more, in whatever case, of which one is in every match. */
    readonly triggers: readonly string[];
    /** Looks at the place where a trigger may stand. Takes time by what it masks, or a bounded one. */
    find(scan: Scan, at: number): Match | undefined;
}
