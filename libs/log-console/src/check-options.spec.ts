import { checkOptions, checkTokenVariable, LogConsoleOptionsError } from './check-options.js';
import { GLOB_GRAMMAR } from './sources/file/catalogue/glob.js';
import { type LogConsoleExtras, type LogConsoleOptions, type SharedStore } from './log-console.options.js';

type Options = LogConsoleOptions & LogConsoleExtras;

const TOKEN = 'a-secret-of-forty-characters-0123456789x';
const person = (changes: object = {}) => ({ token: TOKEN, name: 'ann', role: 'viewer', ...changes });
const check = (options: unknown) => (): void => checkOptions(options as Options);

/** What the error says of an option. */
function complaintAbout(options: unknown): string {
  try {
    check(options)();
  } catch (error) {
    expect(error).toBeInstanceOf(LogConsoleOptionsError);
    const { name, message } = error as LogConsoleOptionsError;
    expect(name).toBe('LogConsoleOptionsError');
    expect(message).toMatch(/^LogConsoleModule: .*; accepted: .+\.$/s);
    return message.slice('LogConsoleModule: '.length);
  }
  throw new Error('It was accepted.');
}

const PATHS = 'a path such as "ops/logs"';
const ROLES = 'viewer, operator, admin';
const GUARD = 'a guard class or a guard';
const LOGGER = 'a LoggerService (with log, error and warn), or false';
const ORIGIN = 'an origin such as "https://ops.example.com"';
const nothing = (): void => undefined;
const METHODS = ['attach', 'append', 'read', 'waitAfter', 'clear', 'stats', 'close'];
const SHARED_STORE = Object.fromEntries(METHODS.map((name) => [name, nothing])) as unknown as SharedStore;
const INSTANCE = 'a name of 1 to 64 of A-Z a-z 0-9 _ . -';
const STREAMS = 'a whole number from 1 to 100000';
const NAME = 'a text of 1 to 64 characters, none of them a control character';
const SECRET = 'at least 32 characters without spaces, at most 1024 (openssl rand -base64 32 makes one)';

