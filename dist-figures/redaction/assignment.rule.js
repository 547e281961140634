import { isKeyChar, isWordChar } from './letters.js';
import { checked, hasMoreThanLetters, isMasked, looksSecret, PLACEHOLDER } from './looks-secret.js';
import { QUOTE, quoted, structure } from './quoted.js';
import { endOf, place } from './sticky.js';
import { KEY_TRIGGERS, triggersOf } from './secret-keys.js';
const MAX_KEY = 64;
/** Between a key and its value: the quote that closes the key, then one of the signs that languages, formats and people use. */
const SEPARATOR = /(?:\\{0,8}["'`])?\]?(?:\*\*)?(?:[ \t]{0,4}(?:(?:string|str|String) {0,2}(?==))?(?:=>|\|\|:|[:?.+|]{0,3}=(?!=)|:(?!:|\/\/))[ \t]{0,4}|[ \t]{1,4}value[ \t]{0,2}=[ \t]{0,2}(?=["'])|[ \t]{0,2}\r?\n[ \t]{0,40}value:[ \t]{1,4}|[ \t]{0,2},[ \t]{0,2}\\{0,8}["']value\\{0,8}["'][ \t]{0,2}:[ \t]{0,2})(?:\*\*[ \t]{1,2})?/y;
/** The same in a list of arguments or pairs: `"token", "…"`. */
const COMMA = /\\{0,8}["'`][ \t]{0,2},[ \t]{0,2}(?=\\{0,8}["'`])/y;
const VALUE_BEFORE = /\\?"value\\?"\s{0,2}:\s{0,2}\\?"((?:[^"\\]|\\[^"])*)\\?"\s{0,2},\s{0,2}\\?"(?:name|key|header|field)\\?"\s{0,2}:\s{0,2}\\?"$/d;
const NEAR = 300;
const XML_END = /(?:[ \t][^<>]{0,300})?>(?:[ \t]{0,8}\r?\n\s{0,16})?(?:<!\[CDATA\[)?/y;
const XML_VALUE = /[^<>\r\n]+(?=<)/y;
/** A block of YAML, or a value on the next line. */
const BLOCK = /[|>][+-]?\d?[ \t]{0,4}\r?\n[ \t]{1,40}/y;
const NEXT_LINE = /\r?\n[ \t]{0,40}(?![\w.-]{1,40}:(?:\s|$))/y;
/** A field of a form in parts: its headers, an empty line, its value. */
const FORM_FIELD = /"\r?\n(?:[\w-]{1,40}:[^\r\n]{0,100}\r?\n){0,3}\r?\n/y;
/** Quotes of print: a sentence in them is one value. */
const PRINTED = /[“„«]([^“”»\r\n]{1,400})/y;
/** A list or an object, and not a bracket in a sentence. */
const STRUCTURE = /(?!\{\{)[[{]\s{0,40}(?:["'`[{\d]|[\w$-]{1,60}:\s)/y;
const COOKIE = /[^\s=]{1,200}=/y;
/** `Some("…")`, `new Secret('…')`. */
const WRAPPER = /(?:[bruf]{1,2}|(?:new )?[A-Za-z]{1,20}\(|\(\*?\w{1,20}\)\()(?=\\{0,8}["'`])/y;
/** Up to a blank or a mark that ends values; a comma ends one where another key follows, or a blank. */
const BARE = /(?:[^\s;&"'`<>,\\]|,(?!\s|$|[\w.-]{1,40}[=:])|\\(?!["'nrt]))+/y;
const TO_END_OF_LINE = /[^\r\n"'`]+/y;
const SCHEME_AND_VALUE = /\[?(?:(?:Bearer|Basic|Token|ApiKey|Negotiate|AWS4-HMAC-SHA256)[ \t]+)?[^\s"'`]+/iy;
/** "Your password is …", "with token …". */
const SAID = /[ \t]{1,2}(?:(?:(?:is|was)[ \t](?:generated|set|created)[ \t])?(?:for|of|für|von)[ \t][^\s:]{1,64}(?::|[ \t](?:is|was|lautet|ist):?)[ \t]{1,2}|(?:(?:is|was|to|lautet|ist|code|number|no\.?|(?:changed|set|reset)[ \t]to):?[ \t]{1,2}){0,2})/y;
const SHORT_CODE = /\d{3,8}(?![\w-])/y;
const SOCIAL_SECURITY_NUMBER = /\d{3}-?\d{2}-?\d{4}(?!\d)/y;
/** Keys that are ordinary words, too: of them a word is no secret. */
const VAGUE = /(?:^|[^a-z])(?:pass|pin|pan|sig|sid|token|signature|cookie)$/i;
/** Keys that count things, too. */
const COUNTED = /pass$|tokens?$/i;
/** One or two digits, a duration or a share, a bracket that opens something. */
const NO_SECRET = /^(?:\d{1,2}|\d+(?:ms|s|m|h|%|px)|[{[])$/;
/** What may stand behind a key whose value follows. */
const MAY_FOLLOW = new Uint8Array(128);
for (const char of '* \t\r\n"\'`\\]=:>?.+|,-_$')
    MAY_FOLLOW[char.charCodeAt(0)] = 1;
/** A name that says it is secret, and its value: `password=…`, `"apiKey": "…"`, `Authorization: …`, `<token>…`, "password is …". */
export class AssignmentRule {
    constructor(keys, own = []) {
        this.keys = keys;
        this.name = 'assignment';
        this.triggers = [...KEY_TRIGGERS, ...own.flatMap(triggersOf)];
    }
    find(scan, at) {
        if (at < scan.keysUntil)
            return undefined;
        const { text } = scan;
        const first = Math.max(scan.from, scan.keysUntil);
        let start = at;
        while (start > first && isKeyChar(text.charCodeAt(start - 1)))
            start--;
        let end = at + 1;
        while (end < text.length && isKeyChar(text.charCodeAt(end)))
            end++;
        scan.keysUntil = end;
        const isLong = end - start > MAX_KEY;
        while (end > at && !isWordChar(text.charCodeAt(end - 1)))
            end--;
        // Of a long name, as of properties in Java, the end says what it is.
        if (isLong)
            start = Math.max(start, end - MAX_KEY);
        // Nearly always something else follows.
        const next = text.charCodeAt(end);
        if (next < 128 ? !MAY_FOLLOW[next] : true)
            return undefined;
        // "session id: …"
        if (/^session$/i.test(text.slice(start, end)) && /^ id\b/i.test(text.slice(end, end + 4)))
            end += 3;
        const key = text.slice(start, end);
        const kind = this.#kindOf(scan, key, start);
        if (kind === undefined)
            return undefined;
        const value = valueBefore(text, start, scan.from) ?? valueOf(text, start, end, kind, key);
        return value && { start: value.start, end: value.end, kind, rule: this.name };
    }
    #kindOf({ text, from }, key, start) {
        const before = text.charCodeAt(start - 1);
        // `?code=…&key=…` of an address, or of a form.
        if ((before === 0x3f || before === 0x26) && (key === 'code' || key === 'key' || key === 'state'))
            return 'code';
        const kind = this.keys.kindOf(key);
        if (kind !== undefined)
            return kind;
        if (/sess(?:ion)?$/i.test(key))
            return 'session';
        // "API key", "card number": the word before belongs to it.
        if (before !== 0x20 || start - 1 <= from)
            return undefined;
        let first = start - 1;
        while (first > from && start - first < 24 && isKeyChar(text.charCodeAt(first - 1)))
            first--;
        return first === start - 1 ? undefined : this.keys.kindOf(text.slice(first, start + key.length));
    }
}
function valueOf(text, keyStart, keyEnd, kind, key) {
    const before = text[keyStart - 1];
    const separated = endOf(SEPARATOR, text, keyEnd);
    if (separated !== undefined)
        return assigned(text, separated, kind, key, before);
    const field = endOf(FORM_FIELD, text, keyEnd);
    if (field !== undefined)
        return place(/[^\r\n]+/y, text, field);
    if (before === '<' ||
        (before === ':' && /<[\w.-]{1,40}:$/.test(text.slice(Math.max(0, keyStart - 42), keyStart)))) {
        const inside = endOf(XML_END, text, keyEnd);
        if (inside !== undefined && !isMasked(text, inside))
            return place(XML_VALUE, text, inside) ?? bare(text, inside, kind, key);
    }
    const next = endOf(COMMA, text, keyEnd);
    if (next !== undefined) {
        const value = quoted(text, next);
        return value && looksSecret(text.slice(value.start, value.end), 6) ? value : undefined;
    }
    // A value, or the end of a path, is no name: `reason=bad_password attempts=3`, `GET /forgot-password HTTP/2.0`.
    return before === '=' || before === '/' ? undefined : said(text, keyEnd, kind);
}
/** `"value":"…","name":"password"`: the value stands before. */
function valueBefore(text, keyStart, from) {
    if (text[keyStart - 1] !== '"')
        return undefined;
    const first = Math.max(from, keyStart - NEAR);
    const indices = VALUE_BEFORE.exec(text.slice(first, keyStart))?.indices?.[1];
    return indices && indices[1] > indices[0]
        ? { start: first + indices[0], end: first + indices[1] }
        : undefined;
}
function assigned(text, at, kind, key, before) {
    const wrapped = /[A-Za-z(]/.test(text[at] ?? '') ? endOf(WRAPPER, text, at) : undefined;
    const value = quoted(text, wrapped ?? at);
    if (value)
        return isMasked(text, value.start) ? undefined : value;
    if (endOf(QUOTE, text, at) !== undefined)
        return undefined;
    // A structure in JSON: all of it.
    if ((before === '"' || before === '\\') && (text[at] === '[' || text[at] === '{'))
        return structure(text, at);
    const first = text[at];
    const block = first === '|' || first === '>' ? endOf(BLOCK, text, at) : undefined;
    if (block !== undefined)
        return place(TO_END_OF_LINE, text, block);
    const line = first === '\r' || first === '\n' ? endOf(NEXT_LINE, text, at) : undefined;
    if (line !== undefined) {
        const found = hasMoreThanLetters(text, line) ? checked(place(BARE, text, line), text) : undefined;
        return found && looksSecret(text.slice(found.start, found.end), 6) ? found : undefined;
    }
    if (isMasked(text, at))
        return undefined;
    if ((first === '[' || first === '{') && endOf(STRUCTURE, text, at) !== undefined)
        return structure(text, at);
    const printed = '“„«'.includes(first) ? place(PRINTED, text, at) : undefined;
    if (printed)
        return { start: at + 1, end: printed.end };
    if (kind === 'cookie' && endOf(COOKIE, text, at) !== undefined)
        return place(TO_END_OF_LINE, text, at);
    if (kind === 'authorization')
        return /^Digest\s/i.test(text.slice(at, at + 7))
            ? place(/[^\r\n]+/y, text, at)
            : checked(place(SCHEME_AND_VALUE, text, at), text);
    if (/phrase$/i.test(key))
        return place(TO_END_OF_LINE, text, at);
    return bare(text, at, kind, key);
}
function bare(text, at, kind, key) {
    const found = checked(place(BARE, text, at), text);
    if (!found)
        return undefined;
    const value = text.slice(found.start, found.end);
    if (kind === 'session' && /sess(?:ion)?$/i.test(key) && !looksSecret(value, 12))
        return undefined;
    if (kind === 'card' && !/\d/.test(value))
        return undefined;
    // "pass: 12, fail: 3", "token: 7", "pan: left" are no secrets; what is long is none of them.
    if (value.length < 20) {
        if (/^[a-z]+$/i.test(value)) {
            if (/^SIG[A-Z]/.test(value) || (text[at - 1] !== '=' && VAGUE.test(key)))
                return undefined;
        }
        else if (/^[\d{[]/.test(value)) {
            if (NO_SECRET.test(value) || (value.length < 5 && COUNTED.test(key) && /^\d+$/.test(value)))
                return undefined;
        }
    }
    return PLACEHOLDER.test(value) ? undefined : found;
}
/** "password is hunter2", "OTP 123456": no sign between, so that the value itself has to look like one. */
function said(text, at, kind) {
    const start = endOf(SAID, text, at);
    if (start === undefined)
        return undefined;
    if (kind === 'code')
        return place(SHORT_CODE, text, start);
    if (kind === 'ssn')
        return place(SOCIAL_SECURITY_NUMBER, text, start);
    if (!['password', 'secret', 'token', 'key'].includes(kind))
        return undefined;
    const value = quoted(text, start);
    if (value) {
        const inside = text.slice(value.start, Math.min(value.end, value.start + 200));
        return looksSecret(inside, kind === 'password' ? 4 : 8) ? value : undefined;
    }
    if (!hasMoreThanLetters(text, start))
        return undefined;
    const found = checked(place(BARE, text, start), text);
    if (!found)
        return undefined;
    const inside = text.slice(found.start, found.end);
    // Another name and its value follow.
    return looksSecret(inside, kind === 'password' ? 6 : 10) && !/^[\w.-]+=/.test(inside) ? found : undefined;
}
