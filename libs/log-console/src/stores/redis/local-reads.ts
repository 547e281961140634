import { formatCursor, parseCursor } from '../../domain/cursor.js';
import { changed } from '../../domain/changed-batch.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { type ReadRequest } from '../../domain/log-source.js';
import { epochOf } from './places.js';
import { type AttachedRing } from './redis.options.js';

/**
 * What is answered while Redis is away: a place in Redis is kept until it is back, other reads see this process only.
 * @param base the generation of a place that does not say it
 */
export function readLocally(ring: AttachedRing, request: ReadRequest, base: number | undefined): LogBatch {
  const cursor = request.before ?? request.after;
  const place = cursor === undefined ? undefined : parseCursor(cursor);
  const isLocal = !place || place.epoch === ring.epoch || (place.epoch === undefined && place.id === 0);
  if (isLocal) return changed(ring.read(request), { degraded: true });
  const { instance } = ring;
  const epoch = place.epoch ?? epochOf(base ?? place.id);
  const here = formatCursor(epoch, place.id);
  const away = { epoch, instance, entries: [], size: 0, more: false, degraded: true };
  if (request.before === undefined) return { ...away, next: here, prev: formatCursor(epoch, place.id + 1) };
  return { ...away, next: formatCursor(epoch, place.id - 1), prev: here };
}
