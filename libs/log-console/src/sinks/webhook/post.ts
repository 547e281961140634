import { request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublic } from './public-address.js';

/** The answer has been given; what follows of it is nobody's business. */
const LINGER_MS = 1000;

/** Where a message goes, and how long that may take. */
export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly timeoutMs: number;
  /** Of addresses that must be public. Absent: any address will do. */
  readonly lookup?: LookupFunction | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sends a message; resolves to the status of the answer, whatever it is. Follows no redirect, and keeps no connection. */
export function post({ url, headers, body, timeoutMs, lookup, signal }: Post): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // What is an address already is never looked up.
  if (lookup && isIP(host) !== 0 && !isPublic(host))
    return Promise.reject(new Error('The address is private; allowPrivate would allow it'));
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    headers: { ...headers, 'content-length': body.length },
    ...(lookup ? { lookup } : {}),
    ...(signal ? { signal } : {}),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, options, (response) => {
      clearTimeout(deadline);
      resolve(response.statusCode ?? 0);
      response.resume();
      const linger = setTimeout(() => request.destroy(), LINGER_MS).unref();
      request.once('close', () => clearTimeout(linger));
      response.on('error', () => undefined);
    });
    const deadline = setTimeout(
      () => request.destroy(new Error(`No answer within ${timeoutMs} ms`)),
      timeoutMs,
    ).unref();
    request.once('error', (error) => {
      clearTimeout(deadline);
      reject(error);
    });
    request.on('error', () => undefined);
    request.end(body);
  });
}
