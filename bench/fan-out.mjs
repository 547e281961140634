import { startChild } from './children.mjs';
import { median, medianRatio } from './median.mjs';

const ROUNDS = 3;
const WARM_UP_MS = 3000;
const WINDOW_MS = 5000;
const CASES = [
  { clients: 100, linesPerSecond: 1000, atLeast: 10 },
  { clients: 1000, linesPerSecond: 1000, atLeast: 40 },
  // The plain stream cannot keep up with the case above; with this one both can, and there is little to batch.
  { clients: 1000, linesPerSecond: 20 },
];

/** Server CPU per entry that reached a client: `GET stream`, against a plain `@Sse` that sends one event per line. */
export async function fanOut() {
  const rows = [];
  for (const { clients, linesPerSecond, atLeast } of CASES) {
    const rounds = { ours: [], plain: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const who of ['ours', 'plain']) rounds[who].push(await measure(who, clients, linesPerSecond));
    }
    const perEntry = (who) => rounds[who].map(({ cpuNs, delivered }) => cpuNs / delivered / 1000);
    rows.push({
      what: `stream, ${clients} clients, ${linesPerSecond} lines/s, plain @Sse`,
      ours: shown(perEntry('ours'), rounds.ours),
      peer: shown(perEntry('plain'), rounds.plain),
      ratio: medianRatio(perEntry('plain'), perEntry('ours')),
      atLeast,
    });
  }
  return rows;
}

/** One server, one process of clients, both gone afterwards; what happened while the window was open. */
async function measure(who, clients, linesPerSecond) {
  const server = startChild('fan-out.server.mjs', who, linesPerSecond);
  const readers = startChild('fan-out.clients.mjs');
  try {
    const target = await server.ask('listen');
    await readers.ask({ connect: clients, ...target });
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
    };
  } finally {
    await Promise.all([server.stop(), readers.stop()]);
  }
}

async function counts(server, readers) {
  const [ofServer, ofReaders] = await Promise.all([server.ask('counts'), readers.ask('counts')]);
  return { ...ofServer, ...ofReaders };
}

function shown(perEntry, rounds) {
  const of = (name) => median(rounds.map((round) => round[name]));
  const lost = of('lost') > 0 ? `, ${of('lost')} clients lost` : '';
  const logged = `${of('linesPerSecond').toFixed(0)} lines/s, ${(of('share') * 100).toFixed(0)} % arrived`;
  return `${median(perEntry).toFixed(2)} µs (${logged}, ${(of('busy') * 100).toFixed(0)} % CPU${lost})`;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
