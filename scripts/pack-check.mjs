// Packs the library and looks at the tarball as its users will: what is in it, how large it is, whether its types and
// entry points resolve, and whether a freshly generated Nest application shows its link and its boot lines with it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFreshApp } from './pack-check-fresh-app.mjs';

const MAX_TARBALL = 400 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'log-console-pack-'));

try {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', folder], 'libs/log-console'),
  );
  const tarball = join(folder, packed.filename);
  const names = packed.files.map(({ path }) => path);
  check(packed.size < MAX_TARBALL, `the tarball has ${packed.size} bytes, under ${MAX_TARBALL}`);
  check(
    names.every((name) =>
      /^(dist\/(esm|cjs)\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(name),
    ),
    'it holds the two builds, README, LICENSE and CHANGELOG only',
  );
  check(!names.some((name) => /\.spec\.|\.tsbuildinfo$/.test(name)), 'no specs are in it');
  const manifest = JSON.parse(readFileSync('libs/log-console/package.json', 'utf8'));
  check(manifest.dependencies === undefined, 'it has no run-time dependencies');

  run('npx', ['publint', '--strict', tarball]);
  check(true, 'publint finds nothing');
  run('npx', ['attw', tarball]);
  check(true, 'arethetypeswrong finds nothing');
  await checkFreshApp(tarball, join(folder, 'fresh-app'), check);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command, args, cwd = '.') {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    console.error(`${error.stdout ?? ''}${error.stderr ?? ''}`);
    throw new Error(`${command} ${args.join(' ')} failed`, { cause: error });
  }
}

function check(passed, what) {
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${what}`);
  if (!passed) throw new Error(what);
}
