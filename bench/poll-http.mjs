import { startChild } from './children.mjs';
import { httpReader } from './http-reader.mjs';
import { median, medianRatio } from './median.mjs';

const ROUNDS = 5;
const READERS = 10;
/** What the server logs while polls arrive: so many lines per poll, in one burst every so many polls. */
const LINES_PER_POLL = 5;
const POLLS_PER_BURST = 20;
/** A poll ends so far behind what it would like: the burst, and the polls under way, may not have come yet. */
const BEHIND = (POLLS_PER_BURST + READERS) * LINES_PER_POLL;
const ADAPTERS = ['Express', 'Fastify'];
const TARGETS = { 10_000: 3, 100_000: 4 };
/** Polls by the entries they ask for: a reader that keeps up (what HTTP and Nest cost), the default, the most. */
const KINDS = {
  5: { polls: 500, hasTarget: false },
  500: { polls: 300, hasTarget: true },
  5000: { polls: 50, hasTarget: true },
};

/** Server CPU of one poll over HTTP, through Nest: `GET entries`, against a controller that filters an array. */
export async function pollHttp({ isQuick }) {
  const rows = [];
  for (const adapter of ADAPTERS) {
    for (const [held, target] of Object.entries(TARGETS)) {
      const us = await compare(adapter, Number(held), isQuick ? 2 : ROUNDS);
      for (const [entries, { hasTarget }] of Object.entries(KINDS)) {
        const { ours, naive } = us[entries];
        rows.push({
          what: `GET ${entries} of ${held} held, ${adapter}, naive controller`,
          ours: shown(ours),
          peer: shown(naive),
          ratio: medianRatio(naive, ours),
          atLeast: hasTarget ? target : undefined,
        });
      }
    }
  }
  return rows;
}

async function compare(adapter, held, rounds) {
  const contestants = [];
  const us = Object.fromEntries(Object.keys(KINDS).map((entries) => [entries, { ours: [], naive: [] }]));
  try {
    for (const who of ['ours', 'naive']) contestants.push(await Contestant.start(who, adapter, held));
    assertSame(await Promise.all(contestants.map((one) => one.entries(500))));
    // The first two rounds are the warm-up.
    for (let round = -2; round < rounds; round++) {
      for (const [entries, { polls }] of Object.entries(KINDS)) {
        for (const one of contestants) {
          const spent = await one.measure(Number(entries), polls);
          if (round >= 0) us[entries][one.who].push(spent);
        }
      }
    }
  } finally {
    await Promise.all(contestants.map((one) => one.stop()));
  }
  return us;
}

/** A server and its readers. */
class Contestant {
  static async start(who, adapter, held) {
    const server = startChild('poll-http.server.mjs', who, adapter, held, LINES_PER_POLL, POLLS_PER_BURST);
    const target = await server.ask('listen');
    const http = httpReader(target, READERS);
    const one = new Contestant(who, server, http, target.path);
    const [oldest] = await one.entries(1, 0);
    one.newest = oldest.id + held - 1;
    return one;
  }

  constructor(who, server, http, path) {
    Object.assign(this, { who, server, http, path });
  }

  /** The CPU time of a poll in microseconds. */
  async measure(entries, polls) {
    const before = await this.server.ask('cpuNs');
    let left = polls;
    const read = async () => {
      while (left-- > 0) await this.poll(entries);
    };
    await Promise.all(Array.from({ length: READERS }, read));
    return ((await this.server.ask('cpuNs')) - before) / polls / 1000;
  }

  /** So many entries, all of which are there already; the answer has exactly these. */
  async poll(count) {
    this.newest += LINES_PER_POLL;
    const after = this.newest - BEHIND - count;
    const body = await this.http.body(this.#path(count, after));
    const [first, last] = [idAt(body, body.indexOf(ID)), idAt(body, body.lastIndexOf(ID))];
    if (first !== after + 1 || last !== after + count)
      throw new Error(`${this.who} answered ${first} to ${last} to after=${after}&limit=${count}.`);
  }

  async entries(count, after = this.newest - BEHIND - count) {
    this.newest += LINES_PER_POLL;
    return JSON.parse(await this.http.body(this.#path(count, after))).entries;
  }

  async stop() {
    this.http.close();
    await this.server.stop();
  }

  #path(limit, after) {
    return `${this.path}?after=${after}&limit=${limit}`;
  }
}

const ID = Buffer.from('{"id":');

function idAt(body, at) {
  return Number.parseInt(body.toString('latin1', at + ID.length, at + ID.length + 16), 10);
}

/** Both answer the same but for ids and times. */
function assertSame([ours, naive]) {
  const text = (entries) => JSON.stringify(entries.map((entry) => ({ ...entry, id: 0, time: '' })));
  if (text(ours) !== text(naive)) throw new Error('The naive controller does not answer what ours does.');
}

function shown(us) {
  return `${median(us).toFixed(0)} µs (${(1e6 / median(us)).toFixed(0)}/CPU s)`;
}
