import { startChild } from './children.mjs';
import { median, medianRatio } from './median.mjs';
import { startRedis } from './redis-server.mjs';

const ROUNDS = 7;
const MIB = 1024 * 1024;
const NOWHERE = 'redis://127.0.0.1:1';
/** Lines a second of a process, under load and when there is nothing else. */
const LOAD = 2000;
const IDLE = 20;

/** One log of many processes in Redis: what it costs the processes, and Redis, and how soon lines arrive. */
export async function store({ isQuick }) {
  const redis = await startRedis();
  if (!redis) {
    console.error('store: redis-server is not on this machine; npm run setup:services installs it.');
    return [];
  }
  try {
    const rounds = isQuick ? 1 : ROUNDS;
    return [
      ...(await calls(redis, rounds, isQuick)),
      ...(await shipping(redis, rounds, isQuick, 100)),
      ...(await shipping(redis, rounds, isQuick, 1000)),
      ...(await delivery(redis, isQuick)),
      ...(await held(redis, isQuick)),
    ];
  } finally {
    await redis.stop();
  }
}

/** Asks each child in turn, round by round; answers by name. */
async function inTurn(children, rounds, question) {
  const found = {};
  try {
    for (const child of Object.values(children)) await child.ask(question);
    for (let round = 0; round < rounds; round++)
      for (const [name, child] of Object.entries(children))
        (found[name] ??= []).push(await child.ask(question));
  } finally {
    await Promise.all(Object.values(children).map((child) => child.stop()));
  }
  return found;
}

/** The value below which so many per cent of some numbers are. */
function percentile(numbers, percent) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}

const micros = (ns) => `${(ns / 1000).toFixed(2)} µs`;

async function calls(redis, rounds, isQuick) {
  const urls = { without: 'none', up: redis.url, down: NOWHERE };
  const children = Object.fromEntries(
    Object.entries(urls).map(([name, url]) => [name, startChild('store-call.child.mjs', url)]),
  );
  const found = await inTurn(children, rounds, isQuick ? 20 : 200);
  return ['up', 'down'].map((state) => ({
    what: `log call, shared store, Redis ${state}, against none`,
    ours: micros(median(found[state])),
    peer: micros(median(found.without)),
    ratio: median(found[state].map((ns, round) => (ns - found.without[round]) / 1000)),
    unit: ' µs',
    atMost: 0.5,
  }));
}

async function shipping(redis, rounds, isQuick, size) {
  const server = { peer: [], ready: [] };
  const started = {
    ours: startChild('store-ship.child.mjs', 'ours', redis.url, size),
    ring: startChild('store-ship.child.mjs', 'ring', redis.url, size),
    peer: startChild('store-ship.child.mjs', 'peer', redis.url, size),
    ready: startChild('store-redis.child.mjs', redis.url, size),
  };
  const children = Object.fromEntries(
    Object.entries(started).map(([name, child]) => {
      // The children work one after the other: what Redis does meanwhile is for this one.
      const ask = async (question) => {
        const before = await redis.cpuMicros();
        const { ns, lines } = await child.ask(question);
        server[name]?.push(((await redis.cpuMicros()) - before) / lines);
        return ns;
      };
      return [name, { ask, stop: child.stop }];
    }),
  );
  const found = await inTurn(children, rounds, (isQuick ? 5000 : 100_000) / size);
  const cost = found.ours.map((ns, round) => Math.max(1, ns - found.ring[round]));
  // The first answers are of the warm-up.
  const [perLine, perLineOfPeer] = [server.ready, server.peer].map((each) => median(each.slice(1)));
  const many = size.toLocaleString('en');
  return [
    {
      what: `a line to Redis, ${many} at a time, against xAdd`,
      ours: micros(median(cost)),
      peer: micros(median(found.peer)),
      ratio: medianRatio(found.peer, cost),
      atLeast: 12,
    },
    {
      what: `what a busy Redis has to do for it, ${many} at a time`,
      ours: `${perLine.toFixed(2)} µs`,
      peer: `${perLineOfPeer.toFixed(2)} µs`,
      ratio: perLine,
      unit: ' µs',
      atMost: 0.6,
    },
  ];
}

async function delivery({ url }, isQuick) {
  const reader = startChild('store-delivery.child.mjs', 'reader', url);
  const writers = ['web-1', 'web-2', 'web-3'].map((name) =>
    startChild('store-delivery.child.mjs', name, url),
  );
  const seconds = isQuick ? 1 : 10;
  try {
    await Promise.all([reader, ...writers].map((child) => child.ask({ seconds: 0.5, rate: IDLE })));
    await reader.ask({});
    const rows = [];
    for (const [name, busy, rate, atMost] of [
      ['idle', 1, IDLE, 10],
      ['3 × 2k lines/s', 3, LOAD, 75],
    ]) {
      await Promise.all(writers.slice(0, busy).map((writer) => writer.ask({ seconds, rate })));
      await new Promise((resolve) => setTimeout(resolve, 200));
      const found = await reader.ask({});
      const p99 = percentile(found, 99);
      const p50 = percentile(found, 50);
      rows.push({
        what: `delivery to another process, p99 (p50 as peer), ${name}`,
        ours: `${p99.toFixed(1)} ms`,
        peer: `${p50.toFixed(1)} ms`,
        ratio: p99,
        unit: ' ms',
        atMost,
      });
    }
    return rows;
  } finally {
    await Promise.all([reader, ...writers].map((child) => child.stop()));
  }
}

async function held(redis, isQuick) {
  const child = startChild('store-held.child.mjs', redis.url);
  const maxBytes = 8 * MIB;
  const lines = isQuick ? 100_000 : 1_000_000;
  try {
    // Lines of 290 bytes, twice as many as it may hold.
    await child.ask({ app: 'full', lines: 60_000, length: 160, maxBytes });
    const used = [];
    for (const key of ['s', 'x', 'm'])
      used.push(await redis.ask('MEMORY', 'USAGE', `lc:{full}:${key}`, 'SAMPLES', 0));
    const bytes = used.reduce((sum, each) => sum + each, 0);
    const bounds = { maxEntries: 2 * lines, maxBytes: 2 ** 30 };
    const { cleared, ms } = await child.ask(
      { app: 'many', lines, length: 40, clears: true, ...bounds },
      180_000,
    );
    return [
      {
        what: 'memory in Redis of a log that is full, against maxBytes',
        ours: `${(bytes / MIB).toFixed(2)} MiB`,
        peer: `${(maxBytes / MIB).toFixed(2)} MiB`,
        ratio: bytes / maxBytes,
        atMost: 1.2,
      },
      {
        what: `clear of ${cleared.toLocaleString('en')} lines`,
        ours: `${ms.toFixed(1)} ms`,
        peer: '–',
        ratio: ms,
        unit: ' ms',
        atMost: 10,
      },
    ];
  } finally {
    await child.stop();
  }
}
