// Packs the library and tries the tarball as its users will: what is in it, and whether applications on Nest 11 and 12,
// in CommonJS and as ES modules, compile, run, test and bundle with it, the examples among them. Arguments: which of
// the fixtures and examples to try; default: all.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useApp, useBareApp } from './ask-app.mjs';
import { check, run } from './command.mjs';
import { EXAMPLES, tryExample } from './examples.mjs';
import { buildFixture, FIXTURES } from './fixture.mjs';
import { compareLogger } from './loggers.mjs';
import { packAndCheck } from './tarball.mjs';

const folder = mkdtempSync(join(tmpdir(), 'log-console-pack-'));
const [major, minor] = process.versions.node.split('.').map(Number);
/** Jest can require an ES module, as CommonJS applications on Nest 12 must, from Node 24.9 on. */
const jestRequiresEsm = major > 24 || (major === 24 && minor >= 9);

try {
  const tarball = await packAndCheck(folder);
  const asked = process.argv.slice(2);
  const jobs = [
    ...FIXTURES.map((fixture) => ({ name: fixture.name, run: () => tryIn(fixture, tarball) })),
    ...EXAMPLES.map((example) => ({
      name: example.name,
      run: async () => {
        await tryExample(example, folder, tarball);
        check(true, `examples/${example.name}: starts, and answers as it says`);
      },
    })),
  ].filter(({ name }) => asked.length === 0 || asked.includes(name));
  // Two at a time: one installs while the other computes.
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job.run();
  };
  await Promise.all([worker(), worker()]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tryIn(fixture, tarball) {
  const { name } = fixture;
  const path = await buildFixture(fixture, folder, tarball);
  check(true, `${name}: compiles with skipLibCheck: false`);
  await useApp(path);
  check(true, `${name}: starts, signs in, polls, streams, stops`);
  await useBareApp(path);
  check(true, `${name}: a bare forRoot() prints its link in a terminal, and the boot lines are behind it`);
  if (name === 'nest-12-cjs' && !jestRequiresEsm)
    console.log(`---- ${name}: Jest cannot load Nest itself before Node 24.9`);
  else {
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    await run(process.execPath, [...flags, 'node_modules/jest/bin/jest.js'], { cwd: path });
    check(true, `${name}: its Jest passes`);
  }
  await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run'], { cwd: path });
  check(true, `${name}: its Vitest passes`);
  for (const logger of ['pino', 'winston']) {
    await compareLogger(path, logger);
    check(true, `${name}: ${logger} prints as before, and the entries are right`);
  }
  if (name === 'nest-12-esm') {
    await bundleWithEsbuild(path);
    check(true, `${name}: bundled into one file with esbuild it serves everything`);
  }
  if (name === 'nest-11-cjs') {
    await bundleWithWebpack(path);
    check(true, `${name}: bundled with webpack by nest build it serves everything`);
  }
  rmSync(path, { recursive: true, force: true });
}

async function bundleWithEsbuild(path) {
  const optional = [
    '@nestjs/microservices',
    '@nestjs/websockets',
    '@nestjs/platform-fastify',
    '@fastify/static',
    'class-transformer',
  ];
  await run(
    'npx',
    [
      'esbuild',
      'dist/main.js',
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--outfile=bundle/main.mjs',
      '--log-level=error',
      "--banner:js=import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
      ...optional.flatMap((name) => [`--external:${name}`, `--external:${name}/*`]),
    ],
    { cwd: path },
  );
  await useApp(path, 'bundle/main.mjs');
}

async function bundleWithWebpack(path) {
  rmSync(join(path, 'dist'), { recursive: true });
  await run('npx', ['nest', 'build', '--webpack', '--webpackPath', 'webpack.config.cjs'], { cwd: path });
  await useApp(path);
}
