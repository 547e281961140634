import { isProblem } from './entry-line.js';
import { type Line } from './line.js';
import { type Place } from './place.js';
import { type Row } from './rows.js';

/** The next row with a problem after (1) or before (-1) a row; -1 when there is none. */
export function nextProblem(rows: readonly Row[], fromIndex: number, direction: 1 | -1): number {
  for (let index = fromIndex + direction; index >= 0 && index < rows.length; index += direction) {
    const row = rows[index];
    if (row && isProblem(row.line)) return index;
  }
  return -1;
}

/** How many problems came after the entry that was looked at last, and the number of the first of them. */
export function problemsSince(
  lines: readonly Line[],
  newestLookedAt: Place | undefined,
): { count: number; first: number | undefined } {
  let count = 0;
  let first: number | undefined;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    if (line?.kind !== 'entry') continue;
    if (line.epoch === newestLookedAt?.epoch && line.entry.id <= newestLookedAt.id) break;
    if (!isProblem(line)) continue;
    count++;
    first = line.seq;
  }
  return { count, first };
}