/** Every option with wrong values: what the message says was given. */
const WRONG: readonly (readonly [
  option: string,
  accepted: string,
  wrong: readonly (readonly [unknown, string])[],
])[] = [
  [
    'capacity',
    'a whole number from 1 to 10000000',
    [
      [0, '0'],
      [-1, '-1'],
      [1.5, '1.5'],
      [10_000_001, '10000001'],
      [NaN, 'NaN'],
      [Infinity, 'Infinity'],
      ['5', '"5"'],
      [null, 'null'],
      [10n, '10'],
      [{}, 'an object'],
    ],
  ],
  [
    'maxBytes',
    'a whole number from 1024 to 4294967296',
    [
      [1023, '1023'],
      [2 ** 33, '8589934592'],
      ['16 MiB', '"16 MiB"'],
    ],
  ],
  [
    'attach',
    'true or false',
    [
      ['yes', '"yes"'],
      [1, '1'],
      [null, 'null'],
    ],
  ],
  [
    'forward',
    LOGGER,
    [
      [true, 'true'],
      [null, 'null'],
      [{ log: () => undefined }, 'an object'],
      ['console', '"console"'],
      [[], 'an array'],
    ],
  ],
  [
    'capture',
    'an object',
    [
      [true, 'true'],
      [['console'], 'an array'],
      [null, 'null'],
      ['all', '"all"'],
    ],
  ],
  [
    'capture.console',
    'true or false',
    [
      ['true', '"true"'],
      [0, '0'],
    ],
  ],
  ['capture.process', 'true or false', [[{}, 'an object']]],
  [
    'access',
    'an object',
    [
      [false, 'false'],
      [[], 'an array'],
      [TOKEN, 'a text of 40 characters'],
    ],
  ],
  [
    'access.guards',
    'an array',
    [
      [() => true, 'a function'],
      ['JwtAuthGuard', '"JwtAuthGuard"'],
    ],
  ],
  [
    'access.guards[1]',
    GUARD,
    [
      [[class {}, 'jwt'], '"jwt"'],
      [[class {}, {}], 'an object'],
      [[class {}, null], 'null'],
    ],
  ],
  [
    'access.role',
    'a function',
    [
      ['admin', '"admin"'],
      [null, 'null'],
    ],
  ],
  [
    'access.tokens',
    'an array',
    [
      [TOKEN, 'a text of 40 characters'],
      [person(), 'an object'],
    ],
  ],
  [
    'access.tokens[0]',
    'an object',
    [
      [[TOKEN], 'a text of 40 characters'],
      [[null], 'null'],
      [[7], '7'],
    ],
  ],
  [
    'access.tokens[0].token',
    SECRET,
    [
      [[person({ token: 'x'.repeat(31) })], 'a text of 31 characters'],
      [[person({ token: 'x'.repeat(1025) })], 'a text of 1025 characters'],
      [[person({ token: `${TOKEN} ` })], 'a text of 41 characters'],
      [[person({ token: '' })], 'a text of 0 characters'],
      [[person({ token: 7 })], '7'],
      [[person({ token: null })], 'null'],
    ],
  ],
  ['access.tokens[0].token', 'a value', [[[{ name: 'ann', role: 'viewer' }], 'undefined']]],
  ['access.tokens[0].name', 'a value', [[[person({ name: undefined })], 'undefined']]],
  ['access.tokens[0].role', 'a value', [[[person({ role: undefined })], 'undefined']]],
  [
    'access.tokens[0].name',
    NAME,
    [
      [[person({ name: '' })], 'a text of 0 characters'],
      [[person({ name: 'x'.repeat(65) })], 'a text of 65 characters'],
      [[person({ name: 'ann\nadmin' })], 'a text of 9 characters'],
      [[person({ name: 'ann\x1b[31m' })], 'a text of 8 characters'],
      [[person({ name: '\ud800' })], 'a text of 1 characters'],
      [[person({ name: 7 })], '7'],
    ],
  ],
  ['access.tokens[1].role', ROLES, [[[person(), person({ name: 'bob', role: 'root' })], '"root"']]],
  ['access.abilities', 'an object', [[['read'], 'an array']]],
  [
    'access.abilities.clear',
    ROLES,
    [
      ['everybody', '"everybody"'],
      [true, 'true'],
      [null, 'null'],
    ],
  ],
  ['access.origins', 'an array', [['https://ops.example.com', '"https://ops.example.com"']]],
  [
    'access.origins[0]',
    ORIGIN,
    [
      [['*'], '"*"'],
      [['ops.example.com'], '"ops.example.com"'],
      [['https://ops.example.com/'], '"https://ops.example.com/"'],
      [['https://ops.example.com:443'], '"https://ops.example.com:443"'],
      [['https://ops.example.com/logs'], '"https://ops.example.com/logs"'],
      [['null'], '"null"'],
      [['https://ann:pass//word@ops.example.com'], '"https://…@ops.example.com"'],
      [[/example/], 'an object'],
    ],
  ],
  [
    'requests',
    'an object',
    [
      [true, 'true'],
      ['x-request-id', '"x-request-id"'],
      [[], 'an array'],
    ],
  ],
  [
    'requests.header',
    'the name of a header of its own, such as "x-request-id"',
    [
      ['', '""'],
      ['x request id', '"x request id"'],
      ['x-id\r\nset-cookie', '"x-id\r\nset-cookie"'],
      ['Set-Cookie', '"Set-Cookie"'],
      ['authorization', '"authorization"'],
      ['Content-Length', '"Content-Length"'],
      ['traceparent', '"traceparent"'],
      ['x'.repeat(65), `"${'x'.repeat(65)}"`],
      [7, '7'],
    ],
  ],
  ['enrich', 'a function', [[{ requestId: 'r' }, 'an object']]],
  ['captureOwnRequests', 'true or false', [['yes', '"yes"']]],
  [
    'files',
    'an array',
    [
      ['/var/log/app.log', '"/var/log/app.log"'],
      [{ id: 'app', path: 'app.log' }, 'an object'],
    ],
  ],
  [
    'files[0]',
    'an object',
    [
      [['/var/log/app.log'], '"/var/log/app.log"'],
      [[null], 'null'],
      [[[]], 'an array'],
    ],
  ],
  [
    'store',
    'a shared store such as new RedisStore({ url })',
    [
      ['redis://:secret@localhost', '"redis://…@localhost"'],
      [{ ...SHARED_STORE, attach: undefined }, 'an object'],
      [{ ...SHARED_STORE, close: undefined }, 'an object'],
      [class RedisStore {}, 'a function'],
    ],
  ],
  [
    'files[0]',
    'path or directory, one of them',
    [
      [[{ id: 'app' }], 'without a place'],
      [[{ id: 'app', path: 'a', directory: 'b' }], 'one with two places'],
    ],
  ],
  ['files[0].id', 'a value', [[[{ path: 'app.log' }], 'undefined']]],
  [
    'files[0].id',
    'a name of 1 to 64 of A-Z a-z 0-9 . _ -',
    [
      [[{ id: '', path: 'a' }], '""'],
      [[{ id: 'a~b', path: 'a' }], '"a~b"'],
      [[{ id: 'a/b', path: 'a' }], '"a/b"'],
      [[{ id: '..', path: 'a' }], '".."'],
      [[{ id: '.', directory: 'a' }], '"."'],
      [[{ id: 'ü', path: 'a' }], '"ü"'],
      [[{ id: 'x'.repeat(65), path: 'a' }], `"${'x'.repeat(65)}"`],
      [[{ id: 7, path: 'a' }], '7'],
    ],
  ],
  [
    'files[0].path',
    'a path',
    [
      [[{ id: 'a', path: '' }], '""'],
      [[{ id: 'a', path: 'a\0b' }], '"a\0b"'],
      [[{ id: 'a', path: 7 }], '7'],
      [[{ id: 'a', path: null }], 'null'],
    ],
  ],
  ['files[0].directory', 'a path', [[[{ id: 'a', directory: '' }], '""']]],
  [
    'files[0].match',
    GLOB_GRAMMAR,
    [
      [[{ id: 'a', directory: 'd', match: '' }], '""'],
      [[{ id: 'a', directory: 'd', match: '../*.log' }], '"../*.log"'],
      [[{ id: 'a', directory: 'd', match: '/var/*.log' }], '"/var/*.log"'],
      [[{ id: 'a', directory: 'd', match: '*.{log,txt}' }], '"*.{log,txt}"'],
      [[{ id: 'a', directory: 'd', match: /log/ }], 'an object'],
    ],
  ],
  [
    'files[0].format',
    'auto, nest, json, access, nginx-error, syslog, plain',
    [
      [[{ id: 'a', path: 'a', format: 'apache' }], '"apache"'],
      [[{ id: 'a', path: 'a', format: null }], 'null'],
    ],
  ],
  [
    'files[0].maxLineBytes',
    'a whole number from 1024 to 16777216',
    [
      [[{ id: 'a', path: 'a', maxLineBytes: 10 }], '10'],
      [[{ id: 'a', path: 'a', maxLineBytes: Infinity }], 'Infinity'],
    ],
  ],
  [
    'files[0].name',
    NAME,
    [
      [[{ id: 'a', path: 'a', name: '' }], '""'],
      [[{ id: 'a', path: 'a', name: 'a\nb' }], '"a\nb"'],
    ],
  ],
  ['limits', 'an object', [[10, '10']]],
  [
    'limits.streamsPerUser',
    STREAMS,
    [
      [0, '0'],
      [100_001, '100001'],
      ['10', '"10"'],
    ],
  ],
  ['operations', 'an object', [[100, '100']]],
  [
    'operations.keep',
    'a whole number from 1 to 10000',
    [
      [0, '0'],
      [10_001, '10001'],
    ],
  ],
  [
    'operations.entries',
    'a whole number from 1 to 1000000',
    [
      [0, '0'],
      ['all', '"all"'],
    ],
  ],
  [
    'operations.maxBytes',
    'a whole number from 1024 to 4294967296',
    [
      [1023, '1023'],
      [2 ** 33, '8589934592'],
    ],
  ],
  ['limits.streamsPerProcess', STREAMS, [[0.5, '0.5']]],
  [
    'limits.entryBytes',
    'a whole number from 1024 to 16777216',
    [
      [100, '100'],
      [2 ** 30, '1073741824'],
    ],
  ],
  [
    'instance',
    INSTANCE,
    [
      ['', '""'],
      ['web 1', '"web 1"'],
      ['x'.repeat(100), `"${'x'.repeat(80)}"`],
      ['web\n', '"web\n"'],
      [7, '7'],
    ],
  ],
  [
    'path',
    PATHS,
    [
      ['', '""'],
      ['/', '"/"'],
      ['//', '"//"'],
      ['a//b', '"a//b"'],
      ['..', '".."'],
      ['a/../b', '"a/../b"'],
      ['./a', '"./a"'],
      ['a/.', '"a/."'],
      ['logs/:id', '"logs/:id"'],
      ['logs/*path', '"logs/*path"'],
      ['a b', '"a b"'],
      ['a?b', '"a?b"'],
      ['a%2fb', '"a%2fb"'],
      [['a', 'b'], 'an array'],
      [/logs/, 'an object'],
    ],
  ],
  ['global', 'true or false', [['no', '"no"']]],
  [
    'ui',
    'true, false, or an object with signInUrl',
    [
      ['none', '"none"'],
      [[true], 'an array'],
    ],
  ],
  [
    'ui.signInUrl',
    'a path such as "/login", or an address that begins with https:// or http://',
    [
      ['login', '"login"'],
      ['//evil.example', '"//evil.example"'],
      ['/\\evil.example', '"/\\evil.example"'],
      ['javascript:alert(1)', '"javascript:alert(1)"'],
      ['https://a b', '"https://a b"'],
      [true, 'true'],
    ],
  ],
  ['openapi', 'true or false', [[null, 'null']]],
  ['decorators', 'an array', [[() => undefined, 'a function']]],
  [
    'decorators[0]',
    'a function',
    [
      [['Public'], '"Public"'],
      [[{}], 'an object'],
    ],
  ],
];

