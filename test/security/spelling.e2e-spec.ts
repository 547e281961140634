import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { askRaw, sendRaw, statusOf } from './raw.js';
import { isOpen, nameOf, routesOf, type Route } from './routes.js';

const MARK = 'nobody-may-read-this-4711';

/** The ways round a check that others have found: see the advisories named in the project's docs/security.md, T3. */
function spellings({ url }: Route): string[] {
  const [mount, api, ...rest] = url.slice(1).split('/');
  const route = rest.join('/');
  const encode = (text: string): string => `%${text.charCodeAt(0).toString(16)}${text.slice(1)}`;
  return [
    url,
    `${url}/`,
    `${url}//`,
    `/${url}`,
    `//${url}`,
    `/${mount}//${api}//${route}`,
    `/${mount}/${api}/${encode(route)}`,
    `/${mount}/${api}/${encode(route).toUpperCase()}`,
    `/${encode(mount)}/${encode(api)}/${route}`,
    `/${mount.replace('-', '%2d')}/${api}/${route}`,
    `/${mount}%2f${api}%2f${route}`,
    `/${mount}%2F${api}/${route}`,
    `/${mount}/${api}/${encode(route).replace('%', '%25')}`,
    `/./${mount}/./${api}/./${route}`,
    `/x/..${url}`,
    `/${mount}/x/../${api}/${route}`,
    `/${mount}/assets/../${api}/${route}`,
    `/${mount}/assets/%2e%2e/${api}/${route}`,
    `/${mount}/assets/..%2f${api}%2f${route}`,
    `/${mount}/assets/..%5c${api}%5c${route}`,
    `/${mount}/.%2e${url}`,
    `${url};x`,
    `${url};jsessionid=1`,
    `/${mount};x/${api};y/${route}`,
    `/;${url}`,
    `${url}%3b`,
    `${url}%20`,
    `${url}%00`,
    `${url}%0a`,
    `${url}%09`,
    `${url}.json`,
    `${url}.`,
    `${url}~`,
    `${url}%2f`,
    `${url}%3f`,
    `${url}?`,
    `${url}?limit=5`,
    `${url}?&&`,
    `${url}?_method=OPTIONS`,
    `${url}#`,
    `${url}#/../../${mount}`,
    `/${mount}?/${api}/${route}`,
    `/${mount}/${api}\\${route}`,
    url.replaceAll('/', '\\'),
    url.toUpperCase(),
    `/Log-Console/Api/${route}`,
    `/${mount}/${api}/${route.toUpperCase()}/`,
    `http://localhost${url}`,
    `http://other.example:80${url}`,
    `http://other.example/${url}`,
    `https://other.example${url}?limit=1`,
    `HTTP://OTHER.EXAMPLE${url}`,
    `http://user:pass@other.example${url}`,
    `//other.example${url}`,
    `/..${url}`,
    url.slice(1),
  ];
}

/** What proxies, frameworks and method overrides listen to, and what is no sign-in. */
const HEADERS = [
  'X-Original-URL: /log-console',
  'X-Rewrite-URL: /log-console',
  'X-HTTP-Method-Override: POST',
  'X-HTTP-Method: HEAD',
  'X-Method-Override: OPTIONS',
  'X-Forwarded-For: 127.0.0.1',
  'X-Forwarded-Prefix: /log-console/assets',
  'X-Forwarded-User: admin',
  'X-Log-Console: 1',
  'Accept: text/html',
  'Upgrade: websocket\r\nConnection: upgrade',
  'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
  'Authorization: Bearer',
  'Authorization: Bearer undefined',
  'Authorization: Bearer null',
  'Authorization: Basic Og==',
  `Authorization: Bearer\r\n ${'x'.repeat(43)}`,
  `Authorization: Bearer wrong\r\nAuthorization: Bearer ${OPERATOR.token}`,
  'Cookie: lc_=',
  'Cookie: ;;;=;',
  `Cookie: ${'a=b; '.repeat(500)}`,
  'Last-Event-ID: 1',
];

const APPS = await Promise.all(
  ADAPTERS.map(async (adapter) => [adapter, (await routesOf(adapter)).filter((it) => !isOpen(it))] as const),
);

// Some hundred spellings of an address, each on a connection of its own.
jest.setTimeout(30_000);

