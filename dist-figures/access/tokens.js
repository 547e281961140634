import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
/** A token of 256 bits, 43 characters. */
export function newToken() {
    return randomBytes(32).toString('base64url');
}
export function toKnownToken({ token, name, role }) {
    return { name, role, digest: sha256(token) };
}
/** Looks at every token, in constant time each, so that time tells nothing. */
export function findToken(known, token) {
    const digest = sha256(token);
    let found;
    for (const candidate of known)
        if (timingSafeEqual(candidate.digest, digest))
            found ??= candidate;
    return found;
}
function sha256(text) {
    return createHash('sha256').update(text).digest();
}
