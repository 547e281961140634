import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { type Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

export interface RequestOptions {
  readonly method?: string;
  /** One that is undefined is not sent. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: object | string;
  /** The request target on the wire, where it is not the path of the URL (absolute form). */
  readonly target?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, unpacked. */
  readonly text: string;
  /** The body as it came, for a compressed one. */
  readonly bytes: Buffer;
  /** The parsed body of a JSON answer, else undefined. */
  readonly json: unknown;
}

/** A text that is still coming. */
export interface ComingText {
  /** Resolves to everything received so far, once that holds the text or matches; rejects when the answer ends before. */
  readonly until: (what: string | RegExp) => Promise<string>;
  /** Everything, once the server has ended the answer. */
  readonly ended: Promise<string>;
  /** Leaves. */
  readonly close: () => void;
}

/** An answer that is still coming. */
export interface OpenReply extends ComingText {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/**
 * One request on a connection of its own (a kept one would hold `app.close()` up). The path goes out as written:
 * `//`, `..`, `%2e` and `;` are not tidied up.
 */
export async function request(url: string, options: RequestOptions = {}): Promise<Reply> {
  const response = await send(url, options);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const { statusCode = 0, headers } = response;
  const text = unpacked(bytes, headers['content-encoding']).toString();
  const isJson = /\bjson\b/.test(headers['content-type'] ?? '') && text !== '';
  const json = isJson ? (JSON.parse(text) as unknown) : undefined;
  return { status: statusCode, headers, text, bytes, json };
}

function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  // HEAD and 304 tell the encoding of what they do not send.
  if (encoding === undefined || bytes.length === 0) return bytes;
  const unpack = { gzip: gunzipSync, br: brotliDecompressSync, deflate: inflateSync }[encoding];
  if (!unpack) throw new Error(`Nobody asked for the encoding ${encoding}.`);
  return unpack(bytes);
}

/** A request whose answer does not end by itself: a stream, a tail. Close it. */
export async function open(url: string, options: RequestOptions = {}): Promise<OpenReply> {
  const response = await send(url, options);
  return { status: response.statusCode ?? 0, headers: response.headers, ...comingText(response) };
}

/** Takes a text as it comes. */
export function comingText(body: Readable): ComingText {
  let text = '';
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of [...waiting]) look();
  };
  body.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    wake();
  });
  const ended = new Promise<string>((resolve) => {
    body.once('close', () => resolve(text)).once('error', () => resolve(text));
  });
  return {
    until: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!(typeof what === 'string' ? text.includes(what) : what.test(text))) return;
          waiting.delete(look);
          resolve(text);
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`It ended without ${String(what)}: ${text}`)));
      }),
    ended,
    close: () => body.destroy(),
  };
}

function send(url: string, { method, headers = {}, body, target }: RequestOptions): Promise<IncomingMessage> {
  // By hand: URL would tidy the path up.
  const [, origin = '', path = ''] = /^(http:\/\/[^/?]+)(.*)$/s.exec(url) ?? [];
  const { hostname, port } = new URL(origin);
  const isJson = typeof body === 'object';
  const sent = Object.entries({ ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers });
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        hostname,
        port,
        path: target ?? (path === '' ? '/' : path),
        method: method ?? 'GET',
        headers: Object.fromEntries(sent.filter(([, value]) => value !== undefined)),
        agent: false,
      },
      resolve,
    );
    outgoing.once('error', reject);
    outgoing.end(isJson ? JSON.stringify(body) : body);
  });
}
