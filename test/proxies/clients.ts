import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, type IncomingHttpStatusHeader } from 'node:http2';
import { pipeline, type Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As the application wrote it: what the proxy compressed is plain again. Destroying it cuts the connection. */
  readonly body: Readable;
}

/** Asks for one answer, on a connection of its own. `certificate` is the one the server has to show. */
export type Client = (url: string, sent: Sent, certificate: string) => Promise<Answer>;

export const overHttp1: Client = (url, { method, headers, body }) =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers: withType(headers, body), agent: false });
    request.once('error', reject).once('response', (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response });
    });
    request.end(body && JSON.stringify(body));
  });

/** Like a browser: takes compressed answers. */
export const compressed: Client = async (url, sent, certificate) => {
  const headers = { ...sent.headers, 'accept-encoding': 'gzip' };
  const answer = await overHttp1(url, { ...sent, headers }, certificate);
  if (answer.headers['content-encoding'] !== 'gzip') return answer;
  const plain = createGunzip({ flush: constants.Z_SYNC_FLUSH });
  // An answer that is cut off destroys the plain one, and the other way round.
  pipeline(answer.body, plain, () => undefined);
  return { ...answer, body: plain };
};

export const overHttp2: Client = async (url, { method = 'GET', headers, body }, certificate) => {
  const { origin, host, pathname, search } = new URL(url);
  const session = connect(origin, { ca: certificate, servername: 'localhost' });
  await once(session, 'connect');
  const request = session.request({
    ...withType(headers, body),
    ':method': method,
    // Node would take the name of the certificate.
    ':authority': host,
    ':path': `${pathname}${search}`,
  });
  request.once('close', () => session.destroy());
  request.end(body && JSON.stringify(body));
  const [{ ':status': status = 0, ...received }] = (await once(request, 'response')) as [
    IncomingHttpHeaders & IncomingHttpStatusHeader,
  ];
  return { status, headers: received, body: request };
};

function withType(headers: Sent['headers'], body: Sent['body']): Record<string, string> {
  return { ...(body ? { 'content-type': 'application/json' } : {}), ...headers };
}
