import { type LogBatch } from './log-batch.js';

/** The same batch with something else to say. */
export function changed(
  batch: LogBatch,
  change: Partial<Pick<LogBatch, 'degraded' | 'gap' | 'more'>>,
): LogBatch {
  const { epoch, instance, size, next, prev, more, gap, encoded } = batch;
  return {
    ...{ epoch, instance, size, next, prev, more },
    ...(gap && { gap }),
    ...change,
    ...(encoded && { encoded: encoded.bind(batch) }),
    get entries() {
      return batch.entries;
    },
  };
}
