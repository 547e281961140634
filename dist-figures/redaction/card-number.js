import { isDigit } from './letters.js';
/** How card numbers of the issuers begin (ISO/IEC 7812), and how long they are. */
const ISSUERS = [
    [4, 4, 1, [13, 16, 19]], // Visa
    [51, 55, 2, [16]], // Mastercard
    [2221, 2720, 4, [16]], // Mastercard
    [34, 34, 2, [15]], // American Express
    [37, 37, 2, [15]], // American Express
    [6011, 6011, 4, [16, 19]], // Discover
    [644, 649, 3, [16, 19]], // Discover
    [65, 65, 2, [16, 19]], // Discover
    [300, 305, 3, [14]], // Diners Club
    [36, 36, 2, [14]], // Diners Club
    [38, 39, 2, [14]], // Diners Club
    [3528, 3589, 4, [16]], // JCB
    [62, 62, 2, [16, 17, 18, 19]], // UnionPay
    [5018, 5018, 4, [13, 16, 18, 19]], // Maestro
    [5020, 5020, 4, [13, 16, 18, 19]], // Maestro
    [5038, 5038, 4, [13, 16, 18, 19]], // Maestro
    [6304, 6304, 4, [13, 16, 18, 19]], // Maestro
    [6759, 6763, 4, [13, 16, 18, 19]], // Maestro
];
/** Digits in groups, divided by single blanks or dashes. */
const GROUPS = /\d+(?:[ -]\d+)*/y;
const MAX_GROUPS = 32;
const CARD_BEFORE = /card|visa|\bpan\b/i;
/**
 * The card number among the digits that begin at a place: right in length, issuer and check digit (Luhn).
 * @returns the match, or where the digits end
 */
export function findCardNumber(text, at) {
    GROUPS.lastIndex = at;
    GROUPS.test(text);
    const end = GROUPS.lastIndex;
    if (isPartOfName(text, at - 1) || isPartOfName(text, end))
        return end;
    let firstEnd = at;
    while (isDigit(text.charCodeAt(firstEnd)))
        firstEnd++;
    if (firstEnd === end && (end - at < 13 || end - at > 19))
        return end;
    const groups = [...text.slice(at, Math.min(end, at + 200)).matchAll(/\d+/g)].slice(0, MAX_GROUPS);
    for (let first = 0; first < groups.length; first++) {
        let digits = '';
        for (let last = first; last < groups.length && digits.length <= 19; last++) {
            digits += groups[last][0];
            if (digits.length < 13 || digits.length > 19 || !isCardNumber(digits))
                continue;
            // Article numbers (EAN) have 13 digits, too.
            if (digits.length === 13 && !CARD_BEFORE.test(text.slice(Math.max(0, at - 24), at)))
                continue;
            // Groups of one or two digits are a list of numbers.
            if (last > first && groups.slice(first, last + 1).some(({ 0: group }) => group.length < 3))
                continue;
            const start = at + groups[first].index;
            const stop = at + groups[last].index + groups[last][0].length;
            return { start, end: stop, kind: 'card', rule: 'card-number' };
        }
    }
    return end;
}
function isCardNumber(digits) {
    const known = ISSUERS.some(([from, to, count, lengths]) => {
        const prefix = Number(digits.slice(0, count));
        return prefix >= from && prefix <= to && lengths.includes(digits.length);
    });
    return known && luhn(digits) && !/^(\d)\1+$/.test(digits);
}
function luhn(digits) {
    let sum = 0;
    for (let index = 0; index < digits.length; index++) {
        const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
        const value = index % 2 === 0 ? digit : digit * 2;
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 === 0;
}
/** A letter, `_` or a decimal point: the digits are part of something else. */
function isPartOfName(text, index) {
    const char = text[index];
    if (char === undefined)
        return false;
    if (char === '.')
        return /\d/.test(text[index + 1] ?? '') && /\d/.test(text[index - 1] ?? '');
    // `blk_-4111…` is a number below zero in a name.
    if (char === '-')
        return true;
    return /[A-Za-z_]/.test(char);
}
