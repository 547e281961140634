const MAX = 12;

/** A name for a narrow column: what is longer keeps both ends, where names of instances differ. */
export function shortName(name: string): string {
  return name.length <= MAX ? name : `${name.slice(0, 4)}…${name.slice(5 - MAX)}`;
}