/** `{ access: { tokens: value } }` of `access.tokens`; what is behind a bracket is already in the value. */
function nested(option: string, value: unknown): object {
  const [path = ''] = option.split('[');
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;
}

describe('A wrong option', () => {
  it.each(
    WRONG.flatMap(([option, accepted, wrong]) =>
      wrong.map(([value, given]) => [option, given, accepted, value] as const),
    ),
  )('%s is %s: the message says so, and what is accepted', (option, given, accepted, value) => {
    expect(complaintAbout(nested(option, value))).toBe(
      `option ${option} is ${given}; accepted: ${accepted}.`,
    );
  });

  it.each(['loud', '>=', 'warn,loud', '', '>=warn,error', 'WARN!'])(
    'level is %j: the grammar is told',
    (level) => {
      expect(complaintAbout({ level })).toMatch(/^option level is ".*"; accepted: .*warn/);
    },
  );

  it('is the first of several', () => {
    expect(complaintAbout({ ui: 1, capacity: 'x' })).toMatch(/^option ui is 1;/);
  });

  it('that repeats a name or a token is told', () => {
    expect(complaintAbout({ access: { tokens: [person(), person({ token: TOKEN + TOKEN })] } })).toBe(
      'option access.tokens is two tokens named "ann"; accepted: a name of its own for each token.',
    );
    expect(complaintAbout({ access: { tokens: [person(), person({ name: 'bob' })] } })).toBe(
      'option access.tokens is one token under two names; accepted: a token of its own for each name.',
    );
  });

  it('that gives two files one id is told', () => {
    const files = [
      { id: 'app', path: 'a.log' },
      { id: 'app', directory: 'logs' },
    ];
    expect(complaintAbout({ files })).toBe(
      'option files is two with the id "app"; accepted: an id of its own for each of them.',
    );
  });

  it.each([
    [
      { files: [{ id: 'a', path: 'a', match: '*' }] },
      'files[0].match',
      'id, name, format, maxLineBytes, path.',
    ],
    [{ files: [{ id: 'a', directory: 'a', glob: '*' }] }, 'files[0].glob', 'directory, match.'],
    [{ capcity: 5 }, 'capcity', 'capacity, maxBytes, level,'],
    [{ useFactory: () => ({}) }, 'useFactory', 'capacity,'],
    [{ capture: { consle: true } }, 'capture.consle', 'console, process.'],
    [{ access: { token: TOKEN } }, 'access.token', 'guards, role, tokens, abilities, origins.'],
    [{ access: { tokens: [person({ roles: ['admin'] })] } }, 'access.tokens[0].roles', 'token, name, role.'],
    [{ access: { abilities: { write: 'admin' } } }, 'access.abilities.write', 'read, clear, export,'],
    [{ limits: { streams: 5 } }, 'limits.streams', 'streamsPerUser, streamsPerProcess, entryBytes.'],
    [JSON.parse('{ "__proto__": {} }') as object, '__proto__', 'capacity,'],
    [{ constructor: 1 }, 'constructor', 'capacity,'],
    [{ limits: { toString: 1 } }, 'limits.toString', 'streamsPerUser,'],
  ])('nobody knows is named: %j', (options, name, accepted) => {
    const complaint = complaintAbout(options);
    expect(complaint).toContain(`unknown option ${name}; accepted: `);
    expect(complaint).toContain(accepted);
  });

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    ['log-console', '"log-console"'],
    [[], 'an array'],
    [7, '7'],
  ])('is all of them together when there is no object: %j', (options, given) => {
    expect(complaintAbout(options)).toBe(`the options are ${given}; accepted: an object.`);
  });

  it('never puts a secret into its message', () => {
    for (const options of [
      { access: TOKEN },
      { access: [TOKEN] },
      { access: { tokens: TOKEN } },
      { access: { tokens: [TOKEN] } },
      { access: { tokens: { token: TOKEN } } },
      { access: { tokens: [{ token: TOKEN }] } },
      { access: { tokens: [person({ token: `${TOKEN} x` })] } },
      { access: { tokens: [person({ token: [TOKEN] })] } },
      { access: { tokens: [person({ name: `${TOKEN}${TOKEN}` })] } },
      { access: { tokens: [person({ role: 'root' })] } },
      { access: { tokens: [person(), person({ name: 'bob' })] } },
      { access: { origins: [`https://ann:${TOKEN}@ops.example.com`] } },
      { forward: `redis://:${TOKEN}@redis:6379` },
      { forward: `redis://${'x'.repeat(60)}:${TOKEN}@redis:6379` },
    ])
      expect(complaintAbout(options)).not.toContain(TOKEN.slice(0, 10));
  });
});

