import { type KnownToken } from './tokens.js';
/** The name of the cookie: one per mount, so that two consoles on one host do not sign each other out. */
export declare function cookieName(mount: string): string;
/**
 * A session without memory on the server: `<name>.<expiry>.<HMAC-SHA-256 under the token's hash>`. It is valid on every
 * instance and after a restart, for 12 hours, and void when the token is removed.
 */
export declare function sealSession(token: KnownToken, nowMs?: number): string;
/** The token a cookie was made of; undefined when it is forged, expired, or of a token that is gone. */
export declare function openSession(value: string, known: readonly KnownToken[], nowMs?: number): KnownToken | undefined;
/** The Set-Cookie header of a session; an empty value signs out. No Path: it works behind a stripped prefix. */
export declare function setCookieHeader(name: string, value: string, secure: boolean): string;
/** The values of a cookie in a Cookie header: a browser may send one per path. */
export declare function cookieValues(header: string | undefined, name: string): string[];
