import { type ContextIds } from '../../domain/log-context.js';

const TRACE_PARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;
const ALL_ZERO = /^0+$/;

/** The ids in a `traceparent` header (W3C Trace Context); none in one that is not valid. */
export function readTraceParent(value: unknown): Pick<ContextIds, 'traceId' | 'spanId'> {
  if (typeof value !== 'string' || value.length > 512) return {};
  const [, version, traceId, spanId, rest] = TRACE_PARENT.exec(value) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return {};
  if (ALL_ZERO.test(traceId) || ALL_ZERO.test(spanId)) return {};
  return { traceId, spanId };
}
