import { startChild } from './children.mjs';
import { median, medianRatio } from './median.mjs';

const ROUNDS = 9;
const TARGETS = { 500: 10, 10_000: undefined, 100_000: 40 };
/** "Independent of the capacity", with room for the noise of a shared machine. */
const SLOWER_AT_100K = 1.5;
const KINDS = { newest: 'newest 500', filtered: 'newest 500 of warn,error' };

/** Building the answer of a poll of the newest 500, against filtering an array of plain objects and JSON.stringify. */
export async function poll() {
  const us = {};
  for (const capacity of Object.keys(TARGETS)) {
    const ours = startChild('poll.child.mjs', 'ours', capacity);
    const naive = startChild('poll.child.mjs', 'naive', capacity);
    const mine = (us[capacity] = { newest: [[], []], filtered: [[], []] });
    try {
      for (const child of [ours, naive]) for (const kind of Object.keys(KINDS)) await child.ask(kind);
      for (let round = 0; round < ROUNDS; round++) {
        for (const kind of Object.keys(KINDS)) {
          mine[kind][0].push(await ours.ask(kind));
          mine[kind][1].push(await naive.ask(kind));
        }
      }
    } finally {
      await Promise.all([ours.stop(), naive.stop()]);
    }
  }
  return Object.entries(KINDS).flatMap(([kind, name]) => [
    ...Object.entries(us).map(
      ([
        capacity,
        {
          [kind]: [ours, naive],
        },
      ]) => ({
        what: `poll ${name}, capacity ${capacity}, array of objects`,
        ours: microseconds(ours),
        peer: microseconds(naive),
        ratio: medianRatio(naive, ours),
        atLeast: kind === 'newest' ? TARGETS[capacity] : undefined,
      }),
    ),
    {
      what: `poll ${name}, capacity 100000 (ours) and 500 (peer)`,
      ours: microseconds(us[100_000][kind][0]),
      peer: microseconds(us[500][kind][0]),
      ratio: median(us[100_000][kind][0]) / median(us[500][kind][0]),
      atMost: kind === 'newest' ? SLOWER_AT_100K : undefined,
    },
  ]);
}

function microseconds(rounds) {
  return `${median(rounds).toFixed(1)} µs`;
}
