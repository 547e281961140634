import { startChild } from './children.mjs';
import { median, medianRatio } from './median.mjs';

const ROUNDS = 9;
const CALLS = { own: 'log(string, context), each with a level', prefix: 'the same, by 100 beginnings' };
const AT_MOST = 1.1;

/** The cost of one log call where 100 contexts have a level, against the same where none has, in the same process. */
export async function levels() {
  const child = startChild('levels.child.mjs');
  const ns = {};
  try {
    await child.ask('warm-up');
    for (let round = 0; round < ROUNDS; round++) {
      for (const table of ['none', ...Object.keys(CALLS)]) (ns[table] ??= []).push(await child.ask(table));
    }
  } finally {
    await child.stop();
  }
  return Object.entries(CALLS).map(([table, what]) => ({
    what: `${what} (ours), none has one (peer)`,
    ours: nanoseconds(ns[table]),
    peer: nanoseconds(ns.none),
    ratio: medianRatio(ns[table], ns.none),
    atMost: AT_MOST,
  }));
}

function nanoseconds(rounds) {
  return `${median(rounds).toFixed(0)} ns`;
}
