import { levelOfStatus } from './level-words.js';
import { type Draft, type ParsedLine } from './line-format.js';
import { monthOf, offsetOf, timeOfParts } from './times.js';

/** `203.0.113.9 - alice [20/Nov/2026:08:15:42 +0000] "`, a virtual host in front of it or not. */
const HEAD =
  /^(?:([\w.-]{1,255}:\d{1,5}) )?([^\s"[]{1,255}) ([^\s"[]{1,255}) ([^"[\n]{1,255}?) \[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\] "/;
const STATUS = / (\d{3}) (\d{1,15}|-)(?= |$)/y;
const SECONDS = /^(?:(?:rt|request_time|urt)=)?"?(\d{1,7}\.\d{1,6})"?$/;
const METHOD_AND_PATH = /^([A-Z]{1,20}) ([^ ]*)/;

/** A web server's access log: nginx and Apache, common and combined, with what may follow that. */
export function parseAccess(text: string): ParsedLine | undefined {
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const [whole, virtualHost, address, , user, day, month, year, clock, zone] = head;
  const request = quotedFrom(text, whole.length);
  if (!request) return undefined;
  STATUS.lastIndex = request.end;
  const result = STATUS.exec(text);
  if (!result) return undefined;
  const status = Number(result[1]);
  const data: Record<string, string | number> = { address };
  if (virtualHost !== undefined) data.virtualHost = virtualHost;
  if (user !== '-') data.user = user;
  const [, method, path] = METHOD_AND_PATH.exec(request.text) ?? [];
  if (method !== undefined) {
    data.method = method;
    data.path = path;
  }
  data.status = status;
  if (result[2] !== '-') data.bytes = Number(result[2]);
  addWhatFollows(data, text, STATUS.lastIndex);
  const time = timeOfParts(Number(year), monthOf(month), Number(day), clock, 0, offsetOf(zone));
  const parsed: Draft = { level: levelOfStatus(status), message: `${request.text} ${status}`, data };
  if (time !== undefined) parsed.time = time;
  return parsed;
}

/** Referrer and user agent in quotes, then perhaps the seconds the request took, and whatever a host wants to know. */
function addWhatFollows(data: Record<string, string | number>, text: string, from: number): void {
  let at = from;
  for (const name of ['referrer', 'userAgent']) {
    if (!text.startsWith(' "', at)) break;
    const quoted = quotedFrom(text, at + 2);
    if (!quoted) break;
    if (quoted.text !== '-') data[name] = quoted.text;
    at = quoted.end;
  }
  const rest = text.slice(at).trim();
  if (rest === '') return;
  const parts = rest.split(' ', 2);
  const seconds = SECONDS.exec(parts[0]);
  if (seconds) data.seconds = Number(seconds[1]);
  const extra = seconds ? rest.slice(parts[0].length).trim() : rest;
  if (extra !== '') data.extra = extra;
}

/** Up to the closing quote: nginx writes `\x22` for a quote in the text, Apache `\"`. */
function quotedFrom(text: string, start: number): { text: string; end: number } | undefined {
  let end = text.indexOf('"', start);
  while (end > 0 && isEscaped(text, end, start)) end = text.indexOf('"', end + 1);
  return end < 0 ? undefined : { text: text.slice(start, end), end: end + 1 };
}

function isEscaped(text: string, at: number, start: number): boolean {
  let from = at;
  while (from > start && text.charCodeAt(from - 1) === 0x5c) from--;
  return (at - from) % 2 === 1;
}
