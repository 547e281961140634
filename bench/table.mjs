/**
 * @typedef {object} Row one comparison
 * @property {string} what what is measured
 * @property {string} ours @property {string} peer with their units
 * @property {number} ratio how many times more the peer costs (`atLeast`), or we cost (`atMost`)
 * @property {string} [unit] of `ratio`, where it is a difference or a count: default `×`
 * @property {number} [atLeast] @property {number} [atMost] the target; neither: shown only
 */

const HEAD = ['what', 'ours', 'peer', 'ratio', 'target', ''];

/** Prints one line per row, and what is missed once more. */
export function printTable(rows) {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const print = (line) =>
    console.log(
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
        .join('  '),
    );
  print(HEAD);
  console.log('-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)));
  for (const line of lines.slice(1)) print(line);
  const missed = lines.slice(1).filter((line) => line.at(-1) === 'NOT OK');
  const promised = rows.filter((row) => targetOf(row) !== undefined);
  console.log(`\n${promised.length - missed.length} of ${promised.length} targets met`);
  for (const [what, , , ratio, target] of missed) console.log(`missed: ${what}: ${ratio}, target ${target}`);
}

function cells(row) {
  const { what, ours, peer, ratio, unit = '×', atLeast } = row;
  const number = Number.isInteger(ratio) ? String(ratio) : ratio.toFixed(Math.abs(ratio) < 2 ? 2 : 1);
  const target = targetOf(row);
  if (target === undefined) return [what, ours, peer, `${number}${unit}`, 'shown', ''];
  const met = atLeast === undefined ? ratio <= target : ratio >= target;
  const sign = atLeast === undefined ? '≤' : '≥';
  return [what, ours, peer, `${number}${unit}`, `${sign} ${target}${unit}`, met ? 'ok' : 'NOT OK'];
}

function targetOf({ atLeast, atMost }) {
  return atLeast ?? atMost;
}
