import { cutToBytes, utf8Length } from './utf8.js';
/** How much more is looked at than is kept: what is masked becomes shorter. */
const LOOKED_AT = 2;
/** What is left out at such a cut, because a secret may stand in it whose other half is not seen. */
const MARGIN = 4096;
/**
 * Masks a text before it is cut to `maxBytes`. Of one that is much longer only the beginning is looked at, a margin
 * of it left out; `dropped`: UTF-8 bytes that were left out.
 */
export function redactText(redactor, text, maxBytes) {
    const most = LOOKED_AT * maxBytes + 2 * MARGIN;
    if (text.length <= most)
        return { text: redactor.text(text), dropped: 0 };
    const masked = redactor.text(text.slice(0, most));
    // A copy, so that the whole text is not kept alive.
    return {
        text: cutToBytes(masked.slice(0, masked.length - MARGIN), 3 * masked.length),
        dropped: utf8Length(text) - utf8Length(text.slice(0, most - MARGIN)),
    };
}