describe.each(APPS)('T3: Without a token, on %s', (adapter, guarded) => {
  let host: Host;

  beforeAll(async () => {
    host = await createHost(adapter, { options: { access: { tokens: PEOPLE } } });
    new Logger('Shop').log(MARK);
  });
  afterAll(() => host.close());

  const ask = (method: string, target: string, headers?: string): Promise<string> =>
    askRaw(host.url, method, target, headers);

  function expectNoData(answer: string, sent: string): void {
    const status = statusOf(answer);
    // The page holds no data: it may be shown to anybody.
    const isPage = status === 200 && answer.includes("default-src 'none'; script-src 'self'");
    expect({ sent, refused: isPage || (status >= 300 && status < 500) }).toEqual({ sent, refused: true });
    for (const secret of [
      MARK,
      '"entries":[',
      'event: hello',
      '"capacity"',
      '"can":',
      '"epoch"',
      '"cleared"',
    ])
      expect({ sent, secret, told: answer.includes(secret) }).toEqual({ sent, secret, told: false });
  }

  it('the same requests with a token do give data', async () => {
    const headers = `Authorization: Bearer ${OPERATOR.token}\r\n`;
    expect(await ask('GET', '/log-console/api/entries', headers)).toContain(MARK);
    expect(guarded.length).toBeGreaterThanOrEqual(7);
  });

  it.each(guarded.map((route) => [nameOf(route), route] as const))(
    'nobody gets %s, however the address is spelled',
    async (_name, route) => {
      const ours = 'X-Log-Console: 1\r\n';
      for (const target of spellings(route)) {
        for (const method of new Set(['GET', 'HEAD', route.method]))
          expectNoData(await ask(method, target, ours), `${method} ${target}`);
      }
      expect(await ask(route.method, route.url, ours)).toMatch(/^HTTP\/1\.1 401 /);
    },
  );

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'get', 'FOO'])(
    'nobody reads or changes anything by %s',
    async (method) => {
      const body = 'X-Log-Console: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
      for (const { url } of guarded) {
        const answer = await sendRaw(
          host.url,
          `${method} ${url} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${body}`,
        );
        // Signing out is for everybody, and says nothing.
        if (statusOf(answer) === 204) expect(`${method} ${url}`).toBe('DELETE /log-console/api/session');
        else expectNoData(answer, `${method} ${url}`);
      }
    },
  );

  it.each(HEADERS)('nobody gets anything with the header %j', async (header) => {
    for (const { method, url } of guarded)
      expectNoData(await ask(method, url, `${header}\r\n`), `${method} ${url} ${header}`);
  });

  it('a second request on the same connection is asked again', async () => {
    const first = `GET /log-console/api/session HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${OPERATOR.token}\r\n\r\n`;
    const second = 'GET /log-console/api/entries HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    const answers = (await sendRaw(host.url, first + second)).split(/(?=HTTP\/1\.1 )/);
    expect(answers.map(statusOf)).toEqual([200, 401]);
    expect(answers[1]).not.toContain(MARK);
  });

  it('a request hidden in the body of another is not seen as one', async () => {
    const hidden = `DELETE /log-console/api/entries HTTP/1.1\r\nHost: x\r\nX-Log-Console: 1\r\n\r\n`;
    const head = `GET /log-console/api/entries HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n`;
    for (const framing of [
      `Content-Length: ${hidden.length}\r\n\r\n`,
      `Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `Content-Length: 4\r\nContent-Length: ${hidden.length}\r\n\r\n`,
      `Transfer-Encoding : chunked\r\n\r\n`,
    ]) {
      const answer = await sendRaw(host.url, head + framing + hidden);
      expect({ framing, answers: answer.split('HTTP/1.1 ').length - 1 }).toEqual({ framing, answers: 1 });
      expectNoData(answer, framing);
    }
  });

  it('odd requests leave the console in order, with everything it held', async () => {
    for (const target of ['/log-console/api/%', '/log-console/api/entries?limit=%', '/%E0%A4%A', '*'])
      expectNoData(await ask('GET', target), target);
    expectNoData(await sendRaw(host.url, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'HTTP/2');
    const reply = await request(`${host.url}/log-console/api/stats`, { headers: bearer(OPERATOR) });
    expect(reply).toMatchObject({ status: 200, json: { cleared: 0 } });
  });
});
