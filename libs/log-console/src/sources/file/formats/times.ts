/** Years before are a zero value, or no year at all; later ones are not RFC 3339. */
const FIRST_YEAR = 1000;
const FIRST = Date.parse('1000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(Z|[+-]\d\d:?\d\d)?$/i;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let second = NaN;
let prefix = '';

/** Milliseconds as RFC 3339 in UTC; undefined where it has no such form. The part up to the second is made once per second. */
export function timeOfMs(ms: number): string | undefined {
  if (!(ms >= FIRST && ms <= LAST)) return undefined;
  const of = Math.floor(ms / 1000);
  if (of !== second) {
    prefix = new Date(of * 1000).toISOString().slice(0, -4);
    second = of;
  }
  return `${prefix}${String(Math.floor(ms - of * 1000)).padStart(3, '0')}Z`;
}

/** A number since 1970 in whatever unit its size tells: seconds, milliseconds, microseconds or nanoseconds. */
export function timeOfNumber(value: number): string | undefined {
  if (!(value >= 1e8)) return undefined;
  if (value < 1e11) return timeOfMs(Math.round(value * 1000));
  if (value < 1e14) return timeOfMs(value);
  return timeOfMs(value < 1e17 ? value / 1e3 : value / 1e6);
}

/** The parts of a date and a time; without an offset (minutes east of UTC) they are of this machine's zone. */
export function timeOfParts(
  year: number,
  month: number,
  day: number,
  clock: string,
  ms = 0,
  offset?: number,
): string | undefined {
  const hour = twoDigits(clock, 0);
  const minute = twoDigits(clock, 3);
  const seconds = twoDigits(clock, 6);
  if (!(
    year >= FIRST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour < 24 &&
    minute < 60 &&
    seconds <= 60
  ))
    return undefined;
  if (offset !== undefined)
    return timeOfMs(Date.UTC(year, month - 1, day, hour, minute, seconds, ms) - offset * 60_000);
  return timeOfMs(localMs(year, month, day, hour, minute) + seconds * 1000 + ms);
}

let minuteKey = NaN;
let minuteMs = NaN;

/** The zone of this machine is asked once per minute that the lines speak of: it costs more than the rest of a line. */
function localMs(year: number, month: number, day: number, hour: number, minute: number): number {
  const key = (((year * 12 + month) * 32 + day) * 24 + hour) * 60 + minute;
  if (key !== minuteKey) {
    minuteMs = new Date(year, month - 1, day, hour, minute).getTime();
    minuteKey = key;
  }
  return minuteMs;
}

/** RFC 3339 and what is like it: a blank for the T, a comma for the point, no zone. */
export function timeOfIso(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, , , , fraction = '', zone] = parts;
  const ms = fraction === '' ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offset = zone === undefined ? undefined : offsetOf(zone);
  return timeOfParts(Number(year), Number(month), Number(day), text.slice(11, 19), ms, offset);
}

/** Minutes east of UTC of `Z`, `+0200` or `+02:00`. */
export function offsetOf(zone: string): number {
  if (zone.length === 1) return 0;
  const minutes = twoDigits(zone, 1) * 60 + twoDigits(zone, zone.length - 2);
  return zone.startsWith('-') ? -minutes : minutes;
}

/** 1 to 12 of `Jan` to `Dec`; 0 for anything else. */
export function monthOf(name: string): number {
  return MONTHS.indexOf(name) + 1;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
}
