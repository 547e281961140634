// Runs the unit and end-to-end tests (on Express and Fastify) on every Node.js the package is for; the npm package
// `node` brings the binaries. Arguments: the versions to try; default: 20.19.0, 22 and 24.
import { spawnSync } from 'node:child_process';

const asked = process.argv.slice(2);
const versions = asked.length > 0 ? asked : ['20.19.0', '22', '24'];
/** What is not about Node.js, or measures time for minutes: the browser's suites and the soak run. */
const LEFT_OUT = ['test/browser/', 'test/soak/'];
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  '--silent',
  `--testPathIgnorePatterns=${LEFT_OUT.join('|')}`,
];

const failed = versions.filter((version) => {
  const node = ['exec', '--yes', `--package=node@${version}`, '--', 'node'];
  const { stdout } = spawnSync('npm', [...node, '--version'], { encoding: 'utf8' });
  console.log(`\n=== Node.js ${stdout.trim()}`);
  return spawnSync('npm', [...node, ...jest], { stdio: 'inherit' }).status !== 0;
});
console.log(failed.length === 0 ? `\nGreen on ${versions.join(', ')}` : `\nRED on ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
