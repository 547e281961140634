import { FORMATS, parserOf, type FormatName, type ParsedLine } from './index.js';

const local = (month: number, day: number, hour: number, minute: number, second: number, ms = 0): string =>
  new Date(2026, month - 1, day, hour, minute, second, ms).toISOString();
const AT = '2026-11-20T08:15:42.113Z';
const LOCAL = local(11, 20, 8, 15, 42);

type Sample = [line: string, parsed: ParsedLine];

const NEST: Sample[] = [
  [
    '[Nest] 14221  - 11/20/2026, 8:15:42 AM     LOG [RouterExplorer] Mapped {/api/orders, GET} route +2ms',
    { time: LOCAL, level: 'log', context: 'RouterExplorer', message: 'Mapped {/api/orders, GET} route' },
  ],
  [
    '[Nest] 14221  - 11/20/2026, 12:00:00 AM VERBOSE midnight, without a context',
    { time: local(11, 20, 0, 0, 0), level: 'verbose', message: 'midnight, without a context' },
  ],
  [
    '[Nest] 14221  - 11/20/2026, 12:00:01 PM   FATAL [Orders] noon',
    { time: local(11, 20, 12, 0, 1), level: 'fatal', context: 'Orders', message: 'noon' },
  ],
  [
    // The narrow blank that some versions of ICU put there.
    '[Nest] 14221  - 11/20/2026, 1:00:01\u202fPM   DEBUG [Orders] x',
    { time: local(11, 20, 13, 0, 1), level: 'debug', context: 'Orders', message: 'x' },
  ],
  [
    '[Shop] 1  - 20/11/2026, 08:15:42    WARN [Orders] day first, another prefix',
    { time: LOCAL, level: 'warn', context: 'Orders', message: 'day first, another prefix' },
  ],
  [
    '[Nest] 1  - 20.11.2026, 08:15:42   ERROR [Orders] with points',
    { time: LOCAL, level: 'error', context: 'Orders', message: 'with points' },
  ],
  [
    '[Nest] 1  - 2026-11-20 08:15:42     LOG the year first',
    { time: LOCAL, level: 'log', message: 'the year first' },
  ],
  [
    '[Nest] 1  - 20 novembre 2026 à 08:15:42     LOG [Orders] a form nobody knows',
    { level: 'log', context: 'Orders', message: 'a form nobody knows' },
  ],
  ['[Nest] 1  - 11/20/2026, 8:15:42 AM     LOG ', { time: LOCAL, level: 'log', message: '' }],
  [
    '\x1b[33m[Nest] 14221  - \x1b[39m11/20/2026, 8:15:42 AM \x1b[33m   WARN\x1b[39m \x1b[38;5;3m[Orders] \x1b[39m\x1b[33mtwo\x1b[39m\x1b[38;5;3m +0ms\x1b[39m',
    { time: LOCAL, level: 'warn', context: 'Orders', message: '\x1b[33mtwo\x1b[39m' },
  ],
  [
    '\x1b[1m[Nest] 14221  - \x1b[0m11/20/2026, 8:15:42 AM \x1b[1m  FATAL\x1b[0m \x1b[1mno context\x1b[0m',
    { time: LOCAL, level: 'fatal', message: '\x1b[1mno context\x1b[0m' },
  ],
];

