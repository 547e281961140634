import { levelOfSeverity } from './level-words.js';
import { type Draft, type ParsedLine } from './line-format.js';
import { monthOf, timeOfIso, timeOfParts } from './times.js';

const DAY_MS = 86_400_000;
const PRIORITY = /^<(\d{1,3})>/;
/** `Nov 20 08:15:42 web-1 `, in the zone of the machine, without a year; rsyslog and journald also write RFC 3339. */
const CLASSIC =
  /(?:([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d)|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))) ([^\s:[\]]{1,255}) /y;
/** `sshd[4711]: ` */
const TAG = /([^\s:[\]]{1,128})(?:\[([^\]\s]{1,32})\])?:(?: |$)/y;
/** `1 2026-11-20T08:15:42.113Z web-1 sshd 4711 ID47 ` */
const MODERN = /1 (\S{1,40}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /y;
const ELEMENT = /\[([^\s=\]"]{1,32})/y;
const PARAMETER = / ([^\s=\]"]{1,32})="([^"\\]*(?:\\[^][^"\\]*)*)"/y;

/** RFC 3164 and RFC 5424, with a priority in front or, as files hold them, without. */
export function parseSyslog(text: string): ParsedLine | undefined {
  const priority = PRIORITY.exec(text);
  const severity = priority ? Number(priority[1]) % 8 : undefined;
  if (priority && Number(priority[1]) > 191) return undefined;
  const from = priority?.[0].length ?? 0;
  const level = severity === undefined ? 'log' : levelOfSeverity(severity);
  return (priority ? modern(text, from, level) : undefined) ?? classic(text, from, level);
}

function classic(text: string, from: number, level: ParsedLine['level']): ParsedLine | undefined {
  CLASSIC.lastIndex = from;
  const head = CLASSIC.exec(text);
  if (!head) return undefined;
  const [whole, month, day, clock, iso, host] = head;
  const time = iso === undefined ? timeWithoutYear(monthOf(month), Number(day), clock) : timeOfIso(iso);
  if (time === undefined) return undefined;
  const at = from + whole.length;
  TAG.lastIndex = at;
  const tag = TAG.exec(text);
  // RFC 3339 in front of a text is not syslog's alone; a tag after it is.
  if (!tag && iso !== undefined) return undefined;
  const parsed: Draft = { time, level, message: text.slice(at + (tag?.[0].length ?? 0)) };
  if (tag) parsed.context = tag[1];
  parsed.data = { host, ...(tag?.[2] === undefined ? {} : { pid: numberOr(tag[2]) }) };
  return parsed;
}

function modern(text: string, from: number, level: ParsedLine['level']): ParsedLine | undefined {
  MODERN.lastIndex = from;
  const head = MODERN.exec(text);
  if (!head) return undefined;
  const [whole, when, host, app, pid, id] = head;
  const data: Record<string, unknown> = {};
  if (host !== '-') data.host = host;
  if (pid !== '-') data.pid = numberOr(pid);
  if (id !== '-') data.messageId = id;
  const end = addStructured(data, text, from + whole.length);
  if (end === undefined) return undefined;
  const time = when === '-' ? undefined : timeOfIso(when);
  const message = text.startsWith(' ', end) ? text.slice(end + 1) : text.slice(end);
  return {
    ...(time === undefined ? {} : { time }),
    level,
    ...(app === '-' ? {} : { context: app }),
    message: message.startsWith('\ufeff') ? message.slice(1) : message,
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
}

/** `-`, or elements like `[exampleSDID@32473 iut="3"]`; where they end. */
function addStructured(data: Record<string, unknown>, text: string, from: number): number | undefined {
  if (text.startsWith('-', from)) return from + 1;
  const elements: [string, unknown][] = [];
  let at = from;
  for (ELEMENT.lastIndex = at; text.startsWith('[', at); ELEMENT.lastIndex = at) {
    const element = ELEMENT.exec(text);
    if (!element) return undefined;
    at = ELEMENT.lastIndex;
    const parameters: [string, string][] = [];
    PARAMETER.lastIndex = at;
    for (let one = PARAMETER.exec(text); one; one = PARAMETER.exec(text)) {
      parameters.push([one[1], one[2].replace(/\\(["\\\]])/g, '$1')]);
      at = PARAMETER.lastIndex;
    }
    if (!text.startsWith(']', at)) return undefined;
    at++;
    elements.push([element[1], Object.fromEntries(parameters)]);
  }
  if (elements.length === 0) return undefined;
  data.structured = Object.fromEntries(elements);
  return at;
}

/** The year in which it is not more than a day ahead. */
function timeWithoutYear(month: number, day: number, clock: string): string | undefined {
  const now = Date.now();
  const year = new Date(now).getFullYear();
  const time = timeOfParts(year, month, day, clock);
  return time !== undefined && Date.parse(time) > now + DAY_MS
    ? timeOfParts(year - 1, month, day, clock)
    : time;
}

function numberOr(text: string): string | number {
  return /^\d{1,10}$/.test(text) ? Number(text) : text;
}