describe('Wrong destinations', () => {
  const write = (): void => undefined;
  const sink = (changes: object): object => ({ sinks: [{ name: 'mine', write, ...changes }] });

  it.each<[string, unknown, string]>([
    ['no list', { sinks: 'app.log' }, 'option sinks is "app.log"; accepted: an array.'],
    [
      'a path',
      { sinks: ['app.log'] },
      'option sinks[0] is "app.log"; accepted: a destination: an object with name and write, as fileSink() makes.',
    ],
    [
      'one that cannot write',
      { sinks: [{ name: 'mine' }] },
      'option sinks[0] is an object; accepted: a destination',
    ],
    [
      'one without a name',
      { sinks: [{ write }] },
      'option sinks[0].name is undefined; accepted: a name of 1 to 64 of A-Z a-z 0-9 _ . -.',
    ],
    [
      'a level nobody knows',
      sink({ level: 'loud' }),
      'option sinks[0].level is "loud"; accepted: one of verbose',
    ],
    [
      'contexts that are no list',
      sink({ context: 'Shop' }),
      'option sinks[0].context is "Shop"; accepted: an array.',
    ],
    [
      'a pattern',
      sink({ context: ['*Shop'] }),
      'option sinks[0].context[0] is "*Shop"; accepted: the name of a context, or the beginning of one and *.',
    ],
    [
      'too small a batch',
      sink({ batch: { bytes: 1 } }),
      'option sinks[0].batch.bytes is 1; accepted: a whole number from 1024',
    ],
    [
      'something else of a batch',
      sink({ batch: { size: 1 } }),
      'unknown option sinks[0].batch.size; accepted: entries, bytes, delayMs.',
    ],
    [
      'immediate as text',
      sink({ immediate: 'yes' }),
      'option sinks[0].immediate is "yes"; accepted: true or false.',
    ],
    ['a close that is none', sink({ close: true }), 'option sinks[0].close is true; accepted: a function.'],
    [
      'a run that is none',
      sink({ previousRun: {} }),
      'option sinks[0].previousRun is an object; accepted: a function.',
    ],
    [
      'two of one name',
      {
        sinks: [
          { name: 'a', write },
          { name: 'a', write },
        ],
      },
      'option sinks is two named "a"; accepted: a name of its own for each of them.',
    ],
  ])('fail the boot: %s', (_what, options, complaint) => {
    expect(complaintAbout(options)).toContain(complaint);
  });
});

