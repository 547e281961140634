import { createHmac } from 'node:crypto';
import { cookieName, cookieValues, openSession, sealSession, setCookieHeader } from './session-cookie.js';
import { toKnownToken } from './tokens.js';

const NOW = Date.UTC(2026, 10, 20, 8);
const HOURS = 60 * 60 * 1000;
const known = (name: string, token = name.padEnd(32, '-')) => toKnownToken({ name, token, role: 'operator' });
const ann = known('ann');
const bob = known('bob');

describe('A session', () => {
  it('is the name, the second it ends and a signature under the hash of the token', () => {
    const payload = `ann.${NOW / 1000 + 12 * 60 * 60}`;
    const signature = createHmac('sha256', ann.digest).update(payload).digest('base64url');
    expect(sealSession(ann, NOW)).toBe(`${payload}.${signature}`);
  });

  it.each([
    'ann',
    'operator-1',
    'Ann B.',
    'a.b.c',
    'ann@example.com',
    'Zoë; Ölund=é',
    '"quoted", \\ and %2E',
    '日本語'.repeat(21),
    '👩'.repeat(32),
    '.',
    '%',
  ])('opens for its owner, whatever the name: %s', (name) => {
    const owner = known(name);
    const value = sealSession(owner, NOW);
    // Characters a cookie may hold, RFC 6265.
    expect(value).toMatch(/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/);
    expect(openSession(value, [bob, owner], NOW)).toBe(owner);
  });

  it('ends after 12 hours', () => {
    const value = sealSession(ann, NOW);
    expect(openSession(value, [ann], NOW + 12 * HOURS - 1000)).toBe(ann);
    expect(openSession(value, [ann], NOW + 12 * HOURS)).toBeUndefined();
  });

  it('is void once its token is removed, changed, or given to another name', () => {
    const value = sealSession(ann, NOW);
    expect(openSession(value, [], NOW)).toBeUndefined();
    expect(openSession(value, [bob], NOW)).toBeUndefined();
    expect(openSession(value, [known('ann', 'another-'.repeat(4))], NOW)).toBeUndefined();
    expect(openSession(value, [known('eve', 'ann'.padEnd(32, '-'))], NOW)).toBeUndefined();
  });

  it('cannot be changed in any character', () => {
    const value = sealSession(ann, NOW);
    for (let at = 0; at < value.length; at++) {
      const other = value[at] === 'A' ? 'B' : 'A';
      const changed = value.slice(0, at) + other + value.slice(at + 1);
      expect({ changed, owner: openSession(changed, [ann, bob], NOW) }).toEqual({
        changed,
        owner: undefined,
      });
    }
  });

  it('is nothing else', () => {
    const [name = '', expiry = '', signature = ''] = sealSession(ann, NOW).split('.');
    for (const value of [
      '',
      '..',
      name,
      `${name}.${expiry}`,
      `${name}.${expiry}.`,
      `${name}.${expiry}.${signature}=`,
      `${name}.${expiry}.${signature}.`,
      `${name}.${expiry}.${signature.slice(1)}`,
      `${name}..${signature}`,
      `${name}.1e99.${signature}`,
      `${name}.-1.${signature}`,
      `${name}.9999999999999.${signature}`,
      ` ${name}.${expiry}.${signature}`,
      `${name}.${expiry}.${signature}\n`,
      'é'.repeat(50),
    ])
      expect({ value, owner: openSession(value, [ann], NOW) }).toEqual({ value, owner: undefined });
  });
});

describe('The cookie', () => {
  it('has a name per mount', () => {
    expect(cookieName('log-console')).toMatch(/^lc_[0-9a-f]{12}$/);
    expect(cookieName('log-console')).toBe(cookieName('log-console'));
    expect(cookieName('log-console')).not.toBe(cookieName('ops/logs'));
  });

  it('is for this browser, this site and this host alone', () => {
    expect(setCookieHeader('lc_1', 'v', false)).toBe('lc_1=v; Max-Age=43200; HttpOnly; SameSite=Strict');
    expect(setCookieHeader('lc_1', 'v', true)).toBe(
      'lc_1=v; Max-Age=43200; HttpOnly; SameSite=Strict; Secure',
    );
  });

  it('is emptied at once by signing out', () => {
    expect(setCookieHeader('lc_1', '', false)).toBe('lc_1=; Max-Age=0; HttpOnly; SameSite=Strict');
  });

  it.each([
    [undefined, []],
    ['', []],
    ['a=b', []],
    ['lc_1=x', ['x']],
    ['a=b; lc_1=x;lc_1=y; c=d', ['x', 'y']],
    ['lc_1=', ['']],
    ['lc_1', []],
    ['lc_12=x; xlc_1=y; LC_1=z', []],
    ['lc_1=a=b', ['a=b']],
  ])('is read from %j: %j', (header, values) => expect(cookieValues(header, 'lc_1')).toEqual(values));
});
