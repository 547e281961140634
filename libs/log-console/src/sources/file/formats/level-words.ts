import { type LogLevel } from '../../../domain/log-level.js';

/** What loggers call Nest's levels. */
const WORDS = new Map<string, LogLevel>(
  Object.entries({
    verbose: ['verbose', 'trace', 'silly', 'finest', 'finer'],
    debug: ['debug', 'dbg', 'fine'],
    log: ['log', 'info', 'information', 'informational', 'notice', 'http', 'success', 'config'],
    warn: ['warn', 'warning', 'wrn'],
    error: ['error', 'err', 'severe', 'eror'],
    fatal: ['fatal', 'crit', 'critical', 'alert', 'emerg', 'emergency', 'panic', 'dpanic'],
  } satisfies Record<LogLevel, string[]>).flatMap(([level, words]) =>
    words.map((word) => [word, level as LogLevel] as const),
  ),
);
/** The words, the longer ones of one beginning first. */
export const LEVEL_WORDS: readonly string[] = [...WORDS.keys()].sort((a, b) => b.length - a.length);
const LONGEST = LEVEL_WORDS[0].length;

/** The level that a logger's word means, in any case; undefined when it means none. */
export function levelOfWord(word: string): LogLevel | undefined {
  if (word.length > LONGEST) return undefined;
  return WORDS.get(word) ?? WORDS.get(word.toLowerCase());
}

/** Of pino's numbers, and those between them: 10 verbose, 20 debug, 30 log, 40 warn, 50 error, 60 fatal. */
export function levelOfPino(level: number): LogLevel {
  if (level >= 60) return 'fatal';
  if (level >= 50) return 'error';
  if (level >= 40) return 'warn';
  if (level >= 30 || !(level < 30)) return 'log';
  return level >= 20 ? 'debug' : 'verbose';
}

/** Of syslog's severities: 0–2 fatal, 3 error, 4 warn, 5–6 log, 7 debug. */
export function levelOfSeverity(severity: number): LogLevel {
  if (severity <= 2) return 'fatal';
  return (['error', 'warn', 'log', 'log', 'debug'] as const)[severity - 3] ?? 'log';
}

/** Of HTTP statuses: 5xx error, 4xx warn. */
export function levelOfStatus(status: number): LogLevel {
  if (status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'log';
}
