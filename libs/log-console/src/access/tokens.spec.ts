import { createHash } from 'node:crypto';
import { findToken, newToken, toKnownToken } from './tokens.js';

const ann = { name: 'ann', role: 'viewer', token: 'a'.repeat(32) } as const;
const bob = { name: 'bob', role: 'admin', token: 'b'.repeat(32) } as const;

describe('Tokens', () => {
  it('of our own have 256 bits, are safe in an address and never come twice', () => {
    const made = new Set(Array.from({ length: 1000 }, newToken));
    expect(made.size).toBe(1000);
    for (const token of made) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('are kept as SHA-256 only', () => {
    const known = toKnownToken(ann);
    expect(known).toEqual({
      name: 'ann',
      role: 'viewer',
      digest: createHash('sha256').update(ann.token).digest(),
    });
    expect(JSON.stringify(known)).not.toContain(ann.token);
  });

  it('are found by the whole text', () => {
    const known = [ann, bob].map(toKnownToken);
    expect(findToken(known, ann.token)?.name).toBe('ann');
    expect(findToken(known, bob.token)?.role).toBe('admin');
    for (const wrong of [
      '',
      'a',
      `${ann.token}a`,
      ann.token.slice(1),
      ann.token.toUpperCase(),
      'é'.repeat(32),
    ])
      expect(findToken(known, wrong)).toBeUndefined();
    expect(findToken([], ann.token)).toBeUndefined();
  });

  it('are all looked at, wherever the right one is', () => {
    let looked = 0;
    const known = [ann, bob].map(toKnownToken).map(({ digest, ...token }) => ({
      ...token,
      get digest() {
        looked++;
        return digest;
      },
    }));
    for (const token of [ann.token, bob.token, 'wrong']) findToken(known, token);
    expect(looked).toBe(6);
  });

  it('are compared in constant time, which knows digests of one length only', () => {
    const broken = { ...toKnownToken(ann), digest: Buffer.alloc(31) };
    expect(() => findToken([broken], ann.token)).toThrow('Input buffers must have the same byte length');
  });

  it('that are given twice belong to the first', () => {
    expect(findToken([ann, { ...bob, token: ann.token }].map(toKnownToken), ann.token)?.name).toBe('ann');
  });
});
