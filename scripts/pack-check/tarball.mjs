import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, run } from './command.mjs';

const PACKAGE = 'libs/log-console';
const MAX_TARBALL = 650_000;
const CONTENT = /^(dist\/(esm|cjs)\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/;

/** Packs the library into the folder, looks at the tarball, and resolves to its path. */
export async function packAndCheck(folder) {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: PACKAGE });
  const [packed] = JSON.parse(stdout);
  const tarball = join(folder, packed.filename);
  const names = packed.files.map(({ path }) => path);
  check(packed.size < MAX_TARBALL, `the tarball has ${packed.size} bytes, under ${MAX_TARBALL}`);
  check(
    names.every((name) => CONTENT.test(name)),
    'it holds the two builds, README, LICENSE and CHANGELOG only',
  );
  check(!names.some((name) => /\.spec\.|\.tsbuildinfo$|\.map$/.test(name)), 'no specs and no maps are in it');

  const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  check(manifest.dependencies === undefined, 'it has no run-time dependencies');
  const undeclared = importedPackages().filter((name) => !(name in manifest.peerDependencies));
  check(undeclared.length === 0, `code and types import declared packages only${list(undeclared)}`);

  await run('npx', ['publint', '--strict', tarball]);
  check(true, 'publint finds nothing');
  await run('npx', ['attw', tarball]);
  check(true, 'arethetypeswrong finds nothing');
  return tarball;
}

const list = (names) => (names.length === 0 ? '' : `: not ${names.join(', ')}`);

/** The packages that the built code and its declarations name; Node's own modules aside. */
function importedPackages() {
  const dist = join(PACKAGE, 'dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(js|d\.ts)$/.test(name),
  );
  const names = files.flatMap((file) =>
    [
      ...readFileSync(join(dist, file), 'utf8').matchAll(
        /\b(?:from|import|require)\s*\(?\s*(["'])([^"'\n]+)\1/g,
      ),
    ].map(([, , name]) => name),
  );
  const packages = names.filter((name) => /^[@a-z]/.test(name) && !name.startsWith('node:'));
  return [
    ...new Set(
      packages.map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    ),
  ];
}
