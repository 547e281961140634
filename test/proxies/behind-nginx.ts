import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { bearer, OPERATOR } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { type Host } from '../support/host-app.js';
import { comingText, type ComingText } from '../support/http-client.js';
import { startNginx } from '../support/nginx.js';
import { selfSigned } from '../support/self-signed.js';
import { type Answer, type Sent } from './clients.js';
import { type Configuration } from './configurations.js';

export interface WholeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The console of a host, as it is found behind nginx. */
export interface BehindNginx {
  /** Where the application's own root is found: origin and stripped path, without a final slash. */
  readonly root: string;
  /** Asks for any address; without headers as nobody in particular. */
  readonly send: (url: string, sent?: Sent) => Promise<Answer>;
  /** Asks a route of the console as the operator, and takes the whole answer. */
  readonly ask: (path: string, sent?: Sent) => Promise<WholeAnswer>;
  /** A download nobody reads yet. */
  readonly download: (path: string) => Promise<Readable>;
  /** An open stream. */
  readonly follow: (
    query?: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<EventReader<Readable>>;
  /** A tail that begins with the newest line: over HTTP/2 nginx keeps an answer's head until something follows it. */
  readonly tail: () => Promise<ComingText>;
  /** Leaves what was opened, and ends nginx. */
  readonly close: () => Promise<void>;
}

export async function putBehind(
  command: string,
  host: Pick<Host, 'url'>,
  { text, path = '', client, scheme = 'http' }: Configuration,
): Promise<BehindNginx> {
  const folder = mkdtempSync(join(tmpdir(), 'log-console-tls-'));
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const pair = selfSigned();
  writeFileSync(certificate, pair.certificate);
  writeFileSync(key, pair.key);
  const application = new URL(host.url).host;
  const nginx = await startNginx(command, (port) =>
    text({ listen: `127.0.0.1:${port}`, application, certificate, key }),
  );

  const root = `${nginx.url.replace(/^http/, scheme)}${path}`;
  const opened: Readable[] = [];
  const send: BehindNginx['send'] = async (url, sent = {}) => {
    const answer = await client(url, sent, pair.certificate);
    // What is cut off on purpose is no fault of the test.
    answer.body.on('error', () => undefined);
    opened.push(answer.body);
    return answer;
  };
  const get = (route: string, headers: Sent['headers'] = bearer(OPERATOR)): Promise<Answer> =>
    send(`${root}/log-console/api/${route}`, { headers });
  return {
    root,
    send,
    ask: async (route, sent) => {
      const url = `${root}/log-console/api/${route}`;
      const { status, headers, body } = await send(url, { headers: bearer(OPERATOR), ...sent });
      return { status, headers, text: await textOf(body) };
    },
    download: async (route) => (await get(route)).body,
    follow: async (query = 'limit=0', headers = {}) => {
      const { status, body } = await get(`stream?${query}`, { ...bearer(OPERATOR), ...headers });
      const reader = EventReader.over(body, status);
      await reader.first('hello');
      return reader;
    },
    tail: async () => comingText((await get('tail?limit=1')).body),
    close: async () => {
      for (const body of opened) body.destroy();
      await nginx.close();
      rmSync(folder, { recursive: true });
    },
  };
}
