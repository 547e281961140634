import { type AccessToken } from './access.options.js';
/** A token as it is kept: nobody can read it back. */
export interface KnownToken {
    readonly name: string;
    readonly role: AccessToken['role'];
    /** SHA-256 of the token; also the key its cookies are signed with. */
    readonly digest: Buffer;
}
/** A token of 256 bits, 43 characters. */
export declare function newToken(): string;
export declare function toKnownToken({ token, name, role }: AccessToken): KnownToken;
/** Looks at every token, in constant time each, so that time tells nothing. */
export declare function findToken(known: readonly KnownToken[], token: string): KnownToken | undefined;
