import { type LogLevel } from '../../../domain/log-level.js';
import { type Draft, type ParsedLine } from './line-format.js';
import { timeOfParts } from './times.js';

const SGR = String.raw`(?:\x1b\[[\d;]{0,16}m){0,2}`;
/** `[Nest] 4711  - 11/20/2026, 8:15:42 AM     LOG [Context] `, in colours or not; the prefix and the form of the time are the host's. */
const HEAD = new RegExp(
  String.raw`^${SGR}\[[^\]\x1b]{1,64}\] \d{1,10} +- ${SGR}([^\x1b]{6,40}?) ${SGR} *(LOG|ERROR|WARN|DEBUG|VERBOSE|FATAL)${SGR} ` +
    String.raw`(?:${SGR}\[([^\]\x1b]{1,256})\] (?:\x1b\[39m)?)?`,
);
/** The milliseconds since the line before, which are no part of what was said. */
// eslint-disable-next-line no-control-regex
const SINCE = /(?:\x1b\[38;5;3m)? \+\d{1,12}ms(?:\x1b\[39m)?$/;
const LONGEST_SINCE = 40;
/** What `Intl.DateTimeFormat` makes of a time in the usual locales. */
const LOCALE_TIME =
  /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4}),? (\d{1,2}):(\d\d):(\d\d)(?:[ \u202f]([ap])\.?m\.?)?$/i;

/** What Nest's ConsoleLogger prints. */
export function parseNest(text: string): ParsedLine | undefined {
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const [whole, when, level, context] = head;
  const parsed: Draft = {
    level: level.toLowerCase() as LogLevel,
    message: withoutSince(text.slice(whole.length)),
  };
  const time = timeOfLocale(when);
  if (time !== undefined) parsed.time = time;
  if (context !== undefined) parsed.context = context;
  return parsed;
}

function withoutSince(message: string): string {
  const since = SINCE.exec(message.slice(-LONGEST_SINCE));
  return since ? message.slice(0, -since[0].length) : message;
}

/** With AM and PM the month comes first, with points or without them the day; a year of four digits in front says itself. */
function timeOfLocale(when: string): string | undefined {
  const parts = LOCALE_TIME.exec(when);
  if (!parts) return undefined;
  const [, first, , second, third, hours, minutes, seconds, half] = parts;
  const clock = `${hour24(Number(hours), half)}:${minutes}:${seconds}`;
  const [one, two, three] = [Number(first), Number(second), Number(third)];
  if (first.length === 4) return timeOfParts(one, two, three, clock);
  return half === undefined ? timeOfParts(three, two, one, clock) : timeOfParts(three, one, two, clock);
}

function hour24(hour: number, half: string | undefined): string {
  const hours = half === undefined ? hour : (hour % 12) + (/p/i.test(half) ? 12 : 0);
  return String(hours).padStart(2, '0');
}
