import { print } from './print.mjs';
import { slope } from './slope.mjs';

/**
 * What the heap may grow by over the second half, by the line that fits its samples best: twice the most that it rose
 * or fell by in minutes beside busy loops (0.56 MiB). In ten minutes that is 7 bytes for each line that is logged.
 */
const HEAP_GROWTH = 1024 * 1024;
const CLOSE_MS = 1000;
/** What keeps a process busy that talks with its parent. */
export const OF_A_CHILD = { PipeWrap: 1 };

/** What was found, and whether it is as it has to be; undefined where it is shown only. */
export function checksOf({ before, samples, after, closed, accounts, perSecond }) {
  const half = samples.slice(samples.length / 2);
  const [first, last] = [half[0], half.at(-1)];
  const growth = slope(half.map(({ at, heapUsed }) => [at, heapUsed])) * (last.at - first.at);
  const sockets = Math.max(...half.map(({ resources }) => resources.TCPSocketWrap ?? 0));
  const most = 2 * sum(accounts, ({ readers }) => readers);
  const { accepted, belowLevel, rejected, readers } = after.stats;
  const missed = sum(accounts, (kind) => (kind.isSteady ? kind.missed : 0));
  const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`;
  const mib = (from, to) => [from, to].map((bytes) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`).join(' → ');
  const none = (what, value) => ({ what, value, bound: 'none', isOk: value === 'none' });
  const zero = (what, value) => ({ what, value, bound: '0', isOk: value === 0 });
  return [
    {
      what: 'heap in the second half',
      value: `${mib(first.heapUsed, last.heapUsed)}, fitted ${growth > 0 ? '+' : ''}${kib(growth)}`,
      bound: `≤ +${kib(HEAP_GROWTH)}`,
      isOk: growth <= HEAP_GROWTH,
    },
    { what: 'memory of the process', value: mib(samples[0].rss, after.rss), bound: 'shown' },
    {
      what: 'lines',
      value: `${Math.round(perSecond)}/s; ${accepted.total} accepted, ${belowLevel} below the level, ${rejected} rejected`,
      bound: 'shown',
    },
    zero('lines attempted but not accounted for', after.attempted - after.accountedFor),
    zero('missed by steady readers', missed),
    {
      what: 'connections, most in the second half',
      value: sockets,
      bound: `≤ ${most}`,
      isOk: sockets <= most,
    },
    zero('streams and polls when all have left', readers.streams + readers.polls),
    none('handles left by them', grown(before.resources, after.resources)),
    {
      what: 'app.close()',
      value: `${Math.round(closed.closeMs)} ms`,
      bound: `≤ ${CLOSE_MS} ms`,
      isOk: closed.closeMs <= CLOSE_MS,
    },
    none('handles left by it', grown(OF_A_CHILD, closed.resources)),
  ];
}

export function printChecks(checks) {
  console.log();
  print(
    ['what', 'found', 'has to be', ''],
    checks.map(({ what, value, bound, isOk }) => [
      what,
      value,
      bound,
      isOk === undefined ? '' : isOk ? 'ok' : 'NOT OK',
    ]),
  );
}

/** What there is more of than before, in words; `none`. */
export function grown(before, after) {
  const more = Object.entries(after).filter(([name, count]) => count > (before[name] ?? 0));
  return more.map(([name, count]) => `${name} ${before[name] ?? 0} → ${count}`).join(', ') || 'none';
}

function sum(items, count) {
  return items.reduce((total, item) => total + count(item), 0);
}
