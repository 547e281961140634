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

/** Installs what a manifest names. */
export function install(cwd) {
  return run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], { cwd });
}

/** Says what was looked at, and ends the check when it is not so. */
export function check(passed, what) {
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${what}`);
  if (!passed) throw new Error(what);
}
