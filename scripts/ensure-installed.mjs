// Installs what is missing: `npm ci` when node_modules was not made from this package-lock.json.
import { execSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const installed = 'node_modules/.package-lock.json';
const upToDate =
  existsSync(installed) && statSync(installed).mtimeMs >= statSync('package.json').mtimeMs - 1000;

if (!existsSync(installed)) {
  console.log('Installing the dependencies (npm ci)…');
  execSync('npm ci --no-fund --no-audit --loglevel=error', { stdio: 'inherit' });
} else if (!upToDate && process.env.CI === 'true') {
  execSync('npm ci --no-fund --no-audit --loglevel=error', { stdio: 'inherit' });
}
