/**
 * @typedef {object} Row one comparison
 * @property {string} what what is measured
 * @property {string} ours @property {string} peer with their units
 * @property {number} ratio how many times more the peer costs (`atLeast`), or we cost (`atMost`)
 * @property {number} [atLeast] @property {number} [atMost] the target; neither: shown only
 */

const HEAD = ['what', 'ours', 'peer', 'ratio', 'target', ''];

/** Prints one line per row. */
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
}

function cells({ what, ours, peer, ratio, atLeast, atMost }) {
  const target = atLeast ? `≥ ${atLeast}×` : atMost ? `≤ ${atMost}×` : 'shown';
  const met = atLeast ? ratio >= atLeast : ratio <= atMost;
  return [what, ours, peer, `${ratio.toFixed(1)}×`, target, target === 'shown' ? '' : met ? 'ok' : 'NOT OK'];
}
