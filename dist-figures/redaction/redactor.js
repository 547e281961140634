import { ADDRESS_RULE } from './address.rule.js';
import { AssignmentRule } from './assignment.rule.js';
import { findCardNumber } from './card-number.js';
import { decode, isEncodedAt } from './decoded.js';
import { ExactRule } from './exact.rule.js';
import { FORMAT_RULES, JWT_RULE } from './format.rules.js';
import { isDigit } from './letters.js';
import { PRIVATE_KEY_RULE } from './private-key.rule.js';
import { SecretKeys } from './secret-keys.js';
import { classOf, TriggerTable } from './trigger-table.js';
import { VendorTokenRule } from './vendor-token.rule.js';
const DIGITS_OF_A_CARD = 13;
const MAX_DECODED = 2;
/** What hides or encodes: `%`, `&`, `\`, ESC, and what is not ASCII. */
const MAY_BE_ENCODED = new Uint8Array(128);
for (const char of '%&\\\x1b')
    MAY_BE_ENCODED[char.charCodeAt(0)] = 1;
/**
 * Masks secrets in texts: `[redacted:kind]`. One walk over the text; rules look only where their first letters stand. What
 * is percent-encoded, escaped, coloured or hidden is looked at once more as it is meant.
 */
export class Redactor {
    #table;
    #keys;
    #patterns;
    #counts = new Map();
    #cards;
    constructor({ keys = [], patterns = [], allow = [], values = [], rules = true } = {}) {
        this.#keys = rules ? new SecretKeys(keys, allow) : undefined;
        this.#cards = rules;
        this.#table = new TriggerTable([
            new ExactRule(values),
            ...(this.#keys
                ? [
                    PRIVATE_KEY_RULE,
                    ADDRESS_RULE,
                    JWT_RULE,
                    new VendorTokenRule(),
                    new AssignmentRule(this.#keys, keys),
                    ...FORMAT_RULES,
                ]
                : []),
        ]);
        this.#patterns = patterns.map((pattern) => new RegExp(pattern.source, `${pattern.flags.replace(/[gyd]/g, '')}gd`));
    }
    get counts() {
        return Object.fromEntries(this.#counts);
    }
    text(text) {
        const matches = this.#find(text);
        if (matches.length === 0)
            return text;
        for (const { rule } of matches)
            this.#count(rule);
        return masked(text, matches);
    }
    key(key) {
        const kind = this.#keys?.kindOf(key);
        if (kind !== undefined)
            this.#count('key');
        return kind;
    }
    isSecretKey(key) {
        return this.#keys?.kindOf(key) !== undefined;
    }
    finds(text) {
        return this.#find(text).length > 0;
    }
    preview(text) {
        const matches = this.#find(text);
        return { text: masked(text, matches), matches };
    }
    /** The secrets in a text, in order, without overlaps. */
    #find(text) {
        const found = this.#walk(text);
        const others = found.isEncoded ? this.#findDecoded(text) : [];
        for (const pattern of this.#patterns)
            others.push(...matchesOf(pattern, text));
        return others.length === 0 ? found.matches : merged([...found.matches, ...others]);
    }
    #count(rule) {
        this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1);
    }
    #walk(text) {
        const matches = [];
        const { places } = this.#table;
        const scan = { text, from: 0, keysUntil: 0, tokensUntil: 0, runUntil: 0, runAt: -1 };
        let isEncoded = false;
        let place = 0;
        let digits = 0;
        for (let index = 0; index < text.length; index++) {
            const code = text.charCodeAt(index);
            const letter = classOf(code);
            if (!isEncoded && (code >= 128 || MAY_BE_ENCODED[code] === 1))
                isEncoded = isEncodedAt(text, index);
            place = ((place << 5) | letter) & 0x7fff;
            let found;
            if (places[place] === 1 && index - 2 >= scan.from)
                found = this.#table.findAt(place, scan, index - 2);
            if (isDigit(code)) {
                digits++;
                if (digits === DIGITS_OF_A_CARD && this.#cards && found === undefined) {
                    const card = findCardNumber(text, startOfDigits(text, index));
                    if (typeof card === 'object')
                        found = card;
                    else {
                        index = Math.max(index, card - 1);
                        place = 0;
                        digits = 0;
                    }
                }
            }
            else if (code !== 0x20 && code !== 0x2d)
                digits = 0;
            if (found) {
                matches.push(found);
                scan.from = found.end;
                scan.keysUntil = Math.max(scan.keysUntil, found.end);
                index = found.end - 1;
                place = 0;
                digits = 0;
            }
        }
        return { matches, isEncoded };
    }
    /** What is found in the text as it is meant, at its places in the text as it is. */
    #findDecoded(text) {
        const steps = [];
        let meant = text;
        while (steps.length < MAX_DECODED) {
            const decoded = decode(meant);
            if (!decoded)
                break;
            steps.push(decoded);
            meant = decoded.text;
        }
        if (steps.length === 0)
            return [];
        return this.#walk(meant).matches.map((match) => {
            let { start, end } = match;
            for (const { starts } of steps.toReversed()) {
                // Up to where the next character begins: what encodes or hides the last one goes with it.
                end = end > start ? starts[end - 1] + Math.max(1, starts[end] - starts[end - 1]) : starts[end];
                start = starts[start];
            }
            return { ...match, start, end };
        });
    }
}
/** Back to the first of the digits, which single blanks and dashes may divide. */
function startOfDigits(text, index) {
    let start = index;
    for (; start > 0 && index - start < 64; start--) {
        const before = text.charCodeAt(start - 1);
        const divides = (before === 0x20 || before === 0x2d) &&
            start > 1 &&
            isDigit(text.charCodeAt(start - 2)) &&
            isDigit(text.charCodeAt(start));
        if (!isDigit(before) && !divides)
            break;
    }
    return start;
}
function masked(text, matches) {
    let result = '';
    let at = 0;
    for (const { start, end, kind } of matches) {
        result += `${text.slice(at, start)}[redacted:${kind}]`;
        at = end;
    }
    return result + text.slice(at);
}
/** In order; those that touch become one, named by the first. */
function merged(matches) {
    const sorted = matches.toSorted((a, b) => a.start - b.start || b.end - a.end);
    const result = [];
    for (const match of sorted) {
        const last = result.at(-1);
        if (!last || match.start >= last.end)
            result.push(match);
        else if (match.end > last.end)
            result[result.length - 1] = { ...last, end: match.end };
    }
    return result;
}
function matchesOf(pattern, text) {
    return [...text.matchAll(pattern)].flatMap(({ indices }) => {
        const [start, end] = indices?.[1] ?? indices?.[0] ?? [0, 0];
        return end > start ? [{ start, end, kind: 'secret', rule: 'pattern' }] : [];
    });
}
