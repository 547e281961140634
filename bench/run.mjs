// `npm run bench`, or `npm run bench -- logging poll fan-out` for some: measures, prints one table. See README.md.
import { fanOut } from './fan-out.mjs';
import { logging } from './logging.mjs';
import { poll } from './poll.mjs';
import { printTable } from './table.mjs';

const benches = { logging, poll, 'fan-out': fanOut };
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

const rows = [];
for (const [name, measure] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const start = performance.now();
  rows.push(...(await measure()));
  console.error(`${name}: ${Math.round((performance.now() - start) / 1000)} s`);
}
printTable(rows);
