import { closeSync, openSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { accessLines } from './access-lines.mjs';
import { startChild } from './children.mjs';
import { median, medianRatio } from './median.mjs';
import { withTempFolder } from './temp-folder.mjs';

const ROUNDS = 3;
const MIB = 2 ** 20;
const FILE_MIB = 1024;
const NEEDED_MIB = 2 * FILE_MIB;
/** Ours takes milliseconds: so many reads per measurement. */
const READS = 200;
const NAIVE = 'naive';
const OURS = {
  plain: { name: 'no redaction', atLeast: 1000 },
  redacted: { name: 'redaction', atLeast: 250 },
  json: { name: 'redaction, with their JSON' },
};
const LONGEST_MS = 120_000;

/** Time until the newest 500 lines of a large file are there, against reading all of it. */
export function fileNewest({ isQuick }) {
  return withTempFolder(async (folder) => {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < NEEDED_MIB * MIB) {
      console.error(`\nfile-newest is LEFT OUT: it needs ${NEEDED_MIB} MiB of space in ${folder}.\n`);
      return [];
    }
    const path = join(folder, 'access.log');
    writeFile(path);
    return compare(path, isQuick ? 1 : ROUNDS);
  });
}

async function compare(path, rounds) {
  const all = [...Object.keys(OURS), NAIVE].map((who) => new Contestant(who, path));
  const naive = all.at(-1);
  try {
    for (const one of all) await one.begin();
    assertSame(all.map(({ found }) => found));
    // The first round is the warm-up.
    for (let round = -1; round < rounds; round++) for (const one of all) await one.measure(round >= 0);
  } finally {
    await Promise.all(all.map(({ child }) => child.stop()));
  }
  const what = `newest 500 lines of ${FILE_MIB} MiB`;
  const rows = all.slice(0, -1).map((one) => ({
    what: `${what}, ${OURS[one.who].name}, all of it streamed`,
    ours: spell(median(one.ms)),
    peer: spell(median(naive.ms)),
    ratio: medianRatio(naive.ms, one.ms),
    atLeast: OURS[one.who].atLeast,
  }));
  const [{ firstMs }] = all;
  const first = { ours: spell(firstMs), peer: spell(naive.firstMs), ratio: naive.firstMs / firstMs };
  return [...rows, { what: `${what}, no redaction, the first read of a process`, ...first }];
}

class Contestant {
  ms = [];

  constructor(who, path) {
    this.who = who;
    this.child = startChild('file-newest.child.mjs', who, path);
  }

  async begin() {
    const { ms, found } = await this.child.ask(1, LONGEST_MS);
    this.firstMs = ms;
    this.found = found;
  }

  async measure(counts) {
    const { ms } = await this.child.ask(this.who === NAIVE ? 1 : READS, LONGEST_MS);
    if (counts) this.ms.push(ms);
  }
}

function assertSame(found) {
  const [one, ...others] = found;
  if (!one.startsWith('500 ') || others.some((other) => other !== one))
    throw new Error(`Not the same: ${found.join(', ')}.`);
}

function writeFile(path) {
  const block = Buffer.from(accessLines(MIB));
  const file = openSync(path, 'w');
  try {
    for (let mib = 0; mib < FILE_MIB; mib++) writeSync(file, block);
  } finally {
    closeSync(file);
  }
}

function spell(ms) {
  return ms < 100 ? `${ms.toFixed(2)} ms` : `${Math.round(ms)} ms`;
}
