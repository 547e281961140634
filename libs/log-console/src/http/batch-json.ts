import { type LogBatch } from '../domain/log-batch.js';

/** DEL and C1 control characters, which JSON leaves as they are and a terminal obeys. */
const CONTROL = /[\x7f-\x9f]/g;

/** JSON without any control character in it. */
export function toSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(CONTROL, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}

/** A batch as JSON, in pieces of UTF-8: those of the entries are shared by all readers. */
export function batchJson(batch: LogBatch): Uint8Array[] {
  const { epoch, instance, next, prev, more, gap, degraded } = batch;
  const head = JSON.stringify({ epoch, instance }).slice(0, -1);
  const tail = JSON.stringify({ next, prev, more, gap, degraded }).slice(1);
  const entries = batch.encoded?.() ?? [Buffer.from(toSafeJson(batch.entries).slice(1, -1))];
  return [Buffer.from(`${head},"entries":[`), ...entries, Buffer.from(`],${tail}`)];
}
