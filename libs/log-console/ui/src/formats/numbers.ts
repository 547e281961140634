/** How the numbers of a page are written. */
export interface Numbers {
  /** `2,000` */
  count(value: number): string;
  /** `200 kB` */
  bytes(value: number): string;
  /** `84 ms`, `12.4 s`, `2 min 5 s`, `1 h 3 min` */
  duration(ms: number): string;
}

const BYTES = ['B', 'kB', 'MB', 'GB', 'TB'];

/** The numbers of a language. */
export function makeNumbers(locale: string): Numbers {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return {
    count: (value) => whole.format(value),
    bytes: (value) => {
      let unit = 0;
      let size = value;
      // What would be rounded to 1,000 is one of the next unit.
      for (; size >= 999.5 && unit < BYTES.length - 1; unit++) size /= 1_000;
      return `${(size < 10 ? tenths : whole).format(size)} ${BYTES[unit] ?? ''}`;
    },
    duration: (ms) => {
      if (ms < 1_000) return `${whole.format(ms)} ms`;
      if (ms < 60_000) return `${tenths.format(Math.floor(ms / 100) / 10)} s`;
      const isLong = ms >= 3_600_000;
      const [large, small] = isLong ? [3_600_000, 60_000] : [60_000, 1_000];
      const [first, second] = [Math.floor(ms / large), Math.floor((ms % large) / small)];
      return `${whole.format(first)} ${isLong ? 'h' : 'min'} ${second} ${isLong ? 'min' : 's'}`;
    },
  };
}
