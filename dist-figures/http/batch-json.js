import { escapeControls } from '../domain/safe-json.js';
/** JSON without any control character in it. */
export function toSafeJson(value) {
    return escapeControls(JSON.stringify(value));
}
/** A batch as JSON, in pieces of UTF-8: those of the entries are shared by all readers. */
export function batchJson(batch) {
    const { epoch, instance, next, prev, more, gap, degraded } = batch;
    const head = JSON.stringify({ epoch, instance }).slice(0, -1);
    const tail = JSON.stringify({ next, prev, more, gap, degraded }).slice(1);
    const entries = batch.encoded?.() ?? [Buffer.from(toSafeJson(batch.entries).slice(1, -1))];
    return [Buffer.from(`${head},"entries":[`), ...entries, Buffer.from(`],${tail}`)];
}
