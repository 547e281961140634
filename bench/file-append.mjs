import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessLines } from './access-lines.mjs';
import { AppendedLines } from './appended-lines.mjs';
import { startChild } from './children.mjs';
import { withTempFolder } from './temp-folder.mjs';

const LINES = 400;
const PROMISED_MS = 5;
/** A pause longer than the tick of a stream, and never the same: what is measured is a line that comes by itself. */
const SHORTEST_PAUSE_MS = 60;
const LONGEST_PAUSE_MS = 140;

/** Time from the `write` of a line until the readers of the file have it: over HTTP, and with `tail -F` where there is one. */
export function fileAppend({ isQuick }) {
  return withTempFolder(async (folder) => {
    const path = join(folder, 'app.log');
    writeFileSync(path, accessLines(2 ** 16));
    const tail = await startTail(path);
    const server = startChild('file-append.server.mjs', path);
    const lines = new AppendedLines(path, tail ? ['stream', 'tail'] : ['stream']);
    try {
      const stream = await openStream(await server.ask('listen'));
      stream.on('data', lines.seen('stream'));
      tail?.stdout.on('data', lines.seen('tail'));
      return rowsOf(await measure(lines, isQuick ? LINES / 8 : LINES));
    } finally {
      lines.close();
      tail?.kill();
      await server.stop();
    }
  });
}

async function measure(lines, count) {
  const took = [];
  // The first ten are the warm-up.
  for (let line = -10; line < count; line++) {
    await pause(SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
    const ms = await lines.append();
    if (line >= 0) took.push(ms);
  }
  return took;
}

function rowsOf(took) {
  const what = `${took.length} appended lines, one at a time, until a reader has it`;
  const stream = took.map((ms) => ms.stream);
  const promised = {
    what: `${what}: p50`,
    ours: spell(within(stream, 0.5)),
    peer: `promised ${PROMISED_MS} ms`,
    ratio: within(stream, 0.5) / PROMISED_MS,
    atMost: 1,
  };
  if (took[0].tail === undefined) return [promised];
  const tail = took.map((ms) => ms.tail);
  const shown = [0.5, 0.99].map((share) => ({
    what: `${what}: p${share * 100}, tail -F`,
    ours: spell(within(stream, share)),
    peer: spell(within(tail, share)),
    ratio: within(stream, share) - within(tail, share),
    unit: ' ms',
  }));
  return [promised, ...shown];
}

function openStream({ port, token }) {
  const headers = { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' };
  const path = '/log-console/api/files/app/stream?limit=1';
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The server answered ${response.statusCode}.`));
      // From its first event on it follows.
      else response.once('data', () => resolve(response));
    });
    request.on('error', reject);
  });
}

/** Undefined where there is no such program. */
async function startTail(path) {
  const tail = spawn('tail', ['-n', '1', '-F', path], { stdio: ['ignore', 'pipe', 'ignore'] });
  process.once('exit', () => tail.kill());
  try {
    await Promise.race([
      once(tail.stdout, 'data'),
      once(tail, 'exit').then(() => Promise.reject(new Error('It ended.'))),
    ]);
    return tail;
  } catch {
    return undefined;
  }
}

/** The time within which such a share of the lines came. */
function within(ms, share) {
  return ms.toSorted((a, b) => a - b)[Math.ceil(ms.length * share) - 1];
}

function spell(ms) {
  return `${ms.toFixed(1)} ms`;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
