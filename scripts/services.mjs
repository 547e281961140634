// The programs that tests need beside Node. They are taken from the machine; with CI=true, as root, missing ones are
// installed with apt, and so they are by `npm run setup:services`. Nothing asks for rights it does not have.
import { execFileSync, spawnSync } from 'node:child_process';
import { SERVICES, missingServices } from './service-list.mjs';

const install = process.argv.includes('--install') || process.env.CI === 'true';
const missing = missingServices();

if (missing.length > 0 && install) {
  const packages = missing.map((name) => SERVICES[name].apt);
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).error) {
    console.error(
      `Missing: ${missing.join(', ')}. Install them as root: apt-get install ${packages.join(' ')}`,
    );
    process.exit(process.env.CI === 'true' ? 1 : 0);
  }
  console.log(`Installing ${packages.join(', ')}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
}
