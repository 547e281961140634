/** The middle of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of a / b, round by round: what slows a whole round does not count. */
export function medianRatio(a, b) {
  return median(a.map((value, round) => value / b[round]));
}
