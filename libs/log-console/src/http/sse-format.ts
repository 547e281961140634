import { type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type SourceEvent } from '../domain/log-source.js';
import { batchJson, toSafeJson } from './batch-json.js';
import { type LiveFormat } from './live-format.js';
import { PING_EVERY_S } from './ping-schedule.js';

const RETRY_MS = 2000;
/** Frames of batches that several readers share are made once. */
const frames = new WeakMap<LogBatch, Uint8Array>();

/** The frames of `GET stream`: one line of JSON each, with the reader's place as id and an event name from a fixed set. */
export const sseFormat: LiveFormat = {
  batch(batch) {
    let frame = frames.get(batch);
    if (!frame) {
      frame = Buffer.concat([
        Buffer.from(`id: ${batch.next}\ndata: `),
        ...batchJson(batch),
        Buffer.from('\n\n'),
      ]);
      frames.set(batch, frame);
    }
    return frame;
  },
  hello({ place, epoch, instance, startedAt, oldest, newest, uiVersion, store }) {
    const data = { epoch, instance, startedAt, oldest, newest, pingSeconds: PING_EVERY_S, uiVersion, store };
    return `retry: ${RETRY_MS}\n${frame('hello', place, data)}`;
  },
  ping: (place, newest) => frame('ping', place, { time: new Date().toISOString(), newest }),
  event: ({ event, data }, place) => frame(event, place, data),
  bye: (reason, place) => frame('bye', place, { reason, retryMs: RETRY_MS }),
};

function frame(event: 'hello' | 'ping' | SourceEvent['event'] | 'bye', place: Cursor, data: object): string {
  return `event: ${event}\nid: ${place}\ndata: ${toSafeJson(data)}\n\n`;
}
