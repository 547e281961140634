const utf16 = new TextDecoder('utf-16le');
/** Terminal sequences: colours (CSI) and links (OSC). */
// eslint-disable-next-line no-control-regex
const TERMINAL = /\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))/y;
const ENTITY = /&(?:quot|apos|amp|lt|gt|#34|#39|#x27);/y;
const ENTITIES = {
    '&quot;': '"',
    '&#34;': '"',
    '&apos;': "'",
    '&#39;': "'",
    '&#x27;': "'",
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
};
/** Undoes percent-encoding, HTML entities, JSON escapes, terminal sequences and characters without width; undefined where nothing is encoded. */
export function decode(text) {
    const meant = new Uint16Array(text.length);
    const starts = new Int32Array(text.length + 1);
    let length = 0;
    let changed = false;
    for (let at = 0; at < text.length;) {
        const code = text.charCodeAt(at);
        let taken = 1;
        let char = code;
        if (code === 0x25) {
            const value = hex(text, at + 1);
            if (value >= 0)
                [taken, char] = [3, value];
        }
        else if (code === 0x5c) {
            const value = text.startsWith('u00', at + 1) ? hex(text, at + 4) : -1;
            if (value >= 0)
                [taken, char] = [6, value];
        }
        else if (code === 0x26) {
            const entity = matchAt(ENTITY, text, at);
            if (entity > 0)
                [taken, char] = [entity, ENTITIES[text.slice(at, at + entity)].charCodeAt(0)];
        }
        else if (code === 0x1b) {
            const sequence = matchAt(TERMINAL, text, at);
            if (sequence > 0)
                [taken, char] = [sequence, -1];
        }
        else if (code >= 0xa0)
            char = hasNoWidth(code) ? -1 : usual(code);
        if (char >= 0) {
            changed ||= char !== code;
            meant[length] = char;
            starts[length++] = at;
        }
        at += taken;
    }
    if (length === text.length && !changed)
        return undefined;
    starts[length] = text.length;
    return { text: utf16.decode(meant.subarray(0, length)), starts: starts.subarray(0, length + 1) };
}
/** Whether something encoded or hidden begins here. */
export function isEncodedAt(text, at) {
    switch (text.charCodeAt(at)) {
        case 0x25:
            return hex(text, at + 1) >= 0;
        case 0x5c:
            return text.startsWith('u00', at + 1);
        case 0x26:
            return matchAt(ENTITY, text, at) > 0;
        case 0x1b:
            return true;
        default:
            return hasNoWidth(text.charCodeAt(at)) || usual(text.charCodeAt(at)) !== text.charCodeAt(at);
    }
}
/** The ASCII character of two hexadecimal digits; -1 where there are none. */
function hex(text, at) {
    const high = digit(text.charCodeAt(at));
    const low = digit(text.charCodeAt(at + 1));
    return high >= 0 && high < 8 && low >= 0 ? high * 16 + low : -1;
}
function digit(code) {
    if (code >= 0x30 && code <= 0x39)
        return code - 0x30;
    const letter = code | 0x20;
    return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
function matchAt(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex - at : 0;
}
/** ASCII for letters of full width, and a blank for the other blanks. */
function usual(code) {
    if (code >= 0xff01 && code <= 0xff5e)
        return code - 0xfee0;
    return code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x3000
        ? 0x20
        : code;
}
/** Soft hyphen, zero width, direction marks, byte order mark. */
function hasNoWidth(code) {
    return (code === 0xad ||
        (code >= 0x200b && code <= 0x200f) ||
        (code >= 0x202a && code <= 0x202e) ||
        (code >= 0x2060 && code <= 0x2064) ||
        code === 0xfeff);
}
