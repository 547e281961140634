// Readers of one file in one process; counts what they read of the disk for each line that is appended.
import { appendFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { follow } from 'nestjs-log-console';
import { answer } from './children.mjs';
import { filesService } from './file-app.mjs';

/** Between two lines: all that one change leads to is over. */
const PAUSE_MS = 30;

const [path, readers] = process.argv.slice(2);
const reads = { ofLines: 0, ofHead: 0 };
await countReads();
const service = await filesService([{ id: 'app', path }]);
const source = await service.file('app');
const waiting = new Set();
for (let reader = 0; reader < Number(readers); reader++) void keepUp();

answer(async (lines) => {
  const before = { ...reads };
  for (let line = 0; line < lines; line++) {
    const all = everybodyHas(`line ${line}.`);
    appendFileSync(path, `${new Date().toISOString()} INFO line ${line}.\n`);
    await all;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  const perLine = (kind) => (reads[kind] - before[kind]) / lines;
  return { ofLines: perLine('ofLines'), ofHead: perLine('ofHead') };
});

async function keepUp() {
  for await (const { entries } of follow(source, { limit: 1 })) {
    for (const { message } of entries) for (const seen of waiting) seen(message);
  }
}

function everybodyHas(text) {
  return new Promise((resolve) => {
    let left = Number(readers);
    const seen = (message) => {
      if (!message.includes(text) || --left > 0) return;
      waiting.delete(seen);
      resolve();
    };
    waiting.add(seen);
  });
}

/** The first bytes of a file are read to know that it is still the same; what is read elsewhere is read for its lines. */
async function countReads() {
  const handle = await open(path);
  const prototype = Object.getPrototypeOf(handle);
  const { read } = prototype;
  prototype.read = function (...args) {
    if (args[3] === 0) reads.ofHead++;
    else reads.ofLines++;
    return read.apply(this, args);
  };
  await handle.close();
}