describe('Levels of contexts', () => {
  const LEVELS = 'verbose, debug, log, warn, error, fatal';
  const CONTEXT = 'the name of a context, 1 to 200 characters, or the beginning of one and *, or * alone';
  const tooMany = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`C${index}`, 'warn']));

  it.each<[unknown, string]>([
    ['warn', `option levels is "warn"; accepted: an object.`],
    [[['Orders', 'warn']], `option levels is an array; accepted: an object.`],
    [{ Orders: 'off' }, `option levels["Orders"] is "off"; accepted: ${LEVELS}.`],
    [{ A: 'warn', B: '>=warn' }, `option levels["B"] is ">=warn"; accepted: ${LEVELS}.`],
    [{ Orders: undefined }, `option levels["Orders"] is undefined; accepted: ${LEVELS}.`],
    [{ '': 'warn' }, `option levels: a context is ""; accepted: ${CONTEXT}.`],
    [{ 'Or*ders': 'warn' }, `option levels: a context is "Or*ders"; accepted: ${CONTEXT}.`],
    [{ ['x'.repeat(201)]: 'warn' }, `option levels: a context is "${'x'.repeat(80)}"; accepted: ${CONTEXT}.`],
    [tooMany, 'option levels is a table of 201 contexts; accepted: at most 200 contexts.'],
  ])('that are wrong: %j', (levels, complaint) => {
    expect(complaintAbout({ levels })).toBe(complaint);
  });

  it('may be these', () => {
    const { C200: _left, ...many } = tooMany;
    for (const levels of [{}, { 'Orders*': 'warn', HttpLogger: 'error', '*': 'fatal' }, many])
      expect(check({ levels })).not.toThrow();
    expect(check({ levels: JSON.parse('{ "__proto__": "warn" }') as object })).not.toThrow();
  });
});

