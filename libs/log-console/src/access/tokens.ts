import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type AccessToken } from './access.options.js';

/** A token as it is kept: nobody can read it back. */
export interface KnownToken {
  readonly name: string;
  readonly role: AccessToken['role'];
  /** SHA-256 of the token; also the key its cookies are signed with. */
  readonly digest: Buffer;
}

/** A token of 256 bits, 43 characters. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function toKnownToken({ token, name, role }: AccessToken): KnownToken {
  return { name, role, digest: sha256(token) };
}

/** Looks at every token, in constant time each, so that time tells nothing. */
export function findToken(known: readonly KnownToken[], token: string): KnownToken | undefined {
  const digest = sha256(token);
  let found: KnownToken | undefined;
  for (const candidate of known) if (timingSafeEqual(candidate.digest, digest)) found ??= candidate;
  return found;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
