// `npm run soak`, or `npm run soak -- 60` for so many seconds: a log under load with readers that come, stall, go and
// resume. Prints two tables; exits with 1 when an account is not exact, or something grew.
import { startChild } from '../../bench/children.mjs';
import { print } from './print.mjs';
import { slope } from './slope.mjs';

const LINES_PER_SECOND = 500;
/**
 * What the heap may grow by over the second half, by the line that fits its samples best: twice the most that it rose
 * or fell by in minutes beside busy loops (0.56 MiB). In ten minutes that is 7 bytes for each line that is logged.
 */
const HEAP_GROWTH = 1024 * 1024;
const SAMPLES = 60;
/** What keeps a process busy that talks with its parent. */
const OF_A_CHILD = { PipeWrap: 1 };

const seconds = Number(process.argv[2] ?? 600);
if (!(seconds >= 30)) {
  console.error('How many seconds? At least 30, in which the log turns over.');
  process.exit(2);
}

const server = startChild(new URL('server.mjs', import.meta.url));
const readers = startChild(new URL('readers.mjs', import.meta.url));
const { problems } = await soak().finally(() => Promise.all([server.stop(), readers.stop()]));
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
  return report({ before, samples, after, closed, accounts, lines });
}

/** After the readers left; the server hears of the last of them a moment later. */
async function settled(before) {
  await quiet(async () => !grown(before.resources, await server.ask('resources')));
  return server.ask('sample');
}

/** After `app.close()`; Node lets go of a server a turn later. */
async function settledResources() {
  await quiet(async () => !grown(OF_A_CHILD, await server.ask('resources')));
  return server.ask('resources');
}

/** Waits until it is so, some seconds at most. */
async function quiet(isSo) {
  for (let turn = 0; turn < 50 && !(await isSo()); turn++) await pause(100);
}

function report({ before, samples, after, closed, accounts, lines }) {
  const half = samples.slice(SAMPLES / 2);
  const spanS = half.at(-1).at - half[0].at;
  const growth = slope(half.map(({ at, heapUsed }) => [at, heapUsed])) * spanS;
  const sockets = Math.max(...half.map(({ resources }) => resources.TCPSocketWrap ?? 0));
  const people = accounts.reduce((sum, kind) => sum + kind.readers, 0);
  const unaccounted = after.attempted - after.accountedFor;
  const { streams, polls } = after.stats.readers;
  const left = grown(before.resources, after.resources);
  const kept = grown(OF_A_CHILD, closed.resources);
  const mib = (bytes) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
  const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`;

  print(
    ['readers', '', 'connections', 'stalls', 'ended', 'gaps', 'delivered', 'missed', 'filtered out', 'exact'],
    accounts.map((kind) => [
      kind.name,
      kind.readers,
      kind.connections,
      kind.stalls,
      kind.ended,
      kind.gaps,
      kind.delivered,
      kind.missed,
      kind.range - kind.delivered - kind.missed,
      kind.problems.length === 0 ? 'ok' : 'NOT OK',
    ]),
  );
  const checks = [
    [
      'heap, second half',
      `${mib(half[0].heapUsed)} → ${mib(half.at(-1).heapUsed)}, fitted ${growth > 0 ? '+' : ''}${kib(growth)}`,
      `≤ +${kib(HEAP_GROWTH)}`,
      growth <= HEAP_GROWTH,
    ],
    ['memory of the process, first and last sample', `${mib(samples[0].rss)} → ${mib(after.rss)}`, 'shown'],
    ['lines', `${lines}, ${Math.round(lines / seconds)}/s; ${attemptsOf(after)}`, 'shown'],
    ['attempted but not accounted for', unaccounted, '0', unaccounted === 0],
    ['missed by steady readers', missedBySteady(accounts), '0', missedBySteady(accounts) === 0],
    ['connections, most in the second half', sockets, `≤ ${people * 2}`, sockets <= people * 2],
    ['streams and polls when all have left', streams + polls, '0', streams + polls === 0],
    ['handles left by them', left ?? 'none', 'none', !left],
    ['app.close()', `${Math.round(closed.closeMs)} ms`, '≤ 1000 ms', closed.closeMs <= 1000],
    ['handles left by it', kept ?? 'none', 'none', !kept],
  ];
  console.log();
  print(
    ['what', 'found', 'has to be', ''],
    checks.map(([what, found, bound, isOk]) => [
      what,
      found,
      bound,
      bound === 'shown' ? '' : isOk ? 'ok' : 'NOT OK',
    ]),
  );
  return {
    problems: [
      ...accounts.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`)),
      ...checks
        .filter(([, , bound, isOk]) => bound !== 'shown' && !isOk)
        .map(([what, found]) => `${what}: ${found}`),
    ],
  };
}

function attemptsOf({ stats: { accepted, belowLevel, rejected } }) {
  return `${accepted.total} accepted, ${belowLevel} below the level, ${rejected} rejected`;
}

function missedBySteady(accounts) {
  return accounts.filter(({ isSteady }) => isSteady).reduce((sum, { missed }) => sum + missed, 0);
}

/** What there is more of than before, in words. */
function grown(before, after) {
  const more = Object.entries(after).filter(([name, count]) => count > (before[name] ?? 0));
  return more.map(([name, count]) => `${name} ${before[name] ?? 0} → ${count}`).join(', ') || undefined;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
