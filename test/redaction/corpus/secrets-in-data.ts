import {
  base62,
  base64,
  base64url,
  card,
  digits,
  frame,
  hex,
  jwt,
  keyBody,
  password,
  plainPassword,
} from './fake.js';

/** What is logged, made around a secret. */
export type SecretData = readonly [name: string, secret: string, make: (secret: string) => unknown];

class Account {
  readonly name = 'bob';
  constructor(readonly password: string) {}
}

class Hidden {
  readonly #password: string;
  constructor(password: string) {
    this.#password = password;
  }
  toJSON(): unknown {
    return { user: 'bob', password: this.#password };
  }
}

const error = (message: string, more: object = {}) => Object.assign(new Error(message), more);

export const SECRETS_IN_DATA: readonly SecretData[] = [
  ['a key', password(), (s) => ({ password: s })],
  ['a key of one word in many', base62(24), (s) => ({ stripeApiKey: s })],
  ['a key in capitals', base62(24), (s) => ({ DB_PASSWORD: s })],
  ['a key with dashes', base62(24), (s) => ({ 'x-auth-token': s })],
  ['a key with dots', base62(24), (s) => ({ 'spring.datasource.password': s })],
  ['a German key', plainPassword(), (s) => ({ passwort: s })],
  ['another German key', plainPassword(), (s) => ({ kennwort: s })],
  ['a number', '6' + digits(3), (s) => ({ pin: Number(s) })],
  ['a big number', '6' + digits(5), (s) => ({ otp: BigInt(s) })],
  ['a number in a list', '9' + digits(5), (s) => ({ otp: [Number(s)] })],
  ['a card number', card('4111', 16), (s) => ({ amount: Number(s) })],
  ['a card number as text', card('5425', 16), (s) => ({ reference: s })],
  ['a list of card numbers', card('4539', 16), (s) => [1, 2, Number(s)]],
  ['an object under a secret key', plainPassword(), (s) => ({ credentials: { user: 'bob', value: s } })],
  ['a list under a secret key', base62(24), (s) => ({ tokens: [{ a: s }] })],
  ['a Map under a secret key', base62(24), (s) => ({ secret: new Map([['a', s]]) })],
  ['a Set under a secret key', base62(24), (s) => ({ token: new Set([s]) })],
  ['deep', base62(24), (s) => ({ a: { b: { c: { d: { apiKey: s } } } } })],
  ['in a list of objects', base62(24), (s) => [{ id: 1 }, { id: 2, token: s }]],
  ['a Map', password(), (s) => new Map([['password', s]])],
  ['a Map in an object', password(), (s) => ({ settings: new Map([['dbPassword', s]]) })],
  ['a Set of texts', base64url(40), (s) => new Set([`Bearer ${s}`])],
  ['pairs', base64url(40), (s) => [['authorization', `Bearer ${s}`]]],
  ['pairs of a strange scheme', base62(24), (s) => [['x-api-key', s]]],
  ['raw headers', base62(24), (s) => ({ rawHeaders: ['Host', 'a', 'X-Api-Key', s, 'Accept', '*/*'] })],
  ['raw headers with a cookie', base62(24), (s) => ({ rawHeaders: ['Host', 'a', 'Cookie', `sid=${s}`] })],
  ['names and values', base62(24), (s) => [{ name: 'X-Api-Key', value: s }]],
  ['keys and values', plainPassword(), (s) => [{ key: 'password', value: s }]],
  ['value before name', plainPassword(), (s) => [{ value: s, name: 'password' }]],
  ['environment of a container', plainPassword(), (s) => ({ Env: [`POSTGRES_PASSWORD=${s}`] })],
  ['environment', base62(40), (s) => ({ env: { HOME: '/root', AWS_SECRET_ACCESS_KEY: s } })],
  ['headers', base62(30), (s) => ({ headers: { authorization: s, host: 'a' } })],
  ['headers of fetch', base62(30), (s) => ({ headers: new Headers({ 'x-api-key': s }) })],
  ['headers of fetch, as pairs', base62(30), (s) => ({ headers: [...new Headers({ 'x-api-key': s })] })],
  ['a set-cookie list', base62(30), (s) => ({ 'set-cookie': [`a=1`, `connect.sid=${s}`] })],
  ['cookies', base62(30), (s) => ({ cookies: { 'connect.sid': s } })],
  ['an address', plainPassword(), (s) => ({ url: `postgres://shop:${s}@db/shop` })],
  ['a URL', plainPassword(), (s) => ({ url: new URL(`https://bob:${s}@a.example/`) })],
  ['query parameters', base62(24), (s) => ({ url: `/reset?token=${s}` })],
  ['URLSearchParams', base62(24), (s) => ({ body: new URLSearchParams({ token: s }).toString() })],
  ['a form body', plainPassword(), (s) => ({ data: `user=bob&password=${s}` })],
  ['JSON in a text', password(), (s) => ({ body: JSON.stringify({ password: s }) })],
  [
    'JSON in JSON in a text',
    plainPassword(),
    (s) => ({ body: JSON.stringify({ inner: JSON.stringify({ password: s }) }) }),
  ],
  ['a JWT anywhere', jwt(), (s) => ({ user: 'bob', note: s })],
  ['a JWT as a key', jwt(), (s) => ({ [s]: 1 })],
  [
    'a private key',
    keyBody(),
    (s) => ({ file: `${frame('BEGIN', 'PRIVATE KEY')}\n${s}\n${frame('END', 'PRIVATE KEY')}` }),
  ],
  [
    'a request that failed',
    base64url(40),
    (s) => error('401', { config: { headers: { Authorization: `Bearer ${s}` } } }),
  ],
  ['basic auth of a request', password(), (s) => ({ config: { auth: { username: 'bob', password: s } } })],
  [
    'the body of a request',
    password(),
    (s) => error('400', { config: { data: JSON.stringify({ password: s }) } }),
  ],
  [
    'a header as sent',
    base64url(30),
    (s) => ({ _header: `GET / HTTP/1.1\r\nAuthorization: Bearer ${s}\r\n\r\n` }),
  ],
  ['message of an error', plainPassword(), (s) => new Error(`connect to redis://:${s}@cache failed`)],
  ['cause of an error', plainPassword(), (s) => new Error('a', { cause: new Error(`password=${s}`) })],
  ['cause that is an object', plainPassword(), (s) => new Error('a', { cause: { password: s } })],
  ['errors of an error', plainPassword(), (s) => new AggregateError([new Error(`pwd=${s}`)], 'many')],
  ['property of an error', plainPassword(), (s) => error('a', { password: s })],
  [
    'parameters of a query',
    plainPassword(),
    (s) => error('QueryFailedError', { query: `ALTER USER a WITH PASSWORD '${s}'` }),
  ],
  ['an instance', password(), (s) => new Account(s)],
  ['a toJSON', password(), (s) => new Hidden(s)],
  [
    'a getter',
    password(),
    (s) => ({
      get password() {
        return s;
      },
    }),
  ],
  ['no prototype', password(), (s) => Object.assign(Object.create(null) as object, { password: s })],
  [
    'an inherited form',
    password(),
    (s) => Object.assign(new (class Options {})(), { nested: { passphrase: s } }),
  ],
  ['a Buffer', '70 61 73 73 31 32', (s) => ({ password: Buffer.from(s.replaceAll(' ', ''), 'hex') })],
  [
    'a Buffer as JSON',
    '112,97,115,115',
    (s) => ({ password: Buffer.from(s.split(',').map(Number)).toJSON() }),
  ],
  ['a text object', password(), (s) => ({ password: new String(s) })],
  ['a symbol', plainPassword(), (s) => ({ token: Symbol(s) })],
  ['a function', plainPassword(), (s) => ({ secret: Object.defineProperty(() => 1, 'name', { value: s }) })],
  ['a date', '1977-06-0' + '5', (s) => ({ pin: new Date(s) })],
  ['a tuple of arguments', base62(24), (s) => ['token', s]],
  ['arguments with names', base62(24), (s) => ['--user', 'bob', '--token', s]],
  ['arguments with =', base62(24), (s) => ({ argv: ['node', 'a.js', `--api-key=${s}`] })],
  ['a signed address', hex(64), (s) => ({ location: `https://s3.example/b?X-Amz-Signature=${s}` })],
  ['a secret of Kubernetes', base64(24), (s) => ({ kind: 'Secret', data: { password: s } })],
  ['a key cut by emphasis', plainPassword(), (s) => ({ 'p\u200bassword': s })],
  ['a key in wide letters', plainPassword(), (s) => ({ ｐａｓｓｗｏｒｄ: s })],
  ['a key between underscores', plainPassword(), (s) => ({ __password__: s })],
  ['plural', base62(24), (s) => ({ apiKeys: { a: s } })],
  ['the token of a session', hex(32), (s) => ({ session: { id: 1, csrfToken: s } })],
  ['Slack', base62(24), (s) => ({ text: `xoxb-${'1'.repeat(12)}-${s}` })],
];