const JSON_LINES: Sample[] = [
  // Nest
  [
    '{"level":"warn","pid":14221,"timestamp":1795162542113,"message":"Low","context":"Orders","params":{"sku":"AB-444"}}',
    { time: AT, level: 'warn', context: 'Orders', message: 'Low', data: { sku: 'AB-444' } },
  ],
  [
    '{"level":"verbose","pid":14221,"timestamp":1795162542113,"message":{"a":{"b":2}},"context":"Orders"}',
    { time: AT, level: 'verbose', context: 'Orders', message: '', data: { a: { b: 2 } } },
  ],
  [
    '{"level":"error","pid":1,"timestamp":1795162542113,"message":"bad","stack":"Error: q\\n    at a.js:1:2"}',
    { time: AT, level: 'error', message: 'bad', stack: 'Error: q\n    at a.js:1:2' },
  ],
  // pino
  [
    '{"level":30,"time":1795162542113,"pid":1,"hostname":"web-1","req":{"id":7,"url":"/a"},"responseTime":3,"msg":"request completed"}',
    {
      time: AT,
      level: 'log',
      message: 'request completed',
      requestId: '7',
      data: { req: { id: 7, url: '/a' }, responseTime: 3 },
    },
  ],
  [
    '{"level":50,"time":"2026-11-20T08:15:42.113Z","name":"orders","err":{"type":"TypeError","message":"x","stack":"TypeError: x\\n    at a","code":"E1"}}',
    {
      time: AT,
      level: 'error',
      context: 'orders',
      message: 'TypeError: x',
      stack: 'TypeError: x\n    at a',
      data: { err: { code: 'E1' } },
    },
  ],
  [
    '{"level":60,"time":1795162542.113,"msg":"m","err":{"type":"Error","message":"x","stack":"Error: x"}}',
    { time: AT, level: 'fatal', message: 'm', stack: 'Error: x' },
  ],
  // winston
  [
    '{"level":"info","message":"placed","service":"orders","timestamp":"2026-11-20T08:15:42.113Z"}',
    { time: AT, level: 'log', message: 'placed', data: { service: 'orders' } },
  ],
  [
    '{"level":"\\u001b[31merror\\u001b[39m","message":"coloured","timestamp":"2026-11-20 08:15:42"}',
    { time: LOCAL, level: 'error', message: 'coloured' },
  ],
  [
    '{"level":"silly","message":"m","traceId":"4bf9","span_id":"00f0","requestId":"r-1","logger":"a","context":"b"}',
    {
      level: 'verbose',
      context: 'a',
      message: 'm',
      requestId: 'r-1',
      traceId: '4bf9',
      spanId: '00f0',
      data: { context: 'b' },
    },
  ],
  // Others
  ['{"a":1}', { level: 'log', message: '', data: { a: 1 } }],
  ['{}', { level: 'log', message: '' }],
  [
    '{"time":"yesterday","level":"shouting","msg":null,"message":7}',
    { level: 'log', message: '7', data: { time: 'yesterday', level: 'shouting', msg: null } },
  ],
  [
    '{"msg":"m","id":12345678901234567890,"big":1e999,"ok":1234567890123456,"s":"12345678901234567890","f":0.1234567890123456789}',
    {
      level: 'log',
      message: 'm',
      data: {
        id: '12345678901234567890',
        big: '1e999',
        ok: 1234567890123456,
        s: '12345678901234567890',
        f: 0.12345678901234568,
      },
    },
  ],
];

const ACCESS: Sample[] = [
  [
    '203.0.113.9 - alice [20/Nov/2026:09:15:42 +0100] "GET /a?b=1 HTTP/1.1" 200 157 "https://example.com/" "curl/8.5 \\"x\\"" 0.012 extra more',
    {
      time: '2026-11-20T08:15:42.000Z',
      level: 'log',
      message: 'GET /a?b=1 HTTP/1.1 200',
      data: {
        address: '203.0.113.9',
        user: 'alice',
        method: 'GET',
        path: '/a?b=1',
        status: 200,
        bytes: 157,
        referrer: 'https://example.com/',
        userAgent: 'curl/8.5 \\"x\\"',
        seconds: 0.012,
        extra: 'extra more',
      },
    },
  ],
  [
    '::1 - - [20/Nov/2026:08:15:42 +0000] "POST / HTTP/2.0" 404 - "-" "-"',
    {
      time: '2026-11-20T08:15:42.000Z',
      level: 'warn',
      message: 'POST / HTTP/2.0 404',
      data: { address: '::1', method: 'POST', path: '/', status: 404 },
    },
  ],
  [
    'example.com:443 client.example.com - Mary Ann [20/Nov/2026:08:15:42 -0500] "GET / HTTP/1.0" 503 9',
    {
      time: '2026-11-20T13:15:42.000Z',
      level: 'error',
      message: 'GET / HTTP/1.0 503',
      data: {
        address: 'client.example.com',
        virtualHost: 'example.com:443',
        user: 'Mary Ann',
        method: 'GET',
        path: '/',
        status: 503,
        bytes: 9,
      },
    },
  ],
  [
    // What is no HTTP at all, as nginx escapes it.
    '203.0.113.9 - - [20/Nov/2026:08:15:42 +0000] "\\x16\\x03\\x01\\x22" 400 157 "-" "-" rt=0.5 uct="0.000"',
    {
      time: '2026-11-20T08:15:42.000Z',
      level: 'warn',
      message: '\\x16\\x03\\x01\\x22 400',
      data: { address: '203.0.113.9', status: 400, bytes: 157, seconds: 0.5, extra: 'uct="0.000"' },
    },
  ],
  [
    '203.0.113.9 - - [20/Foo/2026:08:15:42 +0000] "-" 408 0',
    { level: 'warn', message: '- 408', data: { address: '203.0.113.9', status: 408, bytes: 0 } },
  ],
];

