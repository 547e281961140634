import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Cursor } from '../../domain/cursor.js';
import { followerOf } from '../../testing/follower.js';
import { readBack, readOn, TempLog } from './temp-log.js';

const LINES = 50_000;
const ROTATIONS = 10;
/** Not a divisor: the last file is shorter. */
const PER_FILE = 4900;
const FROM_START = '0' as Cursor;

/** Writes numbered lines as fast as a busy application does, and rotates; every 40 lines it takes a breath. */
const WRITER = `
const { appendFileSync, copyFileSync, openSync, closeSync, renameSync, truncateSync, writeSync } = require('node:fs');
const [path, how] = process.argv.slice(1);
const shift = () => {
  for (let count = 30; count > 0; count--) try { renameSync(path + '.' + count, path + '.' + (count + 1)); } catch {}
};
let fd = openSync(path, 'a');
let old;
const ways = {
  rename() {
    shift();
    renameSync(path, path + '.1');
    old = fd;
    fd = openSync(path, 'a');
  },
  copytruncate() {
    shift();
    copyFileSync(path, path + '.1');
    truncateSync(path);
  },
  late() {
    shift();
    renameSync(path, path + '.1');
    old = fd;
    fd = openSync(path, 'a');
  },
};
const pause = new Int32Array(new SharedArrayBuffer(4));
for (let line = 1; line <= ${LINES}; line++) {
  writeSync(fd, 'line ' + line + ' ' + 'x'.repeat(line % 90) + '\\n');
  if (how === 'late' && old !== undefined && line % 500 < 50) writeSync(old, 'late ' + line + '\\n');
  if (line % 40 === 0) Atomics.wait(pause, 0, 0, 1);
  if (line % ${PER_FILE} === 0) {
    if (old !== undefined) closeSync(old);
    old = undefined;
    ways[how]();
  }
}
`;

describe(`a reader of ${LINES} numbered lines over ${ROTATIONS} rotations`, () => {
  let log: TempLog;

  beforeEach(() => {
    log = new TempLog();
  });
  afterEach(() => log.remove());

  async function write(how: string): Promise<void> {
    const child = spawn(process.execPath, ['-e', WRITER, log.path, how], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  }

  const numbers = (messages: readonly string[]): number[] =>
    messages.filter((message) => message.startsWith('line')).map((message) => Number(message.split(' ')[1]));
  const ALL = Array.from({ length: LINES }, (_, index) => index + 1);

  it.each(['rename', 'copytruncate', 'late'])(
    'gets each line once and in order while it is written (%s)',
    async (how) => {
      const follower = followerOf(log, log.source(), (await log.source().read({ limit: 0 })).next);
      await write(how);
      await follower.until('all lines', ({ messages }) => numbers(messages).length >= LINES);
      expect(numbers(follower.messages)).toEqual(ALL);
      expect(follower.gaps).toEqual([]);
      const { messages } = follower;
      const late = messages
        .filter((message) => message.startsWith('late'))
        .map((message) => Number(message.slice(5)));
      expect(late).toEqual(how === 'late' ? ALL.filter((line) => line > PER_FILE && line % 500 < 50) : []);
      // Written while the new file had lines already, they come before those.
      for (const line of late.filter((_, index) => index % 97 === 0)) {
        const first = line - ((line - 1) % PER_FILE);
        expect(messages.indexOf(`late ${line}`)).toBeLessThan(
          messages.findIndex((message) => message.startsWith(`line ${first} `)),
        );
      }

      const again = await readOn(log.source(), FROM_START, 5000);
      expect(numbers(again.messages)).toEqual(ALL.slice(-again.messages.length));
      const back = await readBack(log.source(), 5000);
      expect(numbers(back.messages)).toEqual(ALL);
    },
    60_000,
  );
});
