// `npm run bench`, or `npm run bench -- logging poll` for some: measures, prints one table. See docs/benchmarks.md.
import { context } from './context.mjs';
import { fileAppend } from './file-append.mjs';
import { fileMemory } from './file-memory.mjs';
import { fileNewest } from './file-newest.mjs';
import { fileReads } from './file-reads.mjs';
import { fanOut } from './fan-out.mjs';
import { fileDestination } from './file-destination.mjs';
import { levels } from './levels.mjs';
import { logging } from './logging.mjs';
import { pollHttp } from './poll-http.mjs';
import { poll } from './poll.mjs';
import { redaction } from './redaction.mjs';
import { stalled } from './stalled.mjs';
import { store } from './store.mjs';
import { printTable } from './table.mjs';

const QUICK = '--quick';
const benches = {
  logging,
  context,
  levels,
  redaction,
  poll,
  'poll-http': pollHttp,
  'fan-out': fanOut,
  stalled,
  'file-newest': fileNewest,
  'file-append': fileAppend,
  'file-reads': fileReads,
  'file-memory': fileMemory,
  'file-destination': fileDestination,
  store,
};
const given = process.argv.slice(2);
const isQuick = given.includes(QUICK);
const chosen = given.filter((name) => name !== QUICK);
const unknown = chosen.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are ${Object.keys(benches).join(', ')} and ${QUICK}.`);
  process.exit(2);
}

const rows = [];
for (const [name, measure] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const start = performance.now();
  rows.push(...(await measure({ isQuick })));
  console.error(`${name}: ${Math.round((performance.now() - start) / 1000)} s`);
}
printTable(rows);
if (isQuick) console.log(`${QUICK}: this shows that the benchmarks run; the figures are worth little.`);
