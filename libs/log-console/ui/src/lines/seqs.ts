interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Of a wider gap nothing can be loaded: so many thousand times as wide, numbers are no longer exact. */
export const MAX_WIDTH = 2 ** 42;

/** How many numbers a gap keeps free below its own: for each entry it misses one, and one for a gap that ends there. */
export function widthOf({ from, to }: Range): number {
  return from === undefined || to === undefined ? 0 : 2 * (to - from + 1);
}

/** The number of an entry that is loaded into a gap. */
export function seqInGap(gap: { readonly seq: number; readonly to: number }, id: number): number {
  return gap.seq - 1 - 2 * (gap.to - id);
}

/** The number of what is left of a gap, when it ends with this id. */
export function seqOfRest(gap: { readonly seq: number; readonly to: number }, to: number): number {
  return gap.seq - 2 * (gap.to - to);
}

/** A number that is free between a line and the one before it. */
export function seqBefore(
  line: Range & { readonly seq: number },
  previous?: { readonly seq: number },
): number {
  const end = line.seq - widthOf(line);
  return (Math.max(previous?.seq ?? -Infinity, end - 1) + end) / 2;
}
