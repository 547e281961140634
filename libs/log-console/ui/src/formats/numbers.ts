/** How the numbers of a page are written. */
export interface Numbers {
  /** `2,000` */
  count(value: number): string;
  /** `200 kB` */
  bytes(value: number): string;
  /** `1.5 s` */
  seconds(ms: number): string;
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
    seconds: (ms) => `${tenths.format(ms / 1_000)} s`,
  };
}
