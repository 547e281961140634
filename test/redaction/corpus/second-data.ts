import {
  alnum,
  base64,
  base64url,
  basic,
  card,
  digits,
  groups,
  hex,
  hide,
  jwt,
  keyLines,
  made,
  pem,
  strong,
  upnum,
  uuid,
  word,
  type SecretRow,
} from './second-parts.js';

const service = keyLines(4);

class LoginDto {
  readonly remember = true;
  constructor(
    readonly email: string,
    readonly password: string,
  ) {}
}

class Station {
  #code: string;
  constructor(code: string) {
    this.#code = code;
  }
  toJSON(): object {
    return { name: 'PACK-3', accessKey: this.#code };
  }
}

class HttpError extends Error {
  override readonly name = 'HttpError';
  constructor(
    message: string,
    readonly config: object,
  ) {
    super(message);
  }
}

/** Values as they are given to a log call, each with a secret somewhere inside. */
export const SECOND_DATA: readonly SecretRow<unknown>[] = [
  // Names of secrets, at any depth and in any spelling.
  hide(word(), (s) => ({ event: 'login', email: 'lena@acme.test', password: s })),
  hide(strong(), (s) => ({ db: { host: 'db', port: 5432, credentials: { user: 'wms', pass: s } } })),
  hide(made(), (s) => ({ dbPassword: s, dbHost: 'db' })),
  hide(made(), (s) => ({ SMTP_PASSWORD: s, SMTP_HOST: 'smtp' })),
  hide(made(), (s) => ({ carrier: 'dhl', apiKey: s })),
  hide(made(), (s) => ({ carrier: 'ups', 'client-secret': s, clientId: 'wms' })),
  hide(hex(40), (s) => ({ headers: { host: 'wms', 'x-api-key': s } })),
  hide(base64url(40), (s) => ({ user: 7, accessToken: s, expiresIn: 3600 })),
  hide(base64url(40), (s) => ({ user: 7, refresh_token: s })),
  hide(jwt(), (s) => ({ user: 7, idToken: s })),
  hide(base64(40), (s) => ({ region: 'eu-central-1', secretAccessKey: s })),
  hide(base64(86) + '==', (s) => ({ storage: { account: 'wms', accountKey: s } })),
  hide(made(), (s) => ({ stripe: { secretKey: s, currency: 'EUR' } })),
  hide(made(), (s) => ({ jwtSecret: s, issuer: 'wms' })),
  hide(made(), (s) => ({ webhookSecret: s, url: 'https://wms.acme.test/hook' })),
  hide(word(), (s) => ({ scanner: 'SC-14', wifi: { ssid: 'WH', passphrase: s } })),
  hide(uuid(), (s) => ({ socket: 'a1', session: { sessionId: s, station: 'PACK-3' } })),
  hide(alnum(32), (s) => ({ cookies: { sid: s, theme: 'dark' } })),
  hide(digits(6), (s) => ({ operator: 'lena', otp: s })),
  [{ operator: 'lena', pin: 4821 }, '4821'],
  [{ payment: { brand: 'visa', cvc: 739 } }, '739'],
  hide(`${digits(3)}-${digits(2)}-${digits(4)}`, (s) => ({ employee: { name: 'Lena', ssn: s } })),
  hide(made(), (s) => ({ tokens: [s], owner: 'wms' })),
  hide(made(), (s) => ({ users: [{ name: 'a' }, { name: 'b', resetToken: s }] })),
  hide(hex(64), (s) => ({ webhook: { body: 'ok', signature: s } })),

  // Values that give themselves away under a harmless name.
  hide(jwt(), (s) => ({ event: 'handshake', received: s })),
  hide(base64url(40), (s) => ({ header: `Bearer ${s}` })),
  hide(made(), (s) => ({ url: `postgres://wms:${s}@db.internal:5432/wms`, pool: 10 })),
  hide(made(), (s) => ({ databaseUrl: `mysql://root:${s}@mysql/wms` })),
  hide(strong(), (s) => ({ connectionString: `Server=sql01;User Id=sa;Password=${s};Encrypt=true` })),
  hide(hex(64), (s) => ({
    upload: `https://b.s3.amazonaws.com/k?X-Amz-Date=20250714T091402Z&X-Amz-Signature=${s}`,
  })),
  hide('AK' + 'IA' + upnum(16), (s) => ({ aws: { id: s, region: 'eu-central-1' } })),
  hide('gh' + 'p_' + alnum(36), (s) => ({ argv: ['node', 'sync.js', s] })),
  hide(card('4539'), (s) => ({ payment: { number: s, exp: '09/27' } })),
  hide(groups(card('5412'), ' '), (s) => ({ note: `paid with ${s}` })),
  [{ project: 'wms', client: { type: 'service_account', private_key: pem('', service) } }, ...service],
  hide(made(), (s) => ({ argv: ['wms-sync', `--password=${s}`, '--verbose'] })),

  hide(made(), (s) => ({
    brokers: ['kafka:9092'],
    sasl: { mechanism: 'plain', username: 'wms', password: s },
  })),
  hide('xo' + 'xb-' + digits(12) + '-' + alnum(24), (s) => ({ slack: { channel: '#wms', bot: s } })),

  // Lists of pairs and other containers.
  hide(base64url(40), (s) => ({
    method: 'GET',
    rawHeaders: ['Host', 'wms', 'Authorization', `Bearer ${s}`, 'Accept', '*/*'],
  })),
  hide(hex(32), (s) => ({
    headers: [
      ['host', 'wms'],
      ['cookie', `connect.sid=${s}`],
    ],
  })),
  hide(made(), (s) => ({
    env: [
      { name: 'DB_HOST', value: 'db' },
      { name: 'DB_PASSWORD', value: s },
    ],
  })),
  hide(
    made(),
    (s) =>
      new Map<string, unknown>([
        ['user', 'wms'],
        ['password', s],
      ]),
  ),
  hide(made(), (s) => ({ target: new URL(`https://edi:${s}@carrier.test/in`) })),

  // Text inside data, objects with a mind of their own, errors.
  hide(word(), (s) => ({ request: { method: 'POST', body: JSON.stringify({ user: 'edi', password: s }) } })),
  hide(made(), (s) => ({
    record: { body: JSON.stringify({ detail: JSON.stringify({ clientSecret: s }) }) },
  })),
  hide(word(), (s) => new LoginDto('lena@acme.test', s)),
  hide(made(), (s) => ({ station: new Station(s) })),
  hide(
    made(),
    (s) => new Error('sync failed', { cause: new Error(`connect amqp://wms:${s}@rabbit:5672 refused`) }),
  ),
  hide(
    basic('edi', word()),
    (s) =>
      new HttpError('Request failed with status code 401', {
        url: 'https://carrier.test/labels',
        method: 'post',
        headers: { Accept: 'application/json', Authorization: `Basic ${s}` },
      }),
  ),
];
