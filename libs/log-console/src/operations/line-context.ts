import { threwText } from '../domain/error-text.js';
import { type ContextIds, type LogContext } from '../domain/log-context.js';
import { readIds } from './context-ids.js';
import { contextWithin } from './context-storage.js';

/** Tells the context a line is written in; undefined: of none. Asked for each line, so never throws. */
export type CurrentContext = () => LogContext | undefined;

const NOTICE_EVERY_MS = 10_000;

/** With the ids of the active span, in place of those of the request. */
export function withSpan(current: CurrentContext, activeSpan: () => ContextIds | undefined): CurrentContext {
  return adding(current, activeSpan);
}

/**
 * With what `enrich` adds or replaces. One that throws, or answers later, is reported once per 10 s, and the line is
 * captured without it; what it logs itself is not enriched.
 */
export function withEnrich(
  current: CurrentContext,
  enrich: () => unknown,
  report: (message: string) => void,
): CurrentContext {
  let isAsked = false;
  let lastReport = -Infinity;
  const complain = (message: string): void => {
    const now = performance.now();
    if (now - lastReport < NOTICE_EVERY_MS) return;
    lastReport = now;
    report(message);
  };
  return adding(current, () => {
    if (isAsked) return undefined;
    isAsked = true;
    try {
      const given = enrich();
      if (given instanceof Promise) {
        given.catch(() => undefined);
        complain('enrich answered a promise; it has to answer at once.');
      }
      return readIds(given);
    } catch (error) {
      complain(`enrich threw: ${threwText(error)}`);
      return undefined;
    } finally {
      isAsked = false;
    }
  });
}

/** Lines in a row mostly have the same ids: they share one context. */
function adding(current: CurrentContext, more: () => ContextIds | undefined): CurrentContext {
  let outer: LogContext | undefined;
  let last: ContextIds | undefined;
  let context: LogContext | undefined;
  return () => {
    const around = current();
    const ids = more();
    if (ids === undefined) return around;
    if (around !== outer || last === undefined || !areSame(ids, last)) {
      outer = around;
      last = ids;
      context = isEmpty(ids) ? around : contextWithin(around, ids);
    }
    return context;
  };
}

function areSame(a: ContextIds, b: ContextIds): boolean {
  return a.requestId === b.requestId && a.traceId === b.traceId && a.spanId === b.spanId;
}

function isEmpty({ requestId, traceId, spanId }: ContextIds): boolean {
  return (requestId ?? traceId ?? spanId) === undefined;
}
