// `npm run soak`, or `npm run soak -- 60` for so many seconds: a log under load with readers that come, stall, go and
// resume. Prints two tables; exits with 1 when an account is not exact, or something grew.
import { startChild } from '../../bench/children.mjs';
import { accountsProblems, printAccounts } from './accounts.mjs';
import { checksOf, grown, OF_A_CHILD, printChecks } from './checks.mjs';

const LINES_PER_SECOND = 500;
const SAMPLES = 60;

const seconds = Number(process.argv[2] ?? 600);
if (!(seconds >= 60)) {
  console.error('How many seconds? At least 60: in the second half everything has to be warm and full.');
  process.exit(2);
}

const server = startChild(new URL('server.mjs', import.meta.url));
const readers = startChild(new URL('readers.mjs', import.meta.url));
const found = await soak().finally(() => Promise.all([server.stop(), readers.stop()]));
const checks = checksOf(found);
printAccounts(found.accounts);
printChecks(checks);
const problems = [
  ...accountsProblems(found.accounts),
  ...checks.filter(({ isOk }) => isOk === false).map(({ what, value }) => `${what}: ${value}`),
];
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);

async function soak() {
  const place = await server.ask('listen');
  const before = await server.ask('sample');
  await readers.ask(place);
  await server.ask({ linesPerSecond: LINES_PER_SECOND });
  const samples = [];
  const from = performance.now();
  for (let turn = 1; turn <= SAMPLES; turn++) {
    await pause(from + (turn * seconds * 1000) / SAMPLES - performance.now());
    samples.push(await server.ask('sample'));
  }
  const { newest, lines } = await server.ask('stop');
  const accounts = await readers.ask({ newest }, 60_000);
  const after = await settled(before);
  const closeMs = await server.ask('close');
  const closed = { closeMs, resources: await settledResources() };
  return { before, samples, after, closed, accounts, perSecond: lines / seconds };
}

/** After the readers left; the server hears of the last of them a moment later. */
async function settled(before) {
  await quiet(before.resources);
  return server.ask('sample');
}

/** After `app.close()`; Node lets go of a server a turn later. */
async function settledResources() {
  await quiet(OF_A_CHILD);
  return server.ask('resources');
}

/** Waits until nothing keeps the server busy that did not before, some seconds at most. */
async function quiet(before) {
  for (let turn = 0; turn < 50; turn++) {
    if (grown(before, await server.ask('resources')) === 'none') return;
    await pause(100);
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
