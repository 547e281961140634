import { endOf } from './sticky.js';
/** A quote, escaped or not. */
export const QUOTE = /\\{0,8}["'`]/y;
/** What a quote opens, up to the same quote; or to the end of the text, where it was cut. */
export function quoted(text, at) {
    const start = endOf(QUOTE, text, at);
    if (start === undefined)
        return undefined;
    const quote = text.slice(at, start);
    for (let end = text.indexOf(quote, start); end >= 0; end = text.indexOf(quote, end + quote.length)) {
        let escapes = 0;
        while (end - escapes - 1 >= start && text[end - escapes - 1] === '\\')
            escapes++;
        // Twice, it stands for itself in SQL and in connection strings.
        if (quote.length === 1 && escapes === 0 && end > start && text[end + 1] === quote) {
            end++;
            continue;
        }
        // More backslashes than the opening one had: a quote inside.
        if (quote.length === 1 ? escapes % 2 === 0 : escapes === 0)
            return end > start ? { start, end } : undefined;
    }
    return text.length > start ? { start, end: text.length } : undefined;
}
const OPENS_TEXT = /["'`]/;
/** A list or an object, up to the bracket that closes it, or to the end of the text. */
export function structure(text, start) {
    let depth = 0;
    for (let at = start; at < text.length; at++) {
        const char = text[at];
        // A bracket within quotes is none.
        if (OPENS_TEXT.test(char) && '[{,: \n\\'.includes(text[at - 1])) {
            let first = at;
            while (first > start && text[first - 1] === '\\')
                first--;
            const inside = quoted(text, first);
            at = inside ? inside.end + (at - first) : at + (at - first) + 1;
        }
        else if (char === '[' || char === '{')
            depth++;
        else if ((char === ']' || char === '}') && --depth === 0)
            return { start, end: at + 1 };
    }
    return { start, end: text.length };
}
