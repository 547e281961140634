import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Redactor } from './redactor.js';

/** Put together at run time: nothing that looks like a live secret stands in a file. */
const letters = (count: number, from = 'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0z'): string =>
  Array.from({ length: count }, (_, index) => from[(index * 7 + 3) % from.length]).join('');
const hex = (count: number): string => letters(count, '0a1b2c3d4e5f6789');
const capitals = (count: number): string => letters(count, 'A2B3C4D5E6F7GHJK');
const secret = ['hun', 'ter2'].join('');
const starts = {
  aws: 'AKIA',
  github: 'ghp',
  gitlab: 'glpat',
  slack: 'xoxb',
  stripe: 'sk_live',
  sendgrid: 'SG',
  google: 'AIza',
  npm: 'npm',
  vault: 'hvs',
  openai: 'sk',
};
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', letters(43)].join('.');
const card = ['4111', '1111', '1111', '1111'];
const pem = (lineBreak: string, end = true): string =>
  [
    '-----BEGIN RSA PRIV' + 'ATE KEY-----',
    letters(64),
    letters(64),
    ...(end ? ['-----END RSA PRIV' + 'ATE KEY-----'] : []),
  ].join(lineBreak);

/** Text, and what must not be left of it. Without a second: `secret`. */
const SECRETS: [text: string, gone?: string][] = [
  [`password=${secret}`],
  [`Password: ${secret}`],
  [`PASSWORD = "${secret}"`],
  [`user bob passwd:${secret} from 10.0.0.1`],
  [`pwd=${secret};server=db`],
  [`passphrase: correct horse ${secret} staple`, `horse ${secret} staple`],
  [`login with password ${secret} failed`],
  [`the password is ${secret}`],
  [`bob changed their password to ${secret}`],
  [`A temporary password is generated for root@localhost: ${secret}`],
  [`{"user":"bob","password":"${secret}"}`],
  [`{"user":"bob","password":"a \\"quoted\\" ${secret}"}`],
  [`body: {\\"password\\":\\"${secret}\\"}`],
  [`{"body":"{\\\\\\"password\\\\\\":\\\\\\"${secret}\\\\\\"}"}`],
  [`{'client_secret': '${secret}'}`],
  [`{"password":"${secret}`],
  [`{"credentials":{"user":"bob","key":"${secret}"},"a":1}`],
  [`{"tokens":1,"api_key":["${secret}","b"]}`],
  [`Server=db;Database=x;User Id=sa;Password=${secret};Encrypt=true`],
  [
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${letters(86)}==;EndpointSuffix=core`,
    letters(86),
  ],
  [`username=bob&password=${secret}&remember=1`],
  [`GET /login?token=${secret}&next=/`],
  [`GET /callback?code=${letters(20)}&state=x`, letters(20)],
  [`https://maps.example.com/api?key=${secret}&q=x`],
  [`https://bucket.s3.amazonaws.com/a?X-Amz-Signature=${hex(64)}&X-Amz-Expires=60`, hex(64)],
  [`https://bucket.s3.amazonaws.com/a?X-Amz-Credential=${capitals(20)}%2F20260101`, capitals(20)],
  [`https://blob.example.net/a?sv=2022&sig=${letters(30)}%3D`, letters(30)],
  [`connect postgres://shop:${secret}@db:5432/shop`],
  [`redis://:${secret}@cache:6379/0`],
  [`amqp://u:p@ss${secret}@mq/vhost`, `ss${secret}`],
  [`mongodb+srv://u:${secret}@cluster.example.net/db?retry=true`],
  [`https://u:pa/ss${secret}@host.example.com/x`, secret],
  [`Authorization: Bearer ${letters(30)}`, letters(30)],
  [`authorization: Basic ${letters(24)}==`, letters(24)],
  [`sent Bearer ${letters(24)} to api`, letters(24)],
  [`Proxy-Authorization: Basic ${letters(16)}=`, letters(16)],
  [`Authorization: Digest username="bob", response="${hex(32)}"`, hex(32)],
  [`curl -H "Authorization: Bearer ${letters(20)}" https://a.example.com`, letters(20)],
  [`curl -u bob:${secret} https://a.example.com`],
  [`Cookie: sid=${letters(20)}; theme=dark`, letters(20)],
  [`Set-Cookie: session=${letters(20)}; HttpOnly`, letters(20)],
  [`X-Api-Key: ${letters(20)}`, letters(20)],
  [`api key: ${letters(20)}`, letters(20)],
  [`API_KEY="${letters(20)}"`, letters(20)],
  [`accessToken=${letters(20)}`, letters(20)],
  [`refresh_token: '${letters(20)}'`, letters(20)],
  [`aws_secret_access_key = ${letters(40)}`, letters(40)],
  [`using ${starts.aws}${capitals(16)} for s3`, capitals(16)],
  [`sessionId=${letters(20)}`, letters(20)],
  [`session id: ${letters(20)}`, letters(20)],
  [`jwt ${jwt} expired`, letters(43)],
  [`${starts.github}_${letters(36)} is revoked`, letters(36)],
  [`${starts.gitlab}-${letters(20)}`, letters(20)],
  [`slack ${starts.slack}-123456789012-${letters(24)}`, letters(24)],
  [`stripe ${starts.stripe}_${letters(24)}`, letters(24)],
  [`${starts.sendgrid}.${letters(22)}.${letters(43)}`, letters(43)],
  [`google ${starts.google}${letters(35)}`, letters(35)],
  [`${starts.npm}_${letters(36)}`, letters(36)],
  [`vault ${starts.vault}.${letters(90)}`, letters(90)],
  [`openai ${starts.openai}-${letters(48)}`, letters(48)],
  [`https://hooks.slack.com/services/T000/B000/${letters(24)}`, letters(24)],
  [`paid with ${card.join(' ')} today`, card.slice(1).join(' ')],
  [`card ${card.join('-')}`, card.join('-')],
  [`pan=${card.join('')}`, card.join('')],
  [`order 12 ${card.join(' ')}`, card.join(' ')],
  ['cvv: 737', '737'],
  ['pin=4711', '4711'],
  ['Your OTP is 482913', '482913'],
  ['ssn: 078-05-1120', '078-05-1120'],
  [pem('\n'), letters(64)],
  [pem('\\n'), letters(64)],
  [pem('\n', false), letters(64)],
  [`password%3D${secret}%26user%3Dbob`],
  [`body=%7B%22password%22%3A%22${secret}%22%7D`],
  [`next=https%3A%2F%2Fu%3A${secret}%40host%2F`],
  [`pass\u200bword=${secret}`],
  [`\x1b[31mpassword\x1b[0m=\x1b[1m${secret}\x1b[0m`],
  [`password=hun\u200bter2`, 'ter2'],
  [`<password>${secret}</password>`],
  [`<add key="Password" value="${secret}" />`],
  [`"name":"password","value":"${secret}"`],
  [`setProperty("db.password", "${secret}")`],
  [`&quot;password&quot;:&quot;${secret}&quot;`],
  [`Passwort: ${secret}`],
  [`API-Schlüssel: ${letters(20)}`, letters(20)],
  [`ｐａｓｓｗｏｒｄ＝${secret}`],
  [`password\u2003=\u00a0${secret}`],
  [`password="[redacted:password]${secret}"`],
  [`password=[redacted:x]${secret}`],
  [`password=[hidden${secret}`],
  [`${'some.very.long.name.'.repeat(6)}password=${secret}`],
  [`Password="a""${secret}"`],
  [`**Password:** ${secret}`],
  [`password: “my ${secret}”`],
  [`password: [ 'a]b', '${secret}' ]`],
  [`{"password":["a]b","${secret}"]}`],
  [`credentials: { user: 'bob', x: '${secret}' }`],
  [`'set-cookie': [ 'a=b', 'c=${secret}' ]`],
  [`password: Some("${secret}")`],
  [`password=b'${secret}'`],
  [`password: |\n  ${secret}\n`],
  [`password:\r\n${secret}`],
  [`- name: DB_PASSWORD\n  value: ${secret}`],
  [`<wsse:Password Type="x">my ${secret}</wsse:Password>`],
  [`form-data; name="password"\r\n\r\n${secret}\r\n--x`],
  [`CREATE USER a IDENTIFIED BY '${secret}'`],
  [`sshpass -p '${secret}' ssh host`],
  [`mysql -uroot -p${secret} shop`],
  [`{"auths":{"r":{"auth":"${letters(20)}"}}}`, letters(20)],
  [`https://${letters(30)}@git.example.com/a.git`, letters(30)],
  [`temporary password for root: ${secret}!`],
];

const HARMLESS = [
  'login failed user=lena reason=bad_password attempts=3',
  'o.s.s.c.b.BCryptPasswordEncoder : Encoded password does not look like BCrypt',
  '"GET /forgot-password HTTP/2.0" 200',
  'Forbidden (CSRF token missing.): /api/orders/',
  'GET /orders/4711 200 12 ms',
  'Nest application successfully started',
  'Mapped {/login/token, POST} route',
  'RoutesResolver PasswordController {/password}:',
  'password reset mail sent to order desk',
  'Password: must be at least 8 characters',
  'invalid password for user bob',
  'Unexpected token < in JSON at position 0',
  'Unexpected token } in JSON at position 17',
  'token expired 3 minutes ago',
  'token: missing',
  'token_count=512 max_tokens=1024',
  '{"prompt_tokens":512,"total_tokens":640}',
  'primary_key=77 foreign_key=12',
  'sort key: created_at',
  'compass: north, bypass=true, passed: 12',
  'Tests: pass: 12, fail: 0',
  'tokenType: bearer',
  'password_changed_at: 2026-11-20',
  'basic information about authorization',
  'authorization failed for shelf 7',
  'bearer token missing',
  'cookie banner shown',
  'the secret garden arrived in 3 boxes',
  'signature verification failed',
  'pinned to 12 nodes, spinning up: 3 of 5',
  'shipping: express, company: ACME, panel: left',
  'sid is unknown',
  'https://example.com:8080/path?email=a@b.example.com',
  'http://shop.example.com/orders/12?page=2&size=50',
  'ssh git@github.com:acme/shop.git',
  'user bob@example.com signed in from 192.168.0.17',
  'order 1795162681367462 at 1763632681367',
  'tracking number 1Z999AA10123456784',
  'uuid 550e8400-e29b-41d4-a716-446655440000',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'commit 4b1dcafe fixed sk-learn import',
  'disk-usage: sk-this-is-how-we-call-it',
  'caf\u00e9 100% of 5 units, 20%off',
  'JWT strategy registered, cookie-parser loaded',
  'curl https://example.com -o out',
  'docker run -u 1000:1000 image',
  '2026-11-20T08:17:01.412Z [Orders] order taken: {"sku":"AB-444","quantity":3}',
  'Error: connect ECONNREFUSED 127.0.0.1:5432\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)',
  'at Object.<anonymous> (/app/src/auth/token.service.ts:12:34)',
  'secret: [redacted]',
  'password=***',
  'phone +49 170 1234567, fax 030 123456',
  'ean 4006381333931',
  'key: value, author: bob, authority: low',
  'UPDATE users SET password = $1 WHERE token = ?',
  'password: ${DB_PASSWORD}, token: {{ .Values.token }}',
  '    at AuthService.validatePassword (/app/dist/auth/auth.service.js:12:34)',
  'WWW-Authenticate: Bearer error="invalid_token"',
  'TokenExpiredError: jwt expired',
  'Enter password:\nLogin failed',
  'ALTER TABLE users ADD COLUMN password varchar(255)',
  'docker run --name mysql -p 3306:3306 mysql:8',
];

describe('The redactor', () => {
  it.each(SECRETS)('masks what is secret in: %s', (text = '', gone = secret) => {
    const masked = new Redactor().text(text);
    expect(masked).not.toContain(gone);
    expect(masked).toMatch(/\[redacted:[a-z-]+\]/);
  });

  it.each(SECRETS)('leaves what it has masked as it is: %s', (text = '') => {
    const masked = new Redactor().text(text);
    expect(new Redactor().text(masked)).toBe(masked);
  });

  it.each(HARMLESS)('leaves alone: %s', (text) => {
    expect(new Redactor().text(text)).toBe(text);
  });

  it('leaves what stands around a secret', () => {
    const { text } = new Redactor().preview(`bob with password=${secret}, from 10.0.0.1`);
    expect(text).toBe('bob with password=[redacted:password], from 10.0.0.1');
    expect(new Redactor().text(`db postgres://shop:${secret}@db:5432/shop is up`)).toBe(
      'db postgres://shop:[redacted:password]@db:5432/shop is up',
    );
  });

  it('says where and why, at the places of the text as it was given', () => {
    const text = `a=1 pass\u200bword%3D${secret} and ${starts.github}_${letters(36)}`;
    const { matches } = new Redactor().preview(text);
    expect(matches.map(({ kind, rule }) => [kind, rule])).toEqual([
      ['password', 'assignment'],
      ['token', 'vendor-token'],
    ]);
    expect(matches.map(({ start, end }) => text.slice(start, end))).toEqual([
      secret,
      `${starts.github}_${letters(36)}`,
    ]);
  });

  it('counts what it masks by rule, and nothing that is only looked at', () => {
    const redactor = new Redactor();
    redactor.preview(`password=${secret}`);
    redactor.finds(`password=${secret}`);
    redactor.isSecretKey('password');
    expect(redactor.counts).toEqual({});
    redactor.text(`password=${secret} password=${secret}`);
    redactor.key('password');
    redactor.key('shelf');
    expect(redactor.counts).toEqual({ assignment: 2, key: 1 });
  });

  it('knows more keys, patterns and values, and fewer keys', () => {
    const redactor = new Redactor({
      keys: ['badgeNumber'],
      patterns: [/SHELF-(\d{4})/, /nobody/g],
      allow: ['sid'],
      values: ['the-very-value'],
    });
    expect(redactor.text('badge_number: 12345')).toBe('badge_number: [redacted:secret]');
    expect(redactor.text('at SHELF-1234 and SHELF-5678, nobody')).toBe(
      'at SHELF-[redacted:secret] and SHELF-[redacted:secret], [redacted:secret]',
    );
    expect(redactor.text('sid=abcdef123456')).toBe('sid=abcdef123456');
    expect(redactor.text('x the-very-value.')).toBe('x [redacted:token].');
    expect(redactor.key('badge-number')).toBe('secret');
    expect(redactor.key('sid')).toBeUndefined();
  });

  it('knows keys of two letters, and values that begin with a picture', () => {
    const redactor = new Redactor({ keys: ['bn'], values: ['😀😀the-very-value'] });
    expect(redactor.text('bn=12345 and pw: abc12')).toBe('bn=[redacted:secret] and pw: [redacted:password]');
    expect(redactor.text('x 😀😀the-very-value.')).toBe('x [redacted:token].');
  });

  it('knows keys in other letters, and those that objects have anyway', () => {
    const redactor = new Redactor({ keys: ['пароль'] });
    expect(redactor.key('Пароль')).toBe('secret');
    expect(redactor.key('p\u200bassword')).toBe('password');
    expect(redactor.key('datenbankPasswort')).toBe('password');
    expect(['__proto__', 'constructor', 'toString', ''].map((key) => redactor.key(key))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('knows a long key by its end', () => {
    expect(new Redactor().key(`${'a.'.repeat(100)}password`)).toBe('password');
  });

  it('does not keep the long keys it was asked about', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const redactor = new Redactor();
    const heldAfter = (keys: number): number => {
      for (let key = 0; key < keys; key++)
        redactor.key(Buffer.alloc(100_000, `${key} shelf `).toString('latin1'));
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = heldAfter(0);
    expect(heldAfter(1000) - before).toBeLessThan(20e6);
  });

  it('without rules masks the given values only', () => {
    const redactor = new Redactor({ rules: false, values: ['the-very-value'] });
    expect(redactor.text(`password=${secret} the-very-value`)).toBe(`password=${secret} [redacted:token]`);
    expect(redactor.key('password')).toBeUndefined();
  });

  /** What makes a careless pattern look at the same characters again and again. How long it takes: `npm run bench -- redaction`. */
  it.each(
    [
      'password',
      'password ',
      'password=',
      'password="',
      'pass',
      'token token ',
      'secret xsecret',
      'sk-',
      'sk-a1',
      'eyJ',
      'eyJ.',
      'eyJa.eyJ',
      '://',
      '://a:b',
      '://a:b@',
      'http://a:',
      '-----BEGIN ',
      '-----BEGIN RSA PRIVATE KEY-----',
      'Bearer ',
      'bearer a',
      'Digest a=',
      'curl -u ',
      ' -u a:b',
      '4111 ',
      '4111111111111',
      '1 ',
      '1-',
      '%70',
      '%25',
      '\\u0070',
      '\x1b[',
      '\x1b]',
      '\u200b',
      '&quot;',
      '"password":[',
      '\\"password\\":\\"',
      '\\',
      "password='",
      '_mmk',
      ':AA',
      '0Q~',
      'cookie: a=',
      'a.b-c_',
      'api key api key ',
      'session id ',
      '<password>',
      '<password a="',
      'password:\n',
      'password={',
      'password=[a:"',
      'mysql -p',
      'identified by ',
      'Private-Lines: 1\n',
      'jdbc:oracle:thin:a/',
      '\uff50',
      'é',
      'password,',
      '"token", "',
      'x',
    ].map((part) => [part]),
  )('takes time by its length, and no more, for many of %j', (part) => {
    const redactor = new Redactor();
    const timeOf = (length: number): number => {
      const text = part.repeat(Math.ceil(length / part.length));
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now();
        redactor.text(text);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    timeOf(131_072);
    // Eight times as long: 64 times the time where each part looks at all the others.
    expect(timeOf(1_048_576) / timeOf(131_072)).toBeLessThan(45);
  });
});
