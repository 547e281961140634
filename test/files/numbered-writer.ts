import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { LINES, ROTATIONS } from './account.js';

const run = promisify(execFile);
/** Not a divisor: the last file is shorter. */
const PER_FILE = 4600;

/** Writes as a daemon does, and opens its log again on SIGHUP; says when a rotation is due, and goes on meanwhile. */
const WRITER = `
const { closeSync, openSync, writeSync } = require('node:fs');
const [path] = process.argv.slice(1);
let fd = openSync(path, 'a');
let [line, due, done] = [0, 0, 0];
process.on('SIGHUP', () => {
  closeSync(fd);
  fd = openSync(path, 'a');
});
process.stdin.on('data', (acks) => (done += acks.length));
function write() {
  for (let count = 0; count < 40 && line < ${LINES}; count++) {
    if (line === (due + 1) * ${PER_FILE} && due < ${ROTATIONS}) {
      if (done < due) break;
      due++;
      process.stdout.write('.');
    }
    line++;
    writeSync(fd, 'line ' + line + ' ' + 'x'.repeat(line % 90) + '\\n');
  }
  if (line === ${LINES} && done === ${ROTATIONS}) process.exit(0);
  setTimeout(write, 1);
}
write();
`;

export interface Rotation {
  /** The process that writes: a SIGHUP makes it open its file again. */
  readonly pid: number;
  /** 1 for the first. */
  readonly count: number;
}

/** Writes the numbered lines to a file from a process of its own; `rotate` is called when it is time, while that goes on writing. */
export async function writeLines(
  path: string,
  rotate: (rotation: Rotation) => Promise<unknown>,
): Promise<void> {
  const child = spawn(process.execPath, ['-e', WRITER, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  try {
    let count = 0;
    for await (const dots of child.stdout) {
      for (let left = String(dots).length; left > 0; left--) {
        await rotate({ pid: child.pid!, count: ++count });
        child.stdin.write('.');
      }
    }
  } finally {
    child.kill();
    await exit;
  }
  if (child.exitCode !== 0) throw new Error(`The writer ended with ${child.exitCode ?? child.signalCode}`);
}

/** Runs a script of the shell in a folder, with variables. */
export async function shell(script: string, cwd: string, env: Record<string, string> = {}): Promise<void> {
  await run('sh', ['-ec', script], { cwd, env: { ...process.env, ...env } });
}

/** Runs a script of Node to its end. */
export async function node(script: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, ['-e', script, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The writer ended with ${code}`);
}
