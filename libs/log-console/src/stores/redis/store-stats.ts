import { LOG_LEVELS, type LogLevel } from '../../domain/log-level.js';
import { type StoreStats } from '../../domain/log-source.js';
import { cursorAt, epochOf } from './places.js';
import { type LogCounts } from './redis-log.js';

/** The counters of the shared log: of all processes together. */
export function statsFrom(counts: LogCounts): Omit<StoreStats, 'capacity' | 'rejected' | 'store'> {
  const { meta, held, bytes, evicted, cleared, oldest } = counts;
  const newest = cursorAt(meta.base, meta.last);
  const accepted = byLevel(counts.acceptedByLevel);
  return {
    epoch: epochOf(meta.base),
    oldest: oldest ? cursorAt(oldest.base, oldest.id - 1) : newest,
    newest,
    held: { entries: held, bytes, byLevel: byLevel(counts.heldByLevel) },
    accepted: { total: Object.values(accepted).reduce((sum, count) => sum + count, 0), byLevel: accepted },
    evicted,
    cleared,
  };
}

function byLevel(counts: readonly number[]): Record<LogLevel, number> {
  return Object.fromEntries(LOG_LEVELS.map((level, index) => [level, counts[index] ?? 0])) as Record<
    LogLevel,
    number
  >;
}
