import { startChild } from './children.mjs';
import { median, medianRatio } from './median.mjs';

const ROUNDS = 9;
const CALLS = { text: 'log(string)', data: 'log(message, 6 keys)' };
const PLACES = { values: 'in context(values, fn)', request: 'in a request' };
const AT_MOST = 1.3;

/** The cost of one log call of an application: inside a context, against outside of all, in the same process. */
export async function context() {
  const child = startChild('context.child.mjs');
  const ns = {};
  try {
    await child.ask(['warm-up']);
    for (let round = 0; round < ROUNDS; round++) {
      for (const call of Object.keys(CALLS)) {
        for (const place of ['outside', ...Object.keys(PLACES)])
          ((ns[call] ??= {})[place] ??= []).push(await child.ask([place, call]));
      }
    }
  } finally {
    await child.stop();
  }
  return Object.entries(CALLS).flatMap(([call, what]) =>
    Object.entries(PLACES).map(([place, where]) => ({
      what: `${what}, ${where} (ours) and outside (peer)`,
      ours: nanoseconds(ns[call][place]),
      peer: nanoseconds(ns[call].outside),
      ratio: medianRatio(ns[call][place], ns[call].outside),
      atMost: AT_MOST,
    })),
  );
}

function nanoseconds(rounds) {
  return `${median(rounds).toFixed(0)} ns`;
}
