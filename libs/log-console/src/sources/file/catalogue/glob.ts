/** A pattern for paths below a directory: `*` any part of a name, `?` one character, `**` any directories. */
export interface Glob {
  matches(path: string): boolean;
  /** How many names a matching path has at most. */
  readonly depth: number;
}

/** How a pattern is written, for error messages. */
export const GLOB_GRAMMAR =
  'a pattern such as "**/*.log" of at most 256 characters: names with * and ?, ** for any directories; no .., no hidden names, none of \\ { } [ ] ( ) !';

/** Names divided by slashes; what other tools give a meaning is refused, so that nobody takes it to have one here. */
const PATTERN = /^(?!\.)[^\\{}[\]()!\p{Cc}/]+(\/(?!\.)[^\\{}[\]()!\p{Cc}/]+)*$/u;

export function isGlob(text: string): boolean {
  return text.length <= 256 && PATTERN.test(text);
}

/** Node's own `matchesGlob` warns of being an experiment up to version 22, and follows patterns of any cost. */
export function compileGlob(pattern: string): Glob {
  const parts = pattern.split('/').map((part) => (part === '**' ? part : Array.from(part)));
  const depth = parts.includes('**') ? Infinity : parts.length;
  return { depth, matches: (path) => !isHidden(path) && matchesPath(parts, path.split('/')) };
}

/** Whether one of the names of a path is hidden. */
export function isHidden(path: string): boolean {
  return path.startsWith('.') || path.includes('/.');
}

function matchesPath(parts: readonly (readonly string[] | '**')[], names: readonly string[]): boolean {
  return matchesStars(parts, names, {
    isStar: (part) => part === '**',
    isOne: (part, name) =>
      matchesStars(part as readonly string[], Array.from(name), {
        isStar: (character) => character === '*',
        isOne: (character, given) => character === '?' || character === given,
      }),
  });
}

/** Goes back to the last star only: at worst the length of one times that of the other. */
function matchesStars<P, T>(
  pattern: readonly P[],
  text: readonly T[],
  { isStar, isOne }: { isStar: (part: P) => boolean; isOne: (part: P, item: T) => boolean },
): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let item = 0; item < text.length;) {
    const part = at < pattern.length ? pattern[at] : undefined;
    if (part !== undefined && isStar(part)) {
      star = at++;
      afterStar = item;
    } else if (part !== undefined && isOne(part, text[item])) {
      at++;
      item++;
    } else if (star >= 0) {
      at = star + 1;
      item = ++afterStar;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(isStar);
}
