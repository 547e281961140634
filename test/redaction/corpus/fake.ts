const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();

let state = 20_240_601;

/** Letters that no file holds: made at run time, the same in every run. */
function fake(alphabet: string, length: number): string {
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    text += alphabet[(state >>> 8) % alphabet.length];
  }
  return text;
}

export const digits = (length: number): string => fake(DIGITS, length);
export const hex = (length: number): string => fake(`${DIGITS}abcdef`, length);
export const base62 = (length: number): string => fake(DIGITS + LOWER + UPPER, length);
export const upper = (length: number): string => fake(DIGITS + UPPER, length);
export const base64url = (length: number): string => fake(`${DIGITS}${LOWER}${UPPER}-_`, length - 1) + 'x';
export const base64 = (length: number): string => fake(`${DIGITS}${LOWER}${UPPER}+/`, length - 2) + 'w=';

/** A password as people choose it. */
export const password = (): string => `${fake(LOWER, 5)}${fake(UPPER, 2)}!${digits(3)}`;
/** One of letters and digits only. */
export const plainPassword = (): string => `${fake(LOWER, 7)}${digits(4)}`;

export function jwt(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [
    part({ alg: 'HS256', typ: 'JWT' }),
    part({ sub: digits(6), name: base62(6), iat: 1_700_000_000 }),
    base64url(43),
  ].join('.');
}

/** A card number with a right check digit. */
export function card(prefix: string, length: number): string {
  const body = prefix + digits(length - prefix.length - 1);
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return body + String((10 - (sum % 10)) % 10);
}

/** The lines of a private key, without their frame. */
export const keyBody = (): string => [base62(64), base62(64), base62(40)].join('\n');
export const frame = (what: string, name: string): string => `-----${what} ${name}-----`;
