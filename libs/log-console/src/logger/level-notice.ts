import { type LevelChange } from '../domain/context-levels.js';
import { type LogRecord } from '../domain/log-entry.js';

/** What the log says of a change of a level. */
export function levelNotice(change: LevelChange): LogRecord {
  return { level: change.expired ? 'log' : 'warn', context: 'LogConsole', message: textOf(change) };
}

function textOf({ context, to, effective, by, until, reason, expired }: LevelChange): string {
  if (expired) return `The level of ${context} is ${effective} again`;
  if (to === undefined) return `${by} reset the level of ${context}: it is ${effective} again`;
  return `${by} set ${context} to ${to} until ${until}${reason === undefined ? '' : `: ${reason}`}`;
}
