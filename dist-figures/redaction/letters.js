/** A digit of ASCII. */
export function isDigit(code) {
    return code >= 0x30 && code <= 0x39;
}
/** A letter or a digit of ASCII. */
export function isWordChar(code) {
    return isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
/** Letters, those with accents too, digits and `_ - . $`. */
export function isKeyChar(code) {
    if (code >= 0xc0)
        return code < 0x250;
    return isWordChar(code) || code === 0x5f || code === 0x2d || code === 0x2e || code === 0x24;
}
