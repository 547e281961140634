import { type FetchLike } from 'eventsource';
import { get } from 'node:http';
import { Readable } from 'node:stream';
import { type ReadableStream } from 'node:stream/web';
import { bearer, OPERATOR } from '../access/people.js';

/** For an EventSource, on connections of their own: those that `fetch` keeps for later would hold `app.close()` up. */
export const fetchSignedIn: FetchLike = (url, { headers, signal }) =>
  new Promise((resolve, reject) => {
    const all = { ...(headers as Record<string, string>), ...bearer(OPERATOR) };
    get(url, { agent: false, headers: all, signal: signal as AbortSignal }, (incoming) => {
      const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
      resolve({
        body: body as unknown as Response['body'],
        url: String(url),
        status: incoming.statusCode ?? 0,
        redirected: false,
        headers: new Headers(incoming.headers as Record<string, string>),
      });
    }).on('error', reject);
  });
