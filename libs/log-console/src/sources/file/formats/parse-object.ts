/** What an object in JSON holds. */
export type Fields = Record<string, unknown>;

/** Digits that may be more than a number can hold, or an exponent. */
const MAY_BE_INEXACT = /\d{16}|\d[eE]\+?\d{3}/;
/** A text, which is skipped, or a number. */
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** The object that a text is in JSON; undefined where it is none. Whole numbers too long to be exact are texts. */
export function parseObject(text: string): Fields | undefined {
  try {
    let value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    // Only of what is valid: the pattern is linear there.
    if (MAY_BE_INEXACT.test(text)) value = JSON.parse(text.replace(TOKEN, exact));
    return value as Fields;
  } catch {
    return undefined;
  }
}

function exact(token: string): string {
  if (token.startsWith('"')) return token;
  const value = Number(token);
  const isExact = Number.isFinite(value) && (!/^-?\d{16,}$/.test(token) || String(value) === token);
  return isExact ? token : `"${token}"`;
}
