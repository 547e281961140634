import { startChild } from './children.mjs';
import { median, medianRatio } from './median.mjs';

const ROUNDS = 7;
const SECONDS = 2;
const COSTS_AT_MOST = 1.5;
const PEERS = { pino: 'pino', 'pino-async': 'pino, sync: false' };

/** The log written to a file at 10,000 lines a second: what a line costs, and whether all of them arrive. */
export async function fileDestination({ isQuick }) {
  const names = ['ours', ...Object.keys(PEERS)];
  const children = names.map((who) => startChild('file-destination.child.mjs', who));
  const found = {};
  try {
    for (const child of children) await child.ask(1);
    for (let round = 0; round < (isQuick ? 1 : ROUNDS); round++) {
      for (const [index, who] of names.entries())
        (found[who] ??= []).push(await children[index].ask(isQuick ? 0.2 : SECONDS));
    }
  } finally {
    await Promise.all(children.map((child) => child.stop()));
  }
  const costs = Object.fromEntries(names.map((who) => [who, found[who].map(({ ns }) => ns)]));
  const micros = (rounds) => `${(median(rounds) / 1000).toFixed(2)} µs`;
  const { bytes } = found.ours[0];
  return [
    ...Object.entries(PEERS).map(([peer, name]) => ({
      what: `a line of ${bytes} bytes to a file, 10k/s, ${name}`,
      ours: micros(costs.ours),
      peer: micros(costs[peer]),
      ratio: medianRatio(costs.ours, costs[peer]),
      ...(peer === 'pino' ? { atMost: COSTS_AT_MOST } : {}),
    })),
    {
      what: 'lines that are not in the file',
      ours: String(Math.max(...found.ours.map(({ missing }) => missing))),
      peer: String(Math.max(...found.pino.map(({ missing }) => missing))),
      ratio: Math.max(...found.ours.map(({ missing }) => missing)),
      unit: '',
      atMost: 0,
    },
  ];
}
