import { ESCAPES, hasEscapes } from './escapes.js';

/** The beginning of a text. */
export interface Cut {
  readonly text: string;
  /** Whether something is left out. */
  readonly cut: boolean;
  /** UTF-8 bytes of the whole. */
  readonly bytes: number;
}

/** At most `max` characters of a text; neither an escape sequence nor a character is cut in two. */
export function cut(text: string, max = 2_000): Cut {
  const bytes = new TextEncoder().encode(text).length;
  if (text.length <= max) return { text, cut: false, bytes };
  let end = max;
  if (hasEscapes(text)) {
    for (const { index, 0: escape } of text.matchAll(ESCAPES)) {
      if (index >= end) break;
      if (index + escape.length > end) end = index;
    }
  }
  if (/^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(end - 1, end + 1))) end--;
  return { text: text.slice(0, end), cut: true, bytes };
}
