import { LOG_LEVELS, type LogLevel } from './log-level.js';

/** For how long a level is set where nobody says it. */
export const DEFAULT_TTL_SECONDS = 1800;
/** For how long at most. */
export const MAX_TTL_SECONDS = 86_400;
/** Characters of a reason, and of a context that can have a level. */
export const MAX_LEVEL_TEXT = 200;

/** What a context may be called, for messages. */
export const CONTEXT_GRAMMAR = `the name of a context, 1 to ${MAX_LEVEL_TEXT} characters, or the beginning of one and *, or * alone`;

/** Whether levels can be given to it: `OrdersService`, `Orders*`, `*`. */
export function isContextName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LEVEL_TEXT && /^([^*]+\*?|\*)$/.test(value);
}

/** Whether it is one of Nest's six. */
export function isLevel(value: unknown): value is LogLevel {
  return (LOG_LEVELS as readonly unknown[]).includes(value);
}

const FIELDS = ['level', 'ttlSeconds', 'reason'];

/** What is wrong with a level to set, one sentence each: the parameter and what is accepted, never the value. */
export function levelProblems(context: unknown, request: unknown): string[] {
  const problems = contextProblems(context);
  if (typeof request !== 'object' || request === null || Array.isArray(request))
    return [...problems, 'The level must be given in a JSON body { "level": "…" }.'];
  for (const name of Object.keys(request).filter((key) => !FIELDS.includes(key)))
    problems.push(`${name.slice(0, 64)} is not a parameter here; accepted: ${FIELDS.join(', ')}.`);
  const { level, ttlSeconds, reason } = request as Record<string, unknown>;
  if (!isLevel(level)) problems.push(`level must be one of ${LOG_LEVELS.join(', ')}.`);
  if (ttlSeconds !== undefined && !isTtl(ttlSeconds))
    problems.push(`ttlSeconds must be a whole number from 1 to ${MAX_TTL_SECONDS}.`);
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > MAX_LEVEL_TEXT))
    problems.push(`reason must be a text of at most ${MAX_LEVEL_TEXT} characters.`);
  return problems;
}

/** The same of a context alone. */
export function contextProblems(context: unknown): string[] {
  return isContextName(context) ? [] : [`context must be ${CONTEXT_GRAMMAR}.`];
}

function isTtl(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_TTL_SECONDS;
}
