export { withoutEscapes } from './escapes.js';

/** Characters that act or hide instead of being seen. What joins and colours emoji stays; a second selector in a row is smuggled. */
const UNSEEN =
  /\r\n|(?<=\p{VS})\p{VS}|(?!\p{VS}|[\t\n]|(?<=[\p{Extended_Pictographic}\p{EMod}\ufe0f])\u200d(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/gu;

/** Most texts have nothing to look at: eight times faster. */
const BEYOND_ASCII = /[^\t\n\x20-\x7e]/;

/**
 * A text in which control characters, text direction and what has no width are marks such as `\u{202e}`; TAB and LF stay,
 * CRLF is LF.
 */
export function visible(text: string): string {
  return BEYOND_ASCII.test(text) ? text.replace(UNSEEN, mark) : text;
}

/** The same for every text in plain data. */
export function visibleIn<T>(data: T): T {
  return JSON.parse(JSON.stringify(data), (_name, value: unknown) =>
    typeof value === 'string' ? visible(value) : value,
  ) as T;
}

/** Where places of a text, in order, are in `visible(text)`. */
export function visiblePlaces(text: string, places: readonly number[]): number[] {
  const found = [...text.matchAll(UNSEEN)];
  let next = 0;
  let shift = 0;
  return places.map((place) => {
    for (let at = found[next]; at && at.index < place; at = found[++next]) {
      shift += mark(at[0]).length - at[0].length;
    }
    return place + shift;
  });
}

function mark(found: string): string {
  return found === '\r\n' ? '\n' : `\\u{${found.codePointAt(0)?.toString(16) ?? ''}}`;
}
