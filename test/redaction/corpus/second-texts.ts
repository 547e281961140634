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
  lower,
  made,
  pem,
  strong,
  upnum,
  uuid,
  word,
  type SecretRow,
} from './second-parts.js';

const rsa = keyLines(5);
const escaped = keyLines(4);
const cut = keyLines(3);
const ssh = keyLines(4);
const curve = keyLines(2);
const passphrase = [lower(7), lower(6), lower(8)];

/** Lines as programs print them, each with a secret in free text. */
export const SECOND_TEXTS: readonly SecretRow<string>[] = [
  // Passwords as `key=value` and `key: value`.
  hide(
    word(),
    (s) =>
      `[Nest] 4123  - 07/14/2025, 9:14:02 AM   DEBUG [AuthService] Login attempt {"email":"j.doe@acme.test","password":"${s}"}`,
  ),
  hide(word(), (s) => `Login failed for user=wms_admin password=${s} from 10.3.0.14`),
  hide(strong(), (s) => `{ username: 'picker07', password: '${s}', station: 'PACK-3' }`),
  hide(
    strong(),
    (s) =>
      `Connecting with {\n  host: 'db.internal',\n  port: 5432,\n  user: 'wms',\n  password: '${s}',\n  database: 'wms'\n}`,
  ),
  hide(
    word(),
    (s) =>
      `2025-07-14 09:14:02.118 DEBUG 1 --- [nio-8080-exec-4] c.a.auth.LoginController : LoginRequest(username=jsmith, password=${s}, rememberMe=false)`,
  ),
  hide(
    made(),
    (s) => `2025/07/14 09:14:02 config: {Host:db.internal Port:5432 User:wms Password:${s} SSLMode:disable}`,
  ),
  hide(word(), (s) => `DEBUG:root:payload {'user': 'jsmith', 'passwd': '${s}', 'remember': True}`),
  hide(
    made(),
    (s) => `time=2025-07-14T09:14:02Z level=INFO msg="opening store" user=svc_wms password="${s}" attempt=2`,
  ),
  hide(word(), (s) => `User picker07 changed their password to ${s}`),
  hide(word(), (s) => `Temporary password for picker07: ${s}`),
  hide(strong(), (s) => `Created user "lena.k" with password "${s}"`),
  hide(word(), (s) => `Your new password is ${s}. Please change it after the first login.`),
  hide(
    uuid(),
    (s) =>
      `\n\nUsing generated security password: ${s}\n\nThis generated password is for development use only.`,
  ),
  hide(
    strong(),
    (s) =>
      `2025-07-14T09:14:02.481294Z 6 [Note] [MY-010454] [Server] A temporary password is generated for root@localhost: ${s}`,
  ),
  hide(
    hex(32),
    (s) =>
      `Please use the following password to proceed to installation:\n\n${s}\n\nThis may also be found at: /var/jenkins_home/secrets/initialAdminPassword`,
  ),
  hide(strong(), (s) => `DB_HOST=db.internal\nDB_USER=wms\nDB_PASS=${s}\nDB_NAME=wms`),
  hide(made(), (s) => `  password: ${s}\n  host: smtp.acme.test\n  port: 587`),
  [`wifi profile "WH-SCANNERS" applied, passphrase="${passphrase.join(' ')}"`, ...passphrase],
  hide(word(), (s) => `printer zebra-07: web admin login admin / pwd=${s} ok`),
  hide(strong(), (s) => `[MailerModule] transport ready smtp_user=noreply smtp_pass=${s} secure=true`),
  hide(
    made(),
    (s) =>
      `ssl.keystore.location = /etc/kafka/keystore.jks\n\tssl.keystore.password = ${s}\n\tssl.keystore.type = JKS`,
  ),
  hide(
    made(),
    (s) =>
      `sasl.jaas.config = org.apache.kafka.common.security.plain.PlainLoginModule required username="wms" password="${s}";`,
  ),
  hide(
    word(),
    (s) =>
      `2025-07-14 09:14:02.481 UTC [311] postgres@wms LOG:  statement: ALTER USER wms WITH PASSWORD '${s}';`,
  ),
  hide(made(), (s) => `query: CREATE ROLE reporting LOGIN PASSWORD '${s}' VALID UNTIL '2026-01-01'`),
  hide(made(), (s) => `2025-07-14T09:14:02.481294Z 12 Query CREATE USER 'wms'@'%' IDENTIFIED BY '${s}'`),
  hide(word(), (s) => `UPDATE "users" SET "password" = '${s}', "updated_at" = now() WHERE "id" = 42`),
  hide(word(), (s) => `POST /graphql mutation { login(username: "j.doe", password: "${s}") { ok } }`),
  hide(
    strong(),
    (s) => `<soap:Body><Login><UserName>edi</UserName><Password>${s}</Password></Login></soap:Body>`,
  ),
  hide(
    made(),
    (s) =>
      `<wsse:UsernameToken><wsse:Username>SAP_WM</wsse:Username><wsse:Password Type="PasswordText">${s}</wsse:Password></wsse:UsernameToken>`,
  ),
  hide(word(), (s) => `ldap bind bindDN="cn=wms,ou=svc,dc=acme" bindCredentials="${s}" -> 49`),
  hide(word(), (s) => `LDAPException: invalid credentials (bindDn: cn=svc, bindPassword: ${s})`),

  // Command lines.
  hide(made(), (s) => `+ docker run -d --name pg -e POSTGRES_PASSWORD=${s} -p 5432:5432 postgres:16`),
  hide(made(), (s) => `Command failed: mysqldump --host=db --user=wms --password=${s} wms > /backup/wms.sql`),
  hide(made(), (s) => `exec: wms-sync --endpoint https://erp.acme.test --token ${s} --since 1h`),
  hide(word(), (s) => `Error: Command failed: curl -sS -u edi:${s} https://carrier.test/labels`),
  hide(word(), (s) => `running: sshpass -p '${s}' sftp edi@ftp.carrier.test`),
  hide(made(), (s) => `$ helm upgrade wms ./chart --set db.password=${s} --set image.tag=1.42.0`),
  hide(made(), (s) => `PGPASSWORD=${s} psql -h db.internal -U wms -c 'select 1'`),

  // URLs and connection strings.
  hide(
    made(),
    (s) => `error: could not connect to postgres://wms:${s}@db.internal:5432/wms: timeout expired`,
  ),
  hide(
    word() + '@' + digits(2),
    (s) => `[TypeOrmModule] Unable to connect to postgresql://wms:${s}@db.internal:5432/wms. Retrying (1)...`,
  ),
  hide(made(), (s) => `[ioredis] connecting redis://:${s}@cache.internal:6379/0`),
  hide(
    made(),
    (s) =>
      `MongoServerSelectionError: connect ECONNREFUSED mongodb+srv://wms:${s}@cluster0.ab1cd.mongodb.net/wms?retryWrites=true`,
  ),
  hide(
    word(),
    (s) => `Error: Socket closed abruptly during opening handshake amqp://wms:${s}@rabbit:5672/%2Fwms`,
  ),
  hide(word(), (s) => `sqlalchemy.exc.OperationalError: engine postgresql+psycopg2://wms:${s}@db/wms failed`),
  hide(made(), (s) => `jdbc:postgresql://db.internal:5432/wms?user=wms&password=${s}&ssl=true`),
  hide(
    strong(),
    (s) =>
      `HikariPool-1 - Starting jdbc:sqlserver://sql01:1433;databaseName=WMS;user=sa;password=${s};encrypt=true`,
  ),
  hide(strong(), (s) => `Server=tcp:sql01,1433;Initial Catalog=WMS;User ID=sa;Password=${s};Encrypt=True;`),
  hide(
    base64(86) + '==',
    (s) =>
      `DefaultEndpointsProtocol=https;AccountName=wmsstore;AccountKey=${s};EndpointSuffix=core.windows.net`,
  ),
  hide(
    base64(43) + '=',
    (s) =>
      `Endpoint=sb://wms.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=${s}`,
  ),
  hide(
    made(),
    (s) => `pq: connection string "host=db port=5432 user=wms password=${s} dbname=wms sslmode=disable"`,
  ),
  hide(
    word(),
    (s) => `EDI upload to sftp://edi_acme:${s}@ftp.carrier.test/in/DESADV_20250714.edi done in 812ms`,
  ),
  hide(
    alnum(36),
    (s) =>
      `fatal: unable to access 'https://x-access-token:${'gh' + 's_' + s}@github.com/acme/wms.git/': The requested URL returned error: 403`,
  ),
  hide(
    hex(32),
    (s) =>
      `10.3.0.14 - - [14/Jul/2025:09:14:02 +0000] "GET /api/orders?page=2&access_token=${s} HTTP/1.1" 200 5123 "-" "okhttp/4.9"`,
  ),
  hide(
    base64url(43),
    (s) => `10.3.0.14 - - [14/Jul/2025:09:14:02 +0000] "GET /auth/reset?token=${s} HTTP/2.0" 302 0`,
  ),
  hide(base64url(40), (s) => `GET /oauth/callback?code=${s}&state=af0ifjsldkj 302 41ms`),
  ((key: string, sig: string): SecretRow<string> => [
    `PUT https://wms-labels.s3.eu-central-1.amazonaws.com/l/42.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${key}%2F20250714%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-Expires=900&X-Amz-Signature=${sig}`,
    key,
    sig,
  ])('AK' + 'IA' + upnum(16), hex(64)),
  hide(
    base64(42).replace(/[+/]/g, 'x'),
    (s) =>
      `GET https://wmsstore.blob.core.windows.net/labels/42.pdf?sv=2022-11-02&se=2025-07-15T00%3A00%3A00Z&sr=b&sp=r&sig=${s}%3D`,
  ),
  hide(
    'AI' + 'za' + base64url(35),
    (s) =>
      `GeocodeError: https://maps.googleapis.com/maps/api/geocode/json?address=Berlin&key=${s} OVER_QUERY_LIMIT`,
  ),
  hide(
    made(),
    (s) =>
      `DEBUG:urllib3.connectionpool:https://api.carrier.test:443 "GET /v1/rates?api_key=${s}&zip=10115 HTTP/1.1" 200 None`,
  ),
  hide(made(), (s) => `Get "https://api.erp.test/v1/stock?token=${s}": dial tcp 10.0.0.4:443: i/o timeout`),
  hide(hex(48), (s) => `    http://127.0.0.1:8888/lab?token=${s}`),
  hide(
    base64url(35),
    (s) => `POST https://api.telegram.org/bot${digits(10)}:${s}/sendMessage 400 Bad Request`,
  ),
  hide(
    alnum(24),
    (s) => `alert sent to https://hooks.slack.com/services/T${upnum(8)}/B${upnum(8)}/${s} (ok)`,
  ),
  hide(base64url(68), (s) => `notify https://discord.com/api/webhooks/${digits(18)}/${s} -> 204`),

  // Headers.
  hide(
    base64url(43),
    (s) => `> GET /v1/stock HTTP/1.1\n> Host: api.erp.test\n> Authorization: Bearer ${s}\n> Accept: */*`,
  ),
  hide(
    basic('edi', word()),
    (s) => `> POST /labels HTTP/1.1\r\n> Authorization: Basic ${s}\r\n> Content-Length: 412`,
  ),
  hide(
    base64url(32),
    (s) => `headers: { host: 'wms.acme.test', authorization: 'Bearer ${s}', accept: '*/*' }`,
  ),
  hide(
    hex(32),
    (s) =>
      `Authorization: Digest username="edi", realm="carrier", nonce="abc", uri="/in", response="${s}", qop=auth`,
  ),
  hide(made(), (s) => `upstream rejected request: Bearer ${s} is not valid for audience wms`),
  hide(alnum(27), (s) => `Cookie: theme=dark; connect.sid=s%3A${s}; lang=de`),
  hide(hex(32), (s) => `< Set-Cookie: JSESSIONID=${s}; Path=/; HttpOnly`),
  hide(base64url(40), (s) => `'set-cookie': [ 'wms_session=${s}; Max-Age=3600; HttpOnly; SameSite=Lax' ],`),
  hide(made(), (s) => `X-Api-Key: ${s}`),
  hide(hex(40), (s) => `request headers x-auth-token=${s} x-request-id=8c1f`),
  hide(basic('proxy', word()), (s) => `CONNECT registry.test:443 HTTP/1.1 Proxy-Authorization: Basic ${s}`),
  hide('IQoJb3JpZ2lu' + base64(80), (s) => `x-amz-security-token:${s}\nx-amz-date:20250714T091402Z`),
  ((key: string, sig: string): SecretRow<string> => [
    `Authorization: AWS4-HMAC-SHA256 Credential=${key}/20250714/eu-central-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${sig}`,
    key,
    sig,
  ])('AK' + 'IA' + upnum(16), hex(64)),
  hide(
    base64url(36),
    (s) =>
      `o.s.w.f.CommonsRequestLoggingFilter : Before request [GET /api/stock, headers=[host:"wms", authorization:"Bearer ${s}", accept:"*/*"]]`,
  ),
  hide(
    base64url(36),
    (s) => `Headers {host=[wms], authorization=[Bearer ${s}], content-type=[application/json]}`,
  ),
  hide(
    base64url(36),
    (s) => `rawHeaders: [ 'Host', 'wms.acme.test', 'Authorization', 'Token ${s}', 'Accept', '*/*' ]`,
  ),
  hide(made(), (s) => `[["content-type","application/json"],["x-api-key","${s}"]]`),
  hide(hex(64), (s) => `webhook rejected: X-Hub-Signature-256: sha256=${s} did not match`),

  // Tokens in prose and with a vendor's prefix.
  hide(jwt(), (s) => `UnauthorizedException: Invalid token ${s}`),
  hide(jwt(), (s) => `socket 4f1c handshake {"query":{"EIO":"4","jwt":"${s}"}}`),
  hide(jwt(), (s) => `JsonWebTokenError: invalid signature (${s})`),
  hide('gh' + 'p_' + alnum(36), (s) => `using ${s} for acme/wms`),
  hide('github' + '_pat_' + alnum(22) + '_' + alnum(59), (s) => `git credential helper answered ${s}`),
  hide('gl' + 'pat-' + base64url(20), (s) => `ERROR: Job failed: runner could not clone with ${s}`),
  hide('xo' + 'xb-' + digits(12) + '-' + digits(12) + '-' + alnum(24), (s) => `slack client started (${s})`),
  hide('sk' + '_live_' + alnum(24), (s) => `StripeAuthenticationError: Expired API Key provided: ${s}`),
  hide('rk' + '_live_' + alnum(24), (s) => `stripe restricted ${s} lacks permission charges:read`),
  hide(
    'wh' + 'sec_' + alnum(32),
    (s) => `stripe listen: Ready! Your webhook signing secret is ${s} (^C to quit)`,
  ),
  hide('S' + 'G.' + base64url(22) + '.' + base64url(43), (s) => `sendgrid: using ${s}`),
  hide('np' + 'm_' + alnum(36), (s) => `//registry.acme.test/:_authToken=${s}`),
  hide('hv' + 's.' + base64url(24), (s) => `Root Token: ${s}`),
  hide(
    'sk-' + 'proj-' + base64url(48),
    (s) => `401 Incorrect API key provided: ${s}. You can find your API key in your account.`,
  ),
  hide('do' + 'p_v1_' + hex(64), (s) => `doctl auth init with ${s}`),
  hide(
    'AK' + 'IA' + upnum(16),
    (s) => `InvalidAccessKeyId: The AWS Access Key Id ${s} does not exist in our records.`,
  ),
  hide(base64(40), (s) => `AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=${s} AWS_REGION=eu-central-1`),
  hide(base64(40), (s) => `credentials: { accessKeyId: 'test', secretAccessKey: '${s}' }`),
  hide(hex(32), (s) => `TWILIO_ACCOUNT_SID=ACx\nTWILIO_AUTH_TOKEN=${s}`),
  hide(made(), (s) => `DHL client ready {"apiKey":"${s}","customerNumber":"5123456789"}`),
  hide(base64(44), (s) => `Loaded JWT_SECRET=${s} from .env`),
  hide(uuid(), (s) => `token refreshed for station PACK-3, new token: ${s}`),
  hide(hex(24), (s) => `handheld SC-14 resumed sessionId=${s} after 41s`),

  // Bodies, also encoded.
  hide(
    base64url(48),
    (s) => `POST /oauth/token body: grant_type=refresh_token&refresh_token=${s}&client_id=wms`,
  ),
  hide(made(), (s) => `request body grant_type=client_credentials&client_id=fedex&client_secret=${s}`),
  hide(lower(6) + digits(3), (s) => `body: username=lena&password=${s}%21%3F&_csrf=x`),
  hide(word(), (s) => `[HttpClient] POST /login data: "{\\"user\\":\\"edi\\",\\"password\\":\\"${s}\\"}"`),
  hide(
    word(),
    (s) =>
      `{"level":"info","msg":"sqs message","body":"{\\"Message\\":\\"{\\\\\\"user\\\\\\":\\\\\\"edi\\\\\\",\\\\\\"password\\\\\\":\\\\\\"${s}\\\\\\"}\\"}"}`,
  ),
  hide(word(), (s) => `GET /debug?payload=%7B%22user%22%3A%22edi%22%2C%22password%22%3A%22${s}%22%7D 200`),
  hide(word(), (s) => `{ user: \u001b[32m'edi'\u001b[39m, password: \u001b[32m'${s}'\u001b[39m }`),
  hide(base64url(40), (s) => `{"access_token":"${s}","token_type":"Bearer","expires_in":3600}`),

  // Keys, cards and codes.
  [`loaded key:\n${pem('RSA ', rsa)}\nok`, ...rsa],
  [`FIREBASE_KEY="${pem('', escaped, '\\n')}\\n"`, ...escaped],
  [
    pem('', cut)
      .split('\n')
      .slice(0, -1)
      .join('\n')
      .replace(/^/, 'Error: error:1E08010C:DECODER routines::unsupported '),
    ...cut,
  ],
  [pem('OPENSSH ', ssh), ...ssh],
  [`{"key":${JSON.stringify(pem('EC ', curve))}}`, ...curve],
  hide(groups(card('4539'), ' '), (s) => `Payment for order 88121 with card ${s} approved`),
  hide(groups(card('5412'), '-'), (s) => `customer note: "please charge ${s} exp 09/27"`),
  hide(card('4716'), (s) => `authorize amount=4250 currency=EUR pan=${s} result=00`),
  hide(card('378', 15), (s) => `gateway response 51 for ${s}`),
  hide(digits(3), (s) => `card check {"brand":"visa","cvv":"${s}"} failed with N7`),
  hide(digits(6), (s) => `Sending OTP ${s} to +49 30 ****`),
  hide(digits(6), (s) => `otp=${s} accepted for lena.k`),
  hide(digits(4), (s) => `operator 0007 logged in at PACK-3 with pin: ${s}`),
];
