import { type Line } from './line.js';

/** How many lines are missing among these, and whether that is all: of some nobody knows the number. */
export function missedIn(lines: readonly Line[]): { readonly count: number; readonly isExact: boolean } {
  let count = 0;
  let isExact = true;
  for (const line of lines) {
    if (line.kind !== 'gap' && line.kind !== 'restarted') continue;
    if (line.missed === null) isExact = false;
    else count += line.missed;
  }
  return { count, isExact };
}
