import { setImmediate } from 'node:timers/promises';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogSource, type ReadRequest } from '../domain/log-source.js';

/**
 * One read that waits for something to say: a matching entry, a gap or a clear; at the time limit or when the signal
 * aborts, an empty batch whose `next` has moved past what the filter dropped. Of a finished source it waits for nothing.
 */
export async function poll(
  source: LogSource,
  request: ReadRequest,
  wait: { waitMs: number; signal: AbortSignal },
): Promise<LogBatch> {
  const until = performance.now() + wait.waitMs;
  let cleared = false;
  const stopListening = source.onEvent?.(({ event }) => (cleared ||= event === 'cleared'));
  try {
    // Asked before the read: what is written between the two would be left unread.
    let isFinished = source.isFinished?.() ?? false;
    let batch = await source.read(request);
    const worthwhile = (): boolean => batch.size > 0 || batch.gap !== undefined || cleared;
    // Where the newest were asked for, `more` means older ones: the reader looks on from `prev`.
    const looksBack = request.before !== undefined || (request.after === undefined && batch.more);
    const mayWait = !looksBack && request.limit > 0;
    while (mayWait && !worthwhile() && !wait.signal.aborted && performance.now() < until) {
      if (isFinished && !batch.more) break;
      if (batch.more) await setImmediate();
      else await source.waitAfter(batch.next, { signal: wait.signal, timeoutMs: until - performance.now() });
      isFinished = source.isFinished?.() ?? false;
      batch = await source.read({ ...request, after: batch.next });
    }
    return batch;
  } finally {
    stopListening?.();
  }
}
