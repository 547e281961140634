/** How the times of a page are written; '' where there is none. All times are milliseconds since 1970. */
export interface Times {
  /** `10:42:07.113` */
  clock(ms: number): string;
  /** `10:42:07` */
  clockSeconds(ms: number): string;
  /** `Friday, November 20, 2026 at 10:42:07 GMT+1` */
  dateTime(ms: number): string;
  /** `3 sec. ago` */
  ago(ms: number, now: number): string;
  /** `+0.12 s`: since the line before. */
  step(ms: number, previous: number | undefined): string;
  /** `Friday, November 20, 2026` */
  day(ms: number): string;
}

const UNITS = [
  { name: 'day', symbol: 'd', ms: 86_400_000 },
  { name: 'hour', symbol: 'h', ms: 3_600_000 },
  { name: 'minute', symbol: 'min', ms: 60_000 },
  { name: 'second', symbol: 's', ms: 1_000 },
] as const;

/** The times of a language and a time zone (default: of the reader). */
export function makeTimes(locale: string, timeZone?: string): Times {
  const format = (options: Intl.DateTimeFormatOptions): ((ms: number) => string) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone, hourCycle: 'h23' });
    return lastKept((ms) => (isTime(ms) ? formatter.format(ms) : ''));
  };
  const clockSeconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const secondOf = (ms: number): number => Math.floor(ms / 1_000) * 1_000;
  const now = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'short' });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, signDisplay: 'always' });

  return {
    clockSeconds: (ms) => clockSeconds(secondOf(ms)),
    clock: lastKept((ms) => {
      const second = secondOf(ms);
      return isTime(ms) ? `${clockSeconds(second)}.${String(Math.floor(ms - second)).padStart(3, '0')}` : '';
    }),
    dateTime: format({ dateStyle: 'full', timeStyle: 'long' }),
    day: format({ dateStyle: 'full' }),
    ago: (ms, at) => {
      if (!isTime(ms)) return '';
      const unit = unitOf(ms - at);
      const count = Math.trunc((ms - at) / unit.ms);
      return count === 0 ? now.format(0, 'second') : relative.format(count, unit.name);
    },
    step: (ms, previous) => {
      if (previous === undefined || !isTime(ms) || !isTime(previous)) return '';
      const unit = unitOf(ms - previous);
      return `${number.format((ms - previous) / unit.ms)} ${unit.symbol}`;
    },
  };
}

function unitOf(ms: number): (typeof UNITS)[number] {
  return UNITS.find((unit) => Math.abs(ms) >= unit.ms) ?? UNITS[3];
}

/** What `Date` can hold: a formatter throws for anything else. */
function isTime(ms: number): boolean {
  return Math.abs(ms) <= 8.64e15;
}

/** Lines that follow each other mostly have the same time. */
function lastKept(format: (ms: number) => string): (ms: number) => string {
  let last = NaN;
  let text = '';
  return (ms) => {
    if (ms !== last) text = format((last = ms));
    return text;
  };
}
