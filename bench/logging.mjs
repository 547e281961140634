import { startChild } from './children.mjs';
import { median, medianRatio } from './median.mjs';

const ROUNDS = 9;
const CAPACITIES = [500, 10_000, 100_000];
const PEERS = { console: 'ConsoleLogger', pino: 'pino' };
/** The calls, and how many times cheaper than each peer ours must be. */
const CALLS = {
  text: { what: 'log(string)', console: 25, pino: 20 },
  data: { what: 'log(message, 6 keys)', console: 8, pino: 4 },
  error: { what: 'error(message, stack)' },
  fresh: { what: 'log(`new ${string}`)' },
  context: { what: 'log(string, context)' },
};
/** With the level check, and with redaction on: how many times cheaper than each peer. */
const AS_THE_MODULE = { text: { console: 4 }, data: { console: 3 } };
/** Without a target, to know what the others leave out. */
const EXTRA = ['fresh', 'context'];
const SLOWER_AT_100K = 2;

/** The cost of one log call: ours, captured and nothing printed, against loggers that write to /dev/null. */
export async function logging() {
  const names = [...CAPACITIES, 'module', ...Object.keys(PEERS)];
  const children = names.map((who) => startChild('logging.child.mjs', who));
  const ns = {};
  try {
    for (const child of children) await child.ask('warm-up');
    for (let round = 0; round < ROUNDS; round++) {
      for (const call of Object.keys(CALLS)) {
        for (const [index, who] of names.entries()) {
          ((ns[call] ??= {})[who] ??= []).push(await children[index].ask(call));
        }
      }
    }
  } finally {
    await Promise.all(children.map((child) => child.stop()));
  }
  return [...againstPeers(ns), ...asTheModule(ns), ...againstCapacity(ns)];
}

function againstPeers(ns) {
  return Object.entries(CALLS).flatMap(([call, targets]) =>
    (EXTRA.includes(call) ? [10_000] : CAPACITIES).flatMap((capacity) =>
      Object.entries(PEERS).map(([peer, name]) => ({
        what: `${targets.what}, capacity ${capacity}, ${name}`,
        ours: nanoseconds(ns[call][capacity]),
        peer: nanoseconds(ns[call][peer]),
        ratio: medianRatio(ns[call][peer], ns[call][capacity]),
        atLeast: targets[peer],
      })),
    ),
  );
}

function asTheModule(ns) {
  return Object.entries(AS_THE_MODULE).flatMap(([call, targets]) =>
    Object.entries(PEERS).map(([peer, name]) => ({
      what: `${CALLS[call].what}, as the module wires it, ${name}`,
      ours: nanoseconds(ns[call].module),
      peer: nanoseconds(ns[call][peer]),
      ratio: medianRatio(ns[call][peer], ns[call].module),
      atLeast: targets[peer],
    })),
  );
}

function againstCapacity(ns) {
  return Object.entries(CALLS).map(([call, { what }]) => ({
    what: `${what}, capacity 100000 (ours) and 500 (peer)`,
    ours: nanoseconds(ns[call][100_000]),
    peer: nanoseconds(ns[call][500]),
    ratio: medianRatio(ns[call][100_000], ns[call][500]),
    atMost: EXTRA.includes(call) ? undefined : SLOWER_AT_100K,
  }));
}

function nanoseconds(rounds) {
  return `${median(rounds).toFixed(0)} ns`;
}