const NGINX_ERROR: Sample[] = [
  [
    '2026/11/20 08:15:42 [error] 1234#5678: *9 open() "/x" failed (2: No such file or directory), client: 203.0.113.9, server: example.com, request: "GET /x, y HTTP/1.1", host: "example.com"',
    {
      time: LOCAL,
      level: 'error',
      message: 'open() "/x" failed (2: No such file or directory)',
      data: {
        connection: 9,
        client: '203.0.113.9',
        server: 'example.com',
        request: 'GET /x, y HTTP/1.1',
        host: 'example.com',
      },
    },
  ],
  [
    // A path that imitates nginx, and a request that does.
    '2026/11/20 08:15:42 [warn] 1#1: *1 open() "/x, client: 6.6.6.6" failed, client: 203.0.113.9, server: , request: "GET /", client: "6.6.6.6"',
    {
      time: LOCAL,
      level: 'warn',
      message: 'open() "/x, client: 6.6.6.6" failed',
      data: { connection: 1, client: '203.0.113.9', server: '', request: 'GET /' },
    },
  ],
  [
    '2026/11/20 08:15:42 [notice] 1#1: start worker processes',
    { time: LOCAL, level: 'log', message: 'start worker processes' },
  ],
  ['2026/11/20 08:15:42 [info] 1#1: a', { time: LOCAL, level: 'log', message: 'a' }],
  ['2026/11/20 08:15:42 [debug] 1#1: a', { time: LOCAL, level: 'debug', message: 'a' }],
  ['2026/11/20 08:15:42 [crit] 1#1: a', { time: LOCAL, level: 'fatal', message: 'a' }],
  ['2026/11/20 08:15:42 [alert] 1#1: a', { time: LOCAL, level: 'fatal', message: 'a' }],
  ['2026/11/20 08:15:42 [emerg] 1#1: a', { time: LOCAL, level: 'fatal', message: 'a' }],
];

const SYSLOG: Sample[] = [
  [
    "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick",
    { level: 'fatal', context: 'su', message: "'su root' failed for lonvick", data: { host: 'mymachine' } },
  ],
  [
    'Oct  1 22:14:15 web-1 sshd[4711]: Failed password for invalid user',
    {
      level: 'log',
      context: 'sshd',
      message: 'Failed password for invalid user',
      data: { host: 'web-1', pid: 4711 },
    },
  ],
  ['Oct  1 22:14:15 web-1 no tag here', { level: 'log', message: 'no tag here', data: { host: 'web-1' } }],
  [
    '2026-11-20T09:15:42.113987+01:00 web-1 CRON[1]: (root) CMD (x)',
    { time: AT, level: 'log', context: 'CRON', message: '(root) CMD (x)', data: { host: 'web-1', pid: 1 } },
  ],
  [
    '<187>1 2026-11-20T08:15:42.113Z web-1 orders 4711 ID47 [a@1 k="v" q="\\"]\\\\"][b@2] \ufeffAn application',
    {
      time: AT,
      level: 'error',
      context: 'orders',
      message: 'An application',
      data: {
        host: 'web-1',
        pid: 4711,
        messageId: 'ID47',
        structured: { 'a@1': { k: 'v', q: '"]\\' }, 'b@2': {} },
      },
    },
  ],
  ['<12>1 - - - - - - nothing known', { level: 'warn', message: 'nothing known' }],
  ['<15>1 - - - - - -', { level: 'debug', message: '' }],
];

/** What only `auto` knows. */
const OTHERS: Sample[] = [
  // winston's printf
  ['2026-11-20T08:15:42.113Z error: it broke', { time: AT, level: 'error', message: 'it broke' }],
  [
    '2026-11-20T08:15:42.113Z [orders] warn: low',
    { time: AT, level: 'warn', context: 'orders', message: 'low' },
  ],
  [
    '2026-11-20T08:15:42.113Z [orders] \x1b[32minfo\x1b[39m: hi',
    { time: AT, level: 'log', context: 'orders', message: 'hi' },
  ],
  ['[2026-11-20T08:15:42.113Z] [DEBUG] x', { time: AT, level: 'debug', message: 'x' }],
  // Python, log4j, OpenStack, Windows
  [
    '2026-11-20 08:15:42,113 - orders.db - CRITICAL - x',
    { time: local(11, 20, 8, 15, 42, 113), level: 'fatal', context: 'orders.db', message: 'x' },
  ],
  [
    '2026-11-20 08:15:42,113 INFO  [main] a.b.C: x',
    { time: local(11, 20, 8, 15, 42, 113), level: 'log', message: '[main] a.b.C: x' },
  ],
  [
    '2026-11-20 08:15:42.113 25746 WARNING nova.api [-] x',
    { time: local(11, 20, 8, 15, 42, 113), level: 'warn', message: 'nova.api [-] x' },
  ],
  ['2026-11-20 08:15:42 information is here', { time: LOCAL, level: 'log', message: 'information is here' }],
  [
    '2026-11-20T08:15:42.113Z web-1 without a tag',
    { time: AT, level: 'log', message: 'web-1 without a tag' },
  ],
  // Apache
  [
    '[Fri Nov 20 08:15:42.113456 2026] [core:error] [pid 35708:tid 4328636416] [client 203.0.113.9:4711] File does not exist: /x',
    {
      time: local(11, 20, 8, 15, 42, 113),
      level: 'error',
      context: 'core',
      message: 'File does not exist: /x',
      data: { client: '203.0.113.9:4711' },
    },
  ],
  ['[Fri Nov 20 08:15:42 2026] [crit] x', { time: LOCAL, level: 'fatal', message: 'x' }],
  // A level, and no time
  ['error: no such file', { level: 'error', message: 'error: no such file' }],
  ['WARNING something', { level: 'warn', message: 'WARNING something' }],
  ['[debug] something', { level: 'debug', message: '[debug] something' }],
  ['TypeError: x is not a function', { level: 'error', message: 'TypeError: x is not a function' }],
];

