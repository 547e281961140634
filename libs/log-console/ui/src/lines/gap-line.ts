import { type Missing } from './gap-arithmetic.js';
import { type GapLine, type Line, type RestartLine } from './line.js';

/** Makes the line of what is missing. */
export function gapLine(
  { reason, missed, from, to, instance }: Missing,
  place: Pick<Line, 'seq' | 'epoch' | 'at'>,
): GapLine | RestartLine {
  if (reason === 'restarted') return { kind: 'restarted', missed, ...place };
  const range = from === undefined || to === undefined ? {} : { from, to };
  return { kind: 'gap', reason, missed, ...range, ...(instance !== undefined && { instance }), ...place };
}

/** The first id a line stands for; undefined where there is none. */
export function firstIdOf(line: Line): number | undefined {
  return line.kind === 'entry' ? line.entry.id : line.kind === 'gap' ? line.from : undefined;
}

/** The last id a line stands for; undefined where there is none. */
export function lastIdOf(line: Line): number | undefined {
  return line.kind === 'entry' ? line.entry.id : line.kind === 'gap' ? line.to : undefined;
}
