import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
const LIFETIME_S = 12 * 60 * 60;
/** The name of the cookie: one per mount, so that two consoles on one host do not sign each other out. */
export function cookieName(mount) {
    return `lc_${createHash('sha256').update(mount).digest('hex').slice(0, 12)}`;
}
/**
 * A session without memory on the server: `<name>.<expiry>.<HMAC-SHA-256 under the token's hash>`. It is valid on every
 * instance and after a restart, for 12 hours, and void when the token is removed.
 */
export function sealSession(token, nowMs = Date.now()) {
    const payload = `${encodeName(token)}.${Math.floor(nowMs / 1000) + LIFETIME_S}`;
    return `${payload}.${signature(payload, token)}`;
}
/** The token a cookie was made of; undefined when it is forged, expired, or of a token that is gone. */
export function openSession(value, known, nowMs = Date.now()) {
    const [, payload = '', name = '', expiry = '', given = ''] = /^(([^.]{1,600})\.(\d{1,12}))\.([\w-]{43})$/.exec(value) ?? [];
    if (payload === '' || Number(expiry) * 1000 <= nowMs)
        return undefined;
    return known.find((token) => {
        if (encodeName(token) !== name)
            return false;
        return timingSafeEqual(Buffer.from(signature(payload, token)), Buffer.from(given));
    });
}
/** The Set-Cookie header of a session; an empty value signs out. No Path: it works behind a stripped prefix. */
export function setCookieHeader(name, value, secure) {
    const age = value === '' ? 0 : LIFETIME_S;
    return `${name}=${value}; Max-Age=${age}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
/** The values of a cookie in a Cookie header: a browser may send one per path. */
export function cookieValues(header, name) {
    return (header ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${name}=`))
        .map((pair) => pair.slice(name.length + 1));
}
/** Cookie characters only, and no dot: it separates the parts. */
function encodeName({ name }) {
    return encodeURIComponent(name).replaceAll('.', '%2E');
}
function signature(payload, token) {
    return createHmac('sha256', token.digest).update(payload).digest('base64url');
}
