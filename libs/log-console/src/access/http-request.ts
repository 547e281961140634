import { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { type TLSSocket } from 'node:tls';

/** What Express and Fastify requests have in common, and Node's request inside. */
export interface HttpRequest {
  readonly headers: IncomingHttpHeaders;
  readonly raw?: IncomingMessage;
  readonly method: string;
  readonly user?: unknown;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** Node's own request: of Fastify the one inside, of Express the request itself. */
export function rawRequest(request: HttpRequest): IncomingMessage {
  return request.raw ?? (request as unknown as IncomingMessage);
}

/** The address at the other end of the socket; what a header claims does not count. */
export function addressOf(request: HttpRequest): string {
  return rawRequest(request).socket.remoteAddress ?? '';
}

/** One value of a header, as text. */
export function header(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Whether the browser's side of the connection is encrypted. */
export function isSecure(request: HttpRequest): boolean {
  const { encrypted } = rawRequest(request).socket as Partial<TLSSocket>;
  return encrypted === true || /^https\b/i.test(header(request, 'x-forwarded-proto') ?? '');
}
