import { isWordChar } from './letters.js';
import { endOf } from './sticky.js';
const MASKED = /(?:\[(?:redacted|filtered|hidden|masked|secret|circular|depth)(?:[:\s][^\]\r\n]{0,40})?(?:\]|$)|<(?:redacted|hidden)(?:[:\s][^>\r\n]{0,40})?(?:>|$)|[*•x]{3,})(?![A-Za-z0-9])/iy;
/** What is not the value but says where it comes from: of a statement, a template, the environment or a program. */
export const PLACEHOLDER = /^(?:\?|\$\d{1,3}|%[sdv]|\$\{\w+|\$[A-Z][A-Z0-9_]{2,}|\{\{.*|(?:req|request|this|process|config|env|options|body|user)\.[a-z.]+)$/i;
/** What stands where a secret would, and says that there is none, or what is wrong with it. */
const STATUS = new Set(('null undefined none nil nan true false yes no on off ok missing invalid expired required empty unset set wrong ' +
    'incorrect changed updated reset revoked refreshed valid not is are was has must should cannot can may too minimum ' +
    'at the a an and or of for from to in it this that optional hidden string number boolean object unknown failed ' +
    'enabled disabled jwt falsch leer fehlt ungültig abgelaufen vergessen geändert unbekannt ' +
    'rejected denied accepted include omit same-origin bearer basic found created deleted rotated generated stored').split(' '));
/** Before the next blank; of a long word its beginning. */
export function hasMoreThanLetters(text, start) {
    for (let at = start; at < text.length && at - start < 64; at++) {
        const code = text.charCodeAt(at);
        if (code <= 0x20)
            return false;
        if (!isWordChar(code) || code < 0x3a)
            return true;
    }
    return false;
}
/** Not a word: letters and digits together, or other characters too. */
export function looksSecret(value, atLeast) {
    if (value.length < atLeast || /\s/.test(value.trim()))
        return false;
    if (/^(?:[([{<]|\.?\/|\w+\()/.test(value))
        return false;
    if (/^[a-z]+(?:[-_./:][a-z]+)*$/i.test(value) || /^[\d.,:/-]+$/.test(value))
        return false;
    return /[a-z]/i.test(value) && /[\d!@#$%^*+=~]/.test(value);
}
/** Without the marks of the sentence around it; undefined when it only says that there is no secret. */
export function checked(found, text) {
    if (!found)
        return undefined;
    let { end } = found;
    while (end > found.start && ')]}.,:'.includes(text[end - 1]))
        end--;
    if (end === found.start)
        return undefined;
    const value = text.slice(found.start, Math.min(end, found.start + 32));
    if (STATUS.has(value.toLowerCase()) || isMasked(value, 0))
        return undefined;
    return { start: found.start, end };
}
/** Somebody has masked it before. */
export function isMasked(text, at) {
    return '[<*•xX'.includes(text[at]) && endOf(MASKED, text, at) !== undefined;
}
