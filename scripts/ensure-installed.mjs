// Installs what is missing: `npm ci` when there are no dependencies yet, or package-lock.json is newer than they are.
import { execSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

/** npm writes it as the last thing of an installation. */
const installed = 'node_modules/.package-lock.json';

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  console.log('Installing the dependencies (npm ci)…');
  execSync('npm ci --no-fund --no-audit --loglevel=error', { stdio: 'inherit' });
}