const PLAIN = [
  '',
  'a line',
  '  indented',
  'warnings are no level',
  'FOO bar',
  '[orders] x',
  '{not json}',
  '{"a":',
  '[1,2]',
  '"text"',
  '<999>Oct 11 22:14:15 web-1 su: x',
  '<34>nothing',
  '203.0.113.9 - - [20/Nov/2026:08:15:42 +0000] "GET /unclosed',
  '203.0.113.9 - - [20/Nov/2026:08:15:42 +0000] "GET / HTTP/1.1" abc',
  '2026/11/20 08:15:42 [shout] 1#1: x',
  '[Nest] 1  - 11/20/2026, 8:15:42 AM     SHOUT x',
  '\x1b[31mred\x1b[39m',
  'NUL \0 and \ufffd',
  '12 monkeys',
];

const SAMPLES: Partial<Record<FormatName, Sample[]>> = {
  nest: NEST,
  json: JSON_LINES,
  access: ACCESS,
  'nginx-error': NGINX_ERROR,
  syslog: SYSLOG,
};

describe.each(Object.entries(SAMPLES) as [FormatName, Sample[]][])('the format %s', (name, samples) => {
  it.each(samples)('reads %s', (line, expected) => {
    const parsed = FORMATS[name](line);
    // A time without a year is tested below.
    const withTime = name === 'syslog' && !('time' in expected) && parsed?.time ? { time: parsed.time } : {};
    expect(parsed).toStrictEqual({ ...withTime, ...expected });
    expect(parserOf('auto')(line)).toStrictEqual(parsed);
  });

  const others = Object.entries(SAMPLES).flatMap(([other, lines]) => (other === name ? [] : lines));
  it.each([...others, ...PLAIN.map((line): Sample => [line, { level: 'log', message: line }])])(
    'does not take %s for its own',
    (line) => {
      expect(FORMATS[name](line)).toBeUndefined();
      expect(parserOf(name)(line)).toEqual({ level: 'log', message: line });
    },
  );
});

describe('the format auto', () => {
  it.each(OTHERS)('reads %s', (line, parsed) => {
    expect(parserOf('auto')(line)).toStrictEqual(parsed);
  });

  it.each(PLAIN)('leaves %s as it is', (line) => {
    expect(parserOf('auto')(line)).toStrictEqual({ level: 'log', message: line });
  });
});

it.each([...Object.values(SAMPLES).flat(), ...OTHERS])('the format plain leaves %s as it is', (line) => {
  expect(parserOf('plain')(line)).toStrictEqual({ level: 'log', message: line });
});

describe('a syslog time without a year', () => {
  const lineOf = (at: Date): string =>
    `${at.toDateString().slice(4, 7)} ${String(at.getDate()).padStart(2)} ${at.toTimeString().slice(0, 8)} web-1 app: x`;
  const timeOf = (days: number): { time: string | undefined; at: Date } => {
    const at = new Date(Math.floor(Date.now() / 1000) * 1000);
    at.setDate(at.getDate() + days);
    return { time: FORMATS.syslog(lineOf(at))?.time, at };
  };

  it.each([0, -1, -100, -300])('is of the year in which it is %d days ago', (days) => {
    const { time, at } = timeOf(days);
    expect(time).toBe(at.toISOString());
  });

  it('is a year ago where it would be in the future', () => {
    const { time, at } = timeOf(30);
    at.setFullYear(at.getFullYear() - 1);
    expect(time).toBe(at.toISOString());
  });
});
