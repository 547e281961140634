/** What a row is made of: the text or value that is logged, then every piece that must not remain of it. */
export type SecretRow<T> = readonly [logged: T, ...gone: string[]];

const LOWER = 'abcdefghijkmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '0123456789';

let state = 0x2f6e2b1;

/** Mulberry32, so that a corpus is the same in every run. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

export const lower = (length: number): string => pick(LOWER, length);
export const digits = (length: number): string => pick(DIGITS.slice(1), length);
export const hex = (length: number): string => pick('0123456789abcdef', length);
export const alnum = (length: number): string => pick(LOWER + UPPER + DIGITS, length);
export const upnum = (length: number): string => pick(UPPER + '234567', length);
export const base64 = (length: number): string => pick(LOWER + UPPER + DIGITS + '+/', length);
export const base64url = (length: number): string => pick(LOWER + UPPER + DIGITS + '-_', length);
export const uuid = (): string => [hex(8), hex(4), `4${hex(3)}`, `a${hex(3)}`, hex(12)].join('-');

/** A password as people choose it. */
export const word = (): string => pick(UPPER, 1) + lower(6) + digits(4);
/** A password as a policy asks for it. */
export const strong = (): string => pick(UPPER, 2) + lower(4) + '#' + digits(3) + lower(3) + '!';
/** A password as a program makes it. */
export const made = (): string => alnum(20);

export function jwt(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [
    part({ alg: 'HS256', typ: 'JWT' }),
    part({ sub: digits(6), iat: 1752480000, role: 'picker' }),
    base64url(43),
  ].join('.');
}

/** A card number with a right check digit. */
export function card(prefix: string, length = 16): string {
  const body = prefix + digits(length - 1 - prefix.length);
  const sum = Array.from(body)
    .reverse()
    .map((digit, place) => (place % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

export const groups = (text: string, by: string): string => text.match(/.{1,4}/g)!.join(by);

/** A private key: the lines between its marks, so that a row can say that none of them remains. */
export function keyLines(count: number): readonly string[] {
  return Array.from({ length: count }, () => base64(64));
}

export function pem(kind: string, lines: readonly string[], newline = '\n'): string {
  const mark = (word: string): string => ['-----', word, ' ', kind, 'PRIVATE', ' KEY', '-----'].join('');
  return [mark('BEGIN'), ...lines, mark('END')].join(newline);
}

export const basic = (user: string, password: string): string =>
  Buffer.from(`${user}:${password}`).toString('base64');

export function hide<T>(secret: string, logged: (secret: string) => T): SecretRow<T> {
  return [logged(secret), secret];
}
