import { startChild } from './children.mjs';
import { median, medianRatio } from './median.mjs';

const ROUNDS = 3;
const WARM_UP_MS = 2500;
const WINDOW_MS = 4000;
const PEERS = {
  plain: 'plain @Sse',
  betterSse: 'better-sse',
  buffered: '@Sse of 16 ms arrays, shared',
  bufferTimed: '@Sse of 16 ms arrays, per client',
};
/** Each with its peers: how many times less CPU per line and client ours must take, and how much of the memory. */
const CASES = [
  { clients: 100, linesPerSecond: 1000, peers: { plain: { atLeast: 10 }, betterSse: {} } },
  {
    clients: 1000,
    linesPerSecond: 1000,
    peers: {
      plain: { atLeast: 40 },
      betterSse: {},
      buffered: { atLeast: 1.7, rssAtMost: 0.5 },
      bufferTimed: { atLeast: 1.7, rssAtMost: 0.5 },
    },
  },
  // Who sends each line cannot keep up with the case above; with this one all can, and there is little to batch.
  { clients: 1000, linesPerSecond: 20, peers: { plain: {} } },
];

/** Server CPU per entry that reached a client, and the server's memory: `GET stream` against others. */
export async function fanOut({ isQuick }) {
  const rows = [];
  for (const { clients, linesPerSecond, peers } of CASES) {
    const rounds = Object.fromEntries(['ours', ...Object.keys(peers)].map((who) => [who, []]));
    for (let round = 0; round < (isQuick ? 1 : ROUNDS); round++) {
      for (const who of Object.keys(rounds)) {
        rounds[who].push(await measure(who, clients, linesPerSecond));
      }
    }
    const what = `stream, ${clients} clients, ${linesPerSecond} lines/s`;
    for (const [peer, { atLeast, rssAtMost }] of Object.entries(peers)) {
      const [ours, theirs] = [rounds.ours, rounds[peer]];
      rows.push({
        what: `${what}, ${PEERS[peer]}`,
        ours: shownCpu(ours),
        peer: shownCpu(theirs),
        ratio: medianRatio(theirs.map(perEntry), ours.map(perEntry)),
        atLeast,
      });
      rows.push({
        what: `${what}, ${PEERS[peer]}: memory`,
        ours: shownRss(ours),
        peer: shownRss(theirs),
        ratio: medianRatio(ours.map(rssOf), theirs.map(rssOf)),
        atMost: rssAtMost,
      });
    }
  }
  return rows;
}

/** One server, one process of clients, both gone afterwards; what happened while the window was open. */
async function measure(who, clients, linesPerSecond) {
  const server = startChild('stream.server.mjs', who, linesPerSecond);
  const readers = startChild('stream.clients.mjs');
  try {
    const target = await server.ask('listen');
    const idle = (await server.ask('counts')).rss;
    await readers.ask({ count: clients, ...target });
    await server.ask('start');
    await pause(WARM_UP_MS);
    const before = await counts(server, readers);
    await pause(WINDOW_MS);
    const after = await counts(server, readers);
    const [seconds, lines, cpuNs, delivered] = ['seconds', 'lines', 'cpuNs', 'delivered'].map(
      (name) => after[name] - before[name],
    );
    if (delivered === 0) throw new Error(`Nothing of ${who} reached the clients.`);
    return {
      cpuNs,
      delivered,
      linesPerSecond: lines / seconds,
      busy: cpuNs / seconds / 1e9,
      // Of what was logged times the clients; above 100 % while a backlog is worked off.
      share: delivered / (lines * clients),
      lost: after.lost,
      rss: after.rss,
      idle,
    };
  } finally {
    await Promise.all([server.stop(), readers.stop()]);
  }
}

async function counts(server, readers) {
  const [ofServer, ofReaders] = await Promise.all([server.ask('counts'), readers.ask('counts')]);
  return { ...ofServer, ...ofReaders };
}

function perEntry({ cpuNs, delivered }) {
  return cpuNs / delivered / 1000;
}

function rssOf({ rss }) {
  return rss / 2 ** 20;
}

function shownCpu(rounds) {
  const of = (name) => median(rounds.map((round) => round[name]));
  const lost = of('lost') > 0 ? `, ${of('lost')} clients lost` : '';
  const logged = `${of('linesPerSecond').toFixed(0)} lines/s, ${(of('share') * 100).toFixed(0)} % arrived`;
  return `${median(rounds.map(perEntry)).toFixed(2)} µs (${logged}, ${(of('busy') * 100).toFixed(0)} % CPU${lost})`;
}

function shownRss(rounds) {
  const idle = median(rounds.map((round) => round.idle)) / 2 ** 20;
  return `${median(rounds.map(rssOf)).toFixed(0)} MiB (${idle.toFixed(0)} without clients)`;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
