import { createHash, createHmac } from 'node:crypto';
import { type AccessToken } from 'nestjs-log-console';

const token = (name: string, role: AccessToken['role']): AccessToken => ({
  name,
  role,
  token: `${name}-${'0123456789abcdef'.repeat(2)}`,
});

/** One token for each role. */
export const VIEWER = token('viewer-1', 'viewer');
export const OPERATOR = token('operator-1', 'operator');
export const ADMIN = token('admin-1', 'admin');
export const PEOPLE = [VIEWER, OPERATOR, ADMIN];

/** The header that proves who somebody is; nobody sends none. */
export function bearer(person?: Pick<AccessToken, 'token'>): Record<string, string> {
  return person ? { authorization: `Bearer ${person.token}` } : {};
}

/** The value of somebody's cookie, made as the contract says and not as the code does. */
export function seal({ name, token }: AccessToken, expiryS: number): string {
  const key = createHash('sha256').update(token).digest();
  return `${name}.${expiryS}.${createHmac('sha256', key).update(`${name}.${expiryS}`).digest('base64url')}`;
}
