import { Logger } from '@nestjs/common';
import { connect } from 'node:net';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { bearer, OPERATOR, PEOPLE } from './people.js';

const MARK = 'nobody-may-read-this-4711';
const ROUTES = ['entries', 'stream', 'tail', 'export', 'stats', 'session'];

/** The ways round a check that others have found: see the advisories named in the project's docs/security.md, T3. */
function spellings(route: string): string[] {
  const path = `/log-console/api/${route}`;
  const encoded = `%${route.charCodeAt(0).toString(16)}${route.slice(1)}`;
  return [
    path,
    `${path}/`,
    `${path}//`,
    `/${path}`,
    `//${path}`,
    `/log-console//api//${route}`,
    `/log-console/api/${encoded}`,
    `/log-console/api/${encoded.toUpperCase()}`,
    `/%6cog-console/%61pi/${route}`,
    `/log%2dconsole/api/${route}`,
    `/log-console%2fapi%2f${route}`,
    `/log-console%2Fapi/${route}`,
    `/log-console/api/%25${route.charCodeAt(0).toString(16)}${route.slice(1)}`,
    `/./log-console/./api/./${route}`,
    `/x/../log-console/api/${route}`,
    `/log-console/x/../api/${route}`,
    `/log-console/assets/../api/${route}`,
    `/log-console/assets/%2e%2e/api/${route}`,
    `/log-console/assets/..%2fapi%2f${route}`,
    `/log-console/assets/..%5capi%5c${route}`,
    `/log-console/.%2e/log-console/api/${route}`,
    `${path};x`,
    `${path};jsessionid=1`,
    `/log-console;x/api;y/${route}`,
    `/;/log-console/api/${route}`,
    `${path}%3b`,
    `${path}%20`,
    `${path}%00`,
    `${path}%0a`,
    `${path}%09`,
    `${path}.json`,
    `${path}.`,
    `${path}~`,
    `${path}%2f`,
    `${path}%3f`,
    `${path}?`,
    `${path}?limit=5`,
    `${path}?&&`,
    `${path}#`,
    `${path}#/../../log-console`,
    `/log-console?/api/${route}`,
    `/log-console/api\\${route}`,
    `\\log-console\\api\\${route}`,
    path.toUpperCase(),
    `/Log-Console/Api/${route}`,
    `/log-console/api/${route.toUpperCase()}/`,
    `http://localhost${path}`,
    `http://other.example:80${path}`,
    `http://other.example/${path}`,
    `https://other.example${path}?limit=1`,
    `HTTP://OTHER.EXAMPLE${path}`,
    `http://user:pass@other.example${path}`,
    `//other.example${path}`,
    `/..${path}`,
    path.slice(1),
  ];
}

describe.each(ADAPTERS)('Without a token, on %s', (adapter) => {
  let host: Host;

  beforeAll(async () => {
    host = await createHost(adapter, { options: { access: { tokens: PEOPLE } } });
    new Logger('Shop').log(MARK);
  });
  afterAll(() => host.close());

  /** Everything the server says to these bytes, until it closes the connection: it must not be held open. */
  function send(bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(Number(new URL(host.url).port), '127.0.0.1', () => socket.write(bytes));
      socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      socket.once('error', reject).once('close', () => resolve(text));
    });
  }

  const ask = (method: string, target: string, headers = ''): Promise<string> =>
    send(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`);

  function expectNoData(answer: string, sent: string): void {
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
    // The page holds no data: it may be shown to anybody.
    const isPage = status === 200 && answer.includes("default-src 'none'; script-src 'self'");
    expect({ sent, refused: isPage || (status >= 300 && status < 500) }).toEqual({ sent, refused: true });
    for (const secret of [MARK, '"entries":[', 'event: hello', '"capacity"', '"can":', '"epoch"'])
      expect({ sent, secret, told: answer.includes(secret) }).toEqual({ sent, secret, told: false });
  }

  it('the same requests with a token do give data', async () => {
    const answer = await ask(
      'GET',
      '/log-console/api/entries',
      `Authorization: Bearer ${OPERATOR.token}\r\n`,
    );
    expect(answer).toContain(MARK);
  });

  it.each(ROUTES)('nobody reads %s, however the address is spelled', async (route) => {
    for (const target of spellings(route)) {
      for (const method of ['GET', 'HEAD']) expectNoData(await ask(method, target), `${method} ${target}`);
    }
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'get', 'FOO'])(
    'nobody reads anything by %s',
    async (method) => {
      for (const route of ROUTES) {
        const target = `/log-console/api/${route}`;
        const body = 'X-Log-Console: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
        const answer = await send(
          `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${body}`,
        );
        // Signing out is for everybody, and says nothing.
        if (answer.startsWith('HTTP/1.1 204')) expect([method, route]).toEqual(['DELETE', 'session']);
        else expectNoData(answer, `${method} ${target}`);
      }
    },
  );

  it.each([
    'X-Original-URL: /log-console',
    'X-Rewrite-URL: /log-console',
    'X-HTTP-Method-Override: POST',
    'X-HTTP-Method: HEAD',
    'X-Forwarded-For: 127.0.0.1',
    'X-Forwarded-Prefix: /log-console/assets',
    'X-Forwarded-User: admin',
    'Accept: text/html',
    'Upgrade: websocket\r\nConnection: upgrade',
    'Authorization: Bearer',
    'Authorization: Bearer undefined',
    'Authorization: Bearer null',
    'Authorization: Basic Og==',
    `Authorization: Bearer\r\n ${'x'.repeat(43)}`,
    'Cookie: lc_=',
    'Cookie: ;;;=;',
    `Cookie: ${'a=b; '.repeat(500)}`,
    'Last-Event-ID: 1',
  ])('nobody reads anything with the header %j', async (header) => {
    for (const route of ROUTES) {
      const target = `/log-console/api/${route}`;
      expectNoData(await ask('GET', target, `${header}\r\n`), `${target} ${header}`);
    }
  });

  it('a second request on the same connection is asked again', async () => {
    const first = `GET /log-console/api/session HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${OPERATOR.token}\r\n\r\n`;
    const second = 'GET /log-console/api/entries HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    const answers = (await send(first + second)).split(/(?=HTTP\/1\.1 )/);
    expect(answers.map((answer) => answer.slice(9, 12))).toEqual(['200', '401']);
    expect(answers[1]).not.toContain(MARK);
  });

  it('odd requests leave the console in order', async () => {
    for (const target of ['/log-console/api/%', '/log-console/api/entries?limit=%', '/%E0%A4%A', '*'])
      expectNoData(await ask('GET', target), target);
    expect(await request(`${host.url}/log-console/api/session`, { headers: bearer(OPERATOR) })).toMatchObject(
      {
        status: 200,
      },
    );
  });
});
