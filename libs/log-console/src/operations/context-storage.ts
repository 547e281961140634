import { AsyncLocalStorage } from 'node:async_hooks';
import { type ContextIds, type ContextLinks, type LogContext } from '../domain/log-context.js';

const KEY = Symbol.for('nestjs-log-console.context');
const shared = globalThis as { [KEY]?: AsyncLocalStorage<LogContext> };

/** The context of each place in the program; one for the process, shared by the ESM and the CommonJS copy of this package. */
export const contextStorage = (shared[KEY] ??= new AsyncLocalStorage<LogContext>());

/** The context a line is written in; undefined outside of all. */
export function currentContext(): LogContext | undefined {
  return contextStorage.getStore();
}

/** What is known more inside than outside. */
export type MoreContext = ContextIds & Omit<LogContext, 'links'>;

/** A context inside another, or of its own. What is not said is as outside. */
export function contextWithin(outer: LogContext | undefined, more: MoreContext): LogContext {
  const { operation = outer?.operation, request = outer?.request } = more;
  const {
    requestId = outer?.links?.requestId,
    traceId = outer?.links?.traceId,
    spanId = outer?.links?.spanId,
  } = more;
  const links: { -readonly [K in keyof ContextLinks]: ContextLinks[K] } = {};
  if (requestId !== undefined) links.requestId = requestId;
  if (traceId !== undefined) links.traceId = traceId;
  if (spanId !== undefined) links.spanId = spanId;
  if (operation !== undefined) links.operation = operation.id;
  return {
    ...(Object.keys(links).length === 0 ? {} : { links: Object.freeze(links) }),
    ...(operation === undefined ? {} : { operation }),
    ...(request === undefined ? {} : { request }),
  };
}

/** Runs `fn` with more known than outside; what it starts (timers, promises) keeps it. */
export function runWithin<T>(more: MoreContext, fn: () => T): T {
  return contextStorage.run(contextWithin(currentContext(), more), fn);
}
