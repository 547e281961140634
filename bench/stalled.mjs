import { startChild, startChildWith } from './children.mjs';
import { connectionsOf, tcpMemory } from './kernel-sockets.mjs';
import { median } from './median.mjs';

const READERS = 200;
const STALLED = 20;
const TIMED = 20;
/** So many that the kernel's buffers of who stalls are full after some seconds, and the rest of the minute shows what follows. */
const LINES_PER_SECOND = 2000;
const WARM_UP_MS = 3000;
const SAMPLE_MS = 1000;
/** The samples at the end that count: what piles up has piled up by then. */
const LAST = 10;
const GONE_WITHIN_MS = 5000;
/** What is garbage and not collected yet differs by tens of MiB between two runs of the same; a small heap collects it. */
const SMALL_HEAP = ['--max-old-space-size=64', '--max-semi-space-size=2'];
const MIB = 2 ** 20;

/** A server 10 % of whose readers take nothing, against one whose readers all read; at the same time, for a minute. */
export async function stalled({ isQuick }) {
  const seconds = isQuick ? 15 : 60;
  // In a quick run nobody has stalled for the 30 s after which ours lets go.
  const held = isQuick ? READERS : READERS - STALLED;
  const memory = [tcpMemory()];
  const sides = [];
  try {
    for (const stalls of [STALLED, 0]) sides.push(await Side.start(stalls));
    await Promise.all(sides.map((side) => side.server.ask('start')));
    await pause(WARM_UP_MS);
    await Promise.all(sides.map((side) => side.begin()));
    for (let second = 0; second < seconds; second++) {
      await pause(SAMPLE_MS);
      await Promise.all(sides.map((side) => side.sample()));
      memory.push(tcpMemory());
    }
    await Promise.all(sides.map((side) => side.end()));
    await Promise.all(sides.map((side) => side.leave()));
    memory.push(tcpMemory());
  } finally {
    await Promise.all(sides.map((side) => side.stop()));
  }
  return rowsOf(sides, `${seconds} s, ${STALLED} of ${READERS} stalled, none stalled`, { memory, held });
}

function rowsOf([some, none], what, { memory, held }) {
  const [before, after] = [memory[0], memory.at(-1)];
  return [
    {
      what: `${what}: memory`,
      ours: some.shownRss(),
      peer: none.shownRss(),
      ratio: some.rssMiB() - none.rssMiB(),
      unit: ' MiB',
      atMost: 4,
    },
    {
      what: `${what}: p99 until a line has reached the others`,
      ours: some.shownLatency(),
      peer: none.shownLatency(),
      ratio: some.p99 / none.p99,
      atMost: 1.2,
    },
    ...(some.atEnd
      ? [
          {
            what: `${what}: sockets held for who stalled for 30 s`,
            ours: `${some.atEnd.open} open, ${some.atEnd.halfClosed} half closed`,
            peer: `${none.atEnd.open} open, ${none.atEnd.halfClosed} half closed`,
            ratio: some.atEnd.open + some.atEnd.halfClosed - held,
            unit: '',
            atMost: 0,
          },
        ]
      : []),
    {
      what: `${what}: sockets left when all clients had gone`,
      ours: `${some.left} after ${some.goneMs} ms`,
      peer: `${none.left} after ${none.goneMs} ms`,
      ratio: some.left,
      unit: '',
      atMost: 0,
    },
    ...(before === undefined
      ? []
      : [
          {
            what: `${what}: the kernel's memory for TCP, before and after all`,
            ours: `${mib(after)} MiB (at most ${mib(Math.max(...memory))})`,
            peer: `${mib(before)} MiB`,
            ratio: (after - before) / MIB,
            unit: ' MiB',
            atMost: 4,
          },
        ]),
  ];
}

/** A server and its readers. */
class Side {
  rss = [];

  static async start(stalls) {
    const server = startChildWith(SMALL_HEAP, 'stream.server.mjs', 'ours', LINES_PER_SECOND);
    const readers = startChild('stream.clients.mjs');
    const target = await server.ask('listen');
    const { rss } = await server.ask('counts');
    await readers.ask({ count: READERS, stalled: stalls, timed: TIMED, ...target });
    return new Side({ stalls, server, readers, port: target.port, idle: rss });
  }

  constructor(parts) {
    Object.assign(this, parts);
  }

  async begin() {
    await this.readers.ask('clear latencies');
    this.from = await this.#counts();
  }

  async sample() {
    this.rss.push((await this.server.ask('counts')).rss - this.idle);
  }

  async end() {
    const to = await this.#counts();
    const lines = to.lines - this.from.lines;
    this.share = (to.delivered - this.from.delivered) / (lines * (READERS - this.stalls));
    this.p99 = await this.readers.ask('p99');
    this.atEnd = connectionsOf(this.port);
  }

  /** All clients go at once, as when a proxy dies; the server has to notice by itself. */
  async leave() {
    const start = performance.now();
    await this.readers.stop();
    do {
      await pause(50);
      const { sockets } = await this.server.ask('counts');
      const known = connectionsOf(this.port);
      this.left = Math.max(sockets, known ? known.open + known.halfClosed : 0);
      this.goneMs = Math.round(performance.now() - start);
    } while (this.left > 0 && this.goneMs < GONE_WITHIN_MS);
  }

  async stop() {
    await Promise.all([this.server.stop(), this.readers.stop()]);
  }

  /** What the readers and the log took, beside what the server took before. */
  rssMiB() {
    return median(this.rss.slice(-LAST)) / MIB;
  }

  shownRss() {
    return `+${this.rssMiB().toFixed(1)} MiB (at most ${mib(Math.max(...this.rss))})`;
  }

  shownLatency() {
    return `${this.p99} ms (${(this.share * 100).toFixed(1)} % arrived)`;
  }

  async #counts() {
    const [ofServer, ofReaders] = await Promise.all([this.server.ask('counts'), this.readers.ask('counts')]);
    return { ...ofServer, ...ofReaders };
  }
}

function mib(bytes) {
  return (bytes / MIB).toFixed(1);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
