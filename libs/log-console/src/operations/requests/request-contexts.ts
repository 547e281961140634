import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type ContextIds, type LogContext } from '../../domain/log-context.js';
import { contextStorage, contextWithin, currentContext } from '../context-storage.js';
import { ServedRequest } from './served-request.js';
import { readTraceParent } from './trace-parent.js';

const REQUEST_ID = /^[A-Za-z0-9._:=+/@-]{1,128}$/;

export interface RequestContextOptions {
  /** The header that carries the id, in lower case; undefined: requests have no ids, and their lines neither. */
  readonly header: string | undefined;
  /** Whether responses return it. */
  readonly returned: boolean;
  /** Whether a request target is one of the module's own. */
  readonly isOurs: (target: string) => boolean;
}

/** The middleware that runs each HTTP request in a context of its own; it has to come before all others. */
export function serveInContext({ header, returned, isOurs }: RequestContextOptions) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const forUs = isOurs(request.url ?? '');
    const around = currentContext()?.request;
    if (around instanceof ServedRequest && around.is(request)) {
      // We were here before, or another console of this application was.
      if (forUs) around.markAsOurs();
      next();
    } else if (header === undefined && !forUs) {
      next();
    } else {
      const served = new ServedRequest(request, response);
      if (forUs) served.markAsOurs();
      // Whatever the server was started in: a request begins anew.
      const context = contextWithin(undefined, { request: served, ...idsOf(request, header) });
      const { requestId } = context.links ?? {};
      if (header !== undefined && requestId !== undefined && returned) response.setHeader(header, requestId);
      keepInside(request, context);
      keepInside(response, context, (event) => served.noteEvent(event));
      contextStorage.run(context, next);
    }
  };
}

function idsOf({ headers }: IncomingMessage, header: string | undefined): ContextIds {
  if (header === undefined) return {};
  const given = headers[header];
  const isId = typeof given === 'string' && REQUEST_ID.test(given);
  return { requestId: isId ? given : randomUUID(), ...readTraceParent(headers.traceparent) };
}

/** Whoever listens to it (a body parser, a logger at the end) would be called from the socket, which is in no request. */
function keepInside(
  emitter: IncomingMessage | ServerResponse,
  context: LogContext,
  note?: (event: string | symbol) => void,
): void {
  const emit = emitter.emit.bind(emitter);
  emitter.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    note?.(event);
    // Inside it already, and perhaps in an operation: that is nearer.
    if (currentContext()?.request === context.request) return emit(event, ...args);
    return contextStorage.run(context, emit, event, ...args);
  };
}
