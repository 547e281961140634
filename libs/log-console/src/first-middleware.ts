import { type HttpAdapterHost } from '@nestjs/core';
import { type IncomingMessage, type ServerResponse } from 'node:http';

/** A middleware for Node's own request and response. */
export type Serve = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

interface Fastify {
  addHook(
    name: 'onRequest',
    hook: (request: { raw: IncomingMessage }, reply: { raw: ServerResponse }, done: () => void) => void,
  ): void;
}
interface Express {
  readonly _router?: { readonly stack: unknown[] };
  readonly router: { readonly stack: unknown[] };
}

/** Puts a middleware before those of the host, and before all hooks that are added from here on. */
export function useFirst({ httpAdapter: adapter }: HttpAdapterHost, serve: Serve): void {
  if (adapter.getType() === 'fastify') {
    const fastify = adapter.getInstance<Fastify>();
    fastify.addHook('onRequest', ({ raw: request }, { raw: response }, done) =>
      serve(request, response, done),
    );
    return;
  }
  adapter.use(serve);
  if (adapter.getType() !== 'express') return;
  // The host may have brought an application that has some already.
  const express = adapter.getInstance<Express>();
  const { stack } = express._router ?? express.router;
  stack.unshift(...stack.splice(-1));
}
