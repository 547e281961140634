import { type AbstractHttpAdapter } from '@nestjs/core';
import { type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A middleware for Node's own request and response; it may be called more than once for a request. */
export type Serve = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

interface Fastify {
  addHook(
    name: 'onRequest',
    hook: (request: { raw: IncomingMessage }, reply: { raw: ServerResponse }, done: () => void) => void,
  ): void;
  /** There once its middleware plugin is. */
  readonly use?: unknown;
}

/** Puts a middleware before everything the host, its framework and what it brought along do for a request. */
export function serveFirst(server: Server, serve: Serve): void {
  const emit = server.emit.bind(server) as (event: string, ...args: unknown[]) => boolean;
  server.emit = (event: string, ...args: unknown[]): boolean => {
    if (event !== 'request') return emit(event, ...args);
    const [request, response] = args as [IncomingMessage, ServerResponse];
    serve(request, response, () => emit(event, ...args));
    return true;
  };
}

/** Puts it before the middleware of the host: for requests that come from elsewhere than the server, such as injected ones. */
export function useFirst(adapter: AbstractHttpAdapter, serve: Serve): void {
  if (adapter.getType() !== 'fastify') {
    adapter.use(serve);
    return;
  }
  const fastify = adapter.getInstance<Fastify>();
  fastify.addHook('onRequest', ({ raw: request }, { raw: response }, done) => serve(request, response, done));
  // Where the plugin is there already, all middleware runs before this hook.
  if (typeof fastify.use === 'function') adapter.use(serve);
}
