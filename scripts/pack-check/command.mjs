import { execFile } from 'node:child_process';

/** Runs a command to its end and resolves to what it wrote; rejects with all of that when it fails. */
export function run(command, args, { cwd = '.' } = {}) {
  return new Promise((settle, reject) => {
    execFile(command, args, { cwd, maxBuffer: 64 * 1024 ** 2 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`));
      else settle({ stdout, stderr });
    });
  });
}

/** Says what was looked at, and ends the check when it is not so. */
export function check(passed, what) {
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${what}`);
  if (!passed) throw new Error(what);
}
