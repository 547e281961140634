import { isWordChar } from './letters.js';
import { VAGUE_PREFIXES, VENDOR_TOKENS } from './vendor-tokens.js';
const BODY = /[A-Za-z0-9_\-.=+/~]+/y;
const BEGIN = /^[A-Za-z0-9_\-.=+/~]+/;
/** No vendor's token is longer at least. */
const MOST_LEAST = Math.max(...VENDOR_TOKENS.map(([, atLeast]) => atLeast));
const SKIPPED = 8;
/** A token that says by its first letters whose it is. */
export class VendorTokenRule {
    #byStart;
    constructor() {
        this.name = 'vendor-token';
        this.#byStart = new Map();
        const all = VENDOR_TOKENS.flatMap(([, atLeast, ...prefixes]) => prefixes.map((prefix) => ({ atLeast, prefix })));
        // The longest first: `sk-ant-` before `sk-`.
        for (const token of all.sort((a, b) => b.prefix.length - a.prefix.length)) {
            const start = token.prefix.slice(0, 3);
            this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), token]);
        }
        this.triggers = all.map(({ prefix }) => prefix);
    }
    find(scan, at) {
        const { text, from } = scan;
        if (at < scan.tokensUntil)
            return undefined;
        if (at > from && isWordChar(text.charCodeAt(at - 1)))
            return undefined;
        for (const { prefix, atLeast } of this.#byStart.get(text.slice(at, at + 3)) ?? []) {
            if (!text.startsWith(prefix, at))
                continue;
            const start = at + prefix.length;
            const begins = BEGIN.exec(text.slice(start, start + MOST_LEAST))?.[0] ?? '';
            const isCut = text[start + begins.length] === '…' && begins.length > 3;
            if (begins.length < atLeast && !isCut)
                continue;
            if (VAGUE_PREFIXES.has(prefix) && !isRandom(begins)) {
                // Words: what begins among them is not looked at for each of its letters.
                scan.tokensUntil = at + SKIPPED;
                continue;
            }
            BODY.lastIndex = start;
            BODY.test(text);
            let end = BODY.lastIndex;
            while (text[end - 1] === '.')
                end--;
            return { start: at, end, kind: 'token', rule: this.name };
        }
        return undefined;
    }
}
/** Not only words: `sk-this-is-how-we-call-it` is a name. */
function isRandom(body) {
    if (/\d/.test(body) || /[a-z]{24}/i.test(body))
        return true;
    return /[A-Z]/.test(body) && /[a-z]/.test(body) && !/^(?:[A-Z]?[a-z]+[-_.]?)+$/.test(body);
}
