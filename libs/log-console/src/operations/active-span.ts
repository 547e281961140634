import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as OpenTelemetryApi from '@opentelemetry/api';
import { type ContextIds } from '../domain/log-context.js';

type Api = typeof OpenTelemetryApi;

/** How to ask for OpenTelemetry's active span; undefined where `@opentelemetry/api` is not installed. */
export function loadActiveSpan(): (() => ContextIds | undefined) | undefined {
  try {
    const { trace, isSpanContextValid } = loadApi();
    if (typeof trace.getActiveSpan !== 'function') return undefined;
    return () => {
      try {
        const span = trace.getActiveSpan()?.spanContext();
        if (span === undefined || !isSpanContextValid(span)) return undefined;
        return { traceId: span.traceId, spanId: span.spanId };
      } catch {
        return undefined; // a span of somebody's own making
      }
    };
  } catch {
    return undefined;
  }
}

/**
 * The application's own copy; all copies share what is registered. Not by an import, which a bundler would follow, and fail
 * where it is not installed.
 */
function loadApi(): Api {
  const from = [process.argv[1], join(process.cwd(), 'package.json')].filter((path) => path !== undefined);
  for (const path of from) {
    try {
      return createRequire(path)('@opentelemetry/api') as Api;
    } catch {
      // it may be beside the next
    }
  }
  throw new Error('@opentelemetry/api is not installed');
}
