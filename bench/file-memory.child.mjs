// An application that follows many log files, with a reader each; answers with what that takes of memory, garbage collected.
import { appendFileSync, closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { follow, parseCursor } from 'nestjs-log-console';
import { accessLines } from './access-lines.mjs';
import { answer } from './children.mjs';
import { filesService } from './file-app.mjs';

const SAMPLE_MS = 200;
const SWEPT_MS = 20;
/** After it nothing is on its way any more. */
const SETTLED_MS = 2000;
const MIB = 2 ** 20;
const WARM_UP_BYTES = 4 * MIB;
const WARM_UP_TIMES = 20;
const BLOCK = Buffer.alloc(MIB, 'stock of AB-444 is below its minimum; ');

const [folder] = process.argv.slice(2);
const service = await filesService([{ id: 'logs', directory: folder }]);

/** What `count` files with a reader each take while each gets, so many times, so many lines of so many bytes. */
answer(async ({ count, times, lines, lineBytes }) => {
  const warmUp = await Promise.all(['a.log', 'b.log', 'c.log'].map((name) => Followed.start(name)));
  for (let time = 0; time < WARM_UP_TIMES; time++)
    await Promise.all(warmUp.map((file) => file.grow(lines, Math.min(lineBytes, WARM_UP_BYTES))));
  await pause(SETTLED_MS);
  const base = await memory();
  const samples = [];
  const sampling = { isOn: true };
  const sampled = sample(samples, sampling);
  const names = Array.from({ length: count }, (_, index) => `${index}.log`);
  const files = await Promise.all(names.map((name) => Followed.start(name)));
  for (let time = 0; time < times; time++)
    await Promise.all(files.map((file) => file.grow(lines, lineBytes)));
  sampling.isOn = false;
  await sampled;
  await pause(SETTLED_MS);
  const settled = await memory();
  const growth = (kind, all) => (Math.max(...all.map((one) => one[kind])) - base[kind]) / count;
  return {
    most: growth('held', samples),
    settled: growth('held', [settled]),
    rss: growth('rss', samples),
  };
});

/** A file and its reader. */
class Followed {
  #wanted = Infinity;
  #arrived;

  static async start(name) {
    const followed = new Followed(name);
    writeFileSync(followed.path, accessLines(64 * 1024));
    const source = await service.file(`logs~${name}`);
    const arrived = followed.#readsTo(statSync(followed.path).size);
    void followed.#keepUp(source);
    await arrived;
    return followed;
  }

  constructor(name) {
    this.path = join(folder, name);
  }

  /** Appends lines, of long ones a megabyte at a time; resolves when the reader has been given them. */
  async grow(lines, lineBytes) {
    const file = openSync(this.path, 'a');
    for (let line = 1; line <= lines; line++) {
      for (let left = lineBytes - 1; left > 0; left -= MIB) {
        writeSync(file, BLOCK, 0, Math.min(left, MIB));
        if (left > MIB) await pause(0);
      }
      if (line < lines) writeSync(file, '\n');
    }
    closeSync(file);
    const arrived = this.#readsTo(statSync(this.path).size + 1);
    appendFileSync(this.path, '\n');
    await arrived;
  }

  #readsTo(size) {
    return new Promise((resolve) => {
      this.#wanted = size;
      this.#arrived = resolve;
    });
  }

  /** Not `for await`, which would hold each batch until the next one comes: that is the reader's memory, not the file's. */
  async #keepUp(source) {
    const batches = follow(source);
    for (;;) {
      const reached = await batches.next().then(({ value }) => parseCursor(value.next).id);
      if (reached >= this.#wanted) this.#arrived();
    }
  }
}

async function sample(samples, sampling) {
  while (sampling.isOn) {
    samples.push(await memory());
    await pause(SAMPLE_MS);
  }
}

/** The memory of buffers is given back a moment after they are collected. */
async function memory() {
  globalThis.gc();
  await pause(SWEPT_MS);
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, rss };
}
