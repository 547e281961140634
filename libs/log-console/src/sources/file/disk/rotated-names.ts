/** A date, with or without a time: 20261119, 2026-11-19, 20261119-101112, 2026-11-19T10.11. */
const DATE = String.raw`\d{4}-?\d{2}-?\d{2}(?:[-_.T]?\d{1,6})*`;
const COUNT = String.raw`\d{1,6}`;
/** The name of a file that is written to under a name that counts up or has a date: `app.3.log`, `app-2026-11-19.log`. */
const MARKED = new RegExp(`^(?<stem>.+?)(?:(?<date>[-_.]${DATE})|\\.${COUNT})(?<ext>\\.[A-Za-z]\\w*)$`);
const natural = new Intl.Collator('en', { numeric: true });

/** One way in which the files that were once written under a name are called. */
export interface RotationScheme {
  /** Whether a name is of this scheme. */
  readonly has: (name: string) => boolean;
  /** Compares two of its names: negative where the first is older. */
  readonly compare: (a: string, b: string) => number;
}

/**
 * How files are called that were once written under this name: `app.log.1`, `app.log-20261119`, `app.1.log`,
 * `app-2026-11-19.log`, `20261119-1011-01-app.log`; of one that counts up, `app.3.log`, those before it. Never a
 * compressed one.
 */
export function rotationSchemes(name: string): RotationScheme[] {
  const whole = escaped(name);
  return [
    scheme(`${whole}[-_.]${COUNT}`, downward),
    scheme(`${whole}[-_.](?:${DATE}|\\d{8,})`, upward),
    scheme(`${DATE}-${whole}`, upward),
    ...schemesAround(name),
  ];
}

/** Those with something between the name and its extension. */
function schemesAround(name: string): RotationScheme[] {
  const marked = MARKED.exec(name)?.groups;
  if (marked) {
    const mark = marked.date === undefined ? `\\.${COUNT}` : `[-_.]${DATE}`;
    const { has, compare } = scheme(`${escaped(marked.stem)}${mark}${escaped(marked.ext)}`, upward);
    return [{ has: (other) => has(other) && compare(other, name) < 0, compare }];
  }
  const at = name.lastIndexOf('.');
  if (at <= 0) return [];
  const [stem, ext] = [escaped(name.slice(0, at)), escaped(name.slice(at))];
  return [scheme(`${stem}\\.${COUNT}${ext}`, downward), scheme(`${stem}[-_.]${DATE}${ext}`, upward)];
}

function scheme(pattern: string, compare: RotationScheme['compare']): RotationScheme {
  const names = new RegExp(`^${pattern}$`);
  return { has: (name) => names.test(name), compare };
}

function upward(a: string, b: string): number {
  return natural.compare(a, b);
}

function downward(a: string, b: string): number {
  return natural.compare(b, a);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