describe('Right options', () => {
  const logger = { log: () => undefined, error: () => undefined, warn: () => undefined };

  it.each<[string, Options]>([
    ['none', {}],
    ['undefined, as an absent one', { capacity: undefined, access: { tokens: undefined } }],
    [
      'the smallest',
      { capacity: 1, maxBytes: 1024, limits: { streamsPerUser: 1, streamsPerProcess: 1, entryBytes: 1024 } },
    ],
    [
      'the largest',
      { capacity: 10_000_000, maxBytes: 2 ** 32, limits: { entryBytes: 2 ** 24, streamsPerUser: 100_000 } },
    ],
    ['few operations', { operations: { keep: 1, entries: 1, maxBytes: 1024 } }],
    ['many operations', { operations: { keep: 10_000, entries: 1_000_000, maxBytes: 2 ** 32 } }],
    ['levels', { level: '>=warn' }],
    ['a logger', { forward: logger, attach: false }],
    ['a logger with a prototype', { forward: Object.create(logger) as typeof logger }],
    ['no logger', { forward: false }],
    ['everything captured', { capture: { console: true, process: false } }],
    [
      'access',
      {
        access: {
          guards: [
            class {
              canActivate() {
                return true;
              }
            },
            { canActivate: () => true },
          ],
          role: () => 'admin',
          tokens: [
            { token: TOKEN, name: 'Zoë Ölund 👩‍💻', role: 'viewer' },
            { token: 'x'.repeat(32), name: 'x'.repeat(64), role: 'admin' },
            { token: 'y'.repeat(1024), name: '.', role: 'operator' },
          ],
          abilities: { clear: 'admin', read: 'viewer' },
          origins: ['https://ops.example.com', 'http://127.0.0.1:3000', 'http://[::1]:3000'],
        },
      },
    ],
    [
      'the shape of the module',
      { path: '/ops/~logs_1.x-y/', global: false, ui: false, openapi: false, decorators: [() => undefined] },
    ],
    ['a sign-in page of the host', { ui: { signInUrl: '/login?next=logs' } }],
    ['a sign-in page elsewhere', { ui: { signInUrl: 'https://id.example.com/' } }],
    ['a hidden path', { path: '.well-known/...logs' }],
    ['no files', { files: [] }],
    [
      'files',
      {
        files: [
          {
            id: 'nginx',
            path: '/var/log/nginx/access.log',
            format: 'access',
            name: 'Zugriffe',
            maxLineBytes: 1024,
          },
          { id: '.a_b-C.1', path: 'relative.log' },
          { id: 'logs', directory: '/var/log/app', match: '**/*.log', format: 'auto', name: 'Application' },
          { id: 'logs2', directory: '.' },
        ],
      },
    ],
    ['no ids of requests', { requests: false, captureOwnRequests: true, enrich: () => undefined }],
    ['ids of requests by default', { requests: {} }],
    ...['x-request-id', 'X-Correlation-ID', 'Request-Id', 'cf-ray', 'x-amzn-trace-id'].map(
      (header): [string, Options] => [header, { requests: { header } }],
    ),
    ['an instance', { instance: 'web-1_a.B' }],
    ['a shared store', { store: SHARED_STORE }],
    ['no destinations', { sinks: [] }],
    [
      'destinations',
      {
        sinks: [
          { name: 'mine', write: () => undefined },
          {
            name: 'yours_1.x-Y',
            level: '>=warn',
            context: ['Orders', 'Shop*', '*'],
            batch: { entries: 1, bytes: 1024, delayMs: 0 },
            immediate: true,
            write: () => undefined,
            close: () => undefined,
            previousRun: () => undefined,
          },
        ],
      },
    ],
  ])('pass: %s', (_what, options) => expect(check(options)).not.toThrow());
});

describe('LOG_CONSOLE_TOKEN', () => {
  it.each([undefined, '', TOKEN, 'x'.repeat(32)])('may be %j', (value) => {
    expect(() => checkTokenVariable(value)).not.toThrow();
  });

  it.each([
    ['x'.repeat(31), 31],
    [`${TOKEN}\n`, 41],
    [` ${TOKEN}`, 41],
    ['x'.repeat(1025), 1025],
  ])('fails the boot when it is weak, without being told: %j', (value, length) => {
    expect(() => checkTokenVariable(value)).toThrow(
      new LogConsoleOptionsError(
        `LogConsoleModule: option LOG_CONSOLE_TOKEN is a text of ${length} characters; accepted: ${SECRET}.`,
      ),
    );
  });
});
