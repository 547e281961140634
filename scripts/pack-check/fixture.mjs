import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, run } from './command.mjs';

const TEMPLATE = join(import.meta.dirname, 'template');

/** What the workspace has of it, so that the fixtures are held to versions that are looked after. */
const { devDependencies: known } = JSON.parse(readFileSync('package.json', 'utf8'));
const pick = (...names) => Object.fromEntries(names.map((name) => [name, known[name]]));

/** Whatever the application is: Nest's loggers, tests and bundlers as people have them. */
const TOOLS = {
  ...pick('typescript', '@types/node', 'jest', 'ts-jest', '@nestjs/cli', '@nestjs/schematics'),
  vitest: '4.1.12',
  esbuild: '0.28.2',
  'ts-loader': '9.6.2',
  'nest-winston': '2.0.0',
  winston: '3.19.0',
  ...pick('pino', 'pino-http'),
};

const NEST = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-express',
  '@nestjs/testing',
  '@nestjs/swagger',
];
const PEERS = { ...pick('class-validator', 'reflect-metadata', 'rxjs') };
const nest11 = Object.fromEntries(NEST.map((name) => [name, '^11.2.0']));

/** The applications the package is tried in. The second one has the oldest versions its peer ranges admit. */
export const FIXTURES = [
  {
    name: 'nest-11-cjs',
    nest: 11,
    format: 'commonjs',
    dependencies: { ...nest11, ...PEERS, 'nestjs-pino': '4.6.1' },
  },
  {
    name: 'nest-11-esm',
    nest: 11,
    format: 'module',
    dependencies: {
      ...Object.fromEntries(NEST.map((name) => [name, '11.2.0'])),
      'class-validator': '0.14.0',
      'reflect-metadata': '0.2.0',
      rxjs: '7.8.0',
      'nestjs-pino': '4.6.1',
    },
  },
  {
    name: 'nest-12-cjs',
    nest: 12,
    format: 'commonjs',
    dependencies: { ...pick(...NEST), ...PEERS, 'nestjs-pino': '5.2.1' },
  },
  {
    name: 'nest-12-esm',
    nest: 12,
    format: 'module',
    dependencies: { ...pick(...NEST), ...PEERS, 'nestjs-pino': '5.2.1' },
  },
];

/** Writes an application into `folder`, installs the tarball into it, and compiles it with `skipLibCheck: false`. */
export async function buildFixture({ name, format, dependencies }, folder, tarball) {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  cpSync(TEMPLATE, path, { recursive: true });
  const json = (file, value) => writeFileSync(join(path, file), JSON.stringify(value, null, 2));
  json('package.json', {
    name,
    version: '1.2.3',
    private: true,
    type: format,
    dependencies: { ...dependencies, 'nestjs-log-console': `file:${tarball}` },
    devDependencies: TOOLS,
    overrides: { 'unrs-resolver': '1.12.2' },
    jest: {
      testEnvironment: 'node',
      testRegex: '\\.spec\\.ts$',
      transform: { '\\.ts$': ['ts-jest', { useESM: format === 'module', diagnostics: false }] },
      extensionsToTreatAsEsm: format === 'module' ? ['.ts'] : [],
      moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    },
  });
  json('tsconfig.json', {
    compilerOptions: {
      module: 'nodenext',
      target: 'ES2023',
      outDir: 'dist',
      rootDir: 'src',
      strict: true,
      isolatedModules: true,
      skipLibCheck: false,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      types: ['node'],
    },
    include: ['src'],
  });
  json('nest-cli.json', { sourceRoot: 'src', compilerOptions: { webpack: true } });
  await install(path);
  await run('npx', ['tsc'], { cwd: path });
  return path;
}
