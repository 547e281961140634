import { type ContextIds } from '../domain/log-context.js';

/** How to ask for OpenTelemetry's active span; undefined where `@opentelemetry/api` is not installed. */
export async function loadActiveSpan(): Promise<(() => ContextIds | undefined) | undefined> {
  try {
    const { trace, isSpanContextValid } = await import('@opentelemetry/api');
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
