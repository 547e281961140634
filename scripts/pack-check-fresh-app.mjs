// A Nest application as `nest new` writes it, with nothing of ours but `imports: [LogConsoleModule.forRoot()]`.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      target: 'ES2023',
      outDir: 'dist',
      rootDir: 'src',
      strict: true,
      skipLibCheck: false,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      types: ['node'],
    },
    include: ['src'],
  }),
  'src/main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

const app = await NestFactory.create(AppModule);
await app.listen(process.env.PORT ?? 3000);
`,
  'src/app.module.ts': `import { Module } from '@nestjs/common';
import { LogConsoleModule } from 'nestjs-log-console';

@Module({ imports: [LogConsoleModule.forRoot()] })
export class AppModule {}
`,
};

/** Installs the tarball into a fresh application, starts it in a terminal, follows the link it prints. */
export async function checkFreshApp(tarball, folder, check) {
  mkdirSync(join(folder, 'src'), { recursive: true });
  const { devDependencies: known } = JSON.parse(readFileSync('package.json', 'utf8'));
  const dependencies = [
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/platform-express',
    '@nestjs/swagger',
    'class-validator',
    'reflect-metadata',
    'rxjs',
    'typescript',
    '@types/node',
  ];
  const manifest = {
    name: 'fresh-app',
    version: '1.2.3',
    private: true,
    type: 'module',
    dependencies: {
      ...Object.fromEntries(dependencies.map((name) => [name, known[name]])),
      'nestjs-log-console': `file:${tarball}`,
    },
  };
  for (const [name, text] of Object.entries({ ...FILES, 'package.json': JSON.stringify(manifest) }))
    writeFileSync(join(folder, name), text);
  const run = (command, args) =>
    execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
  run('npx', ['tsc']);
  check(true, 'a fresh application compiles with skipLibCheck: false');

  const env = { ...process.env, PORT: '0', NODE_ENV: 'development' };
  delete env.LOG_CONSOLE_TOKEN;
  // util-linux' script gives it a terminal.
  const app = spawn('script', ['-qefc', 'node dist/main.js', '/dev/null'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [, origin, token] = await linkIn(app.stdout);
    check(true, 'it prints its link in the terminal');
    const answer = await fetch(`${origin}/log-console/api/entries`, {
      headers: { Authorization: `Bearer ${token}`, Connection: 'close' },
    });
    const { entries } = await answer.json();
    check(
      entries.some(({ context }) => context === 'RoutesResolver'),
      `its ${entries.length} boot lines are behind the link`,
    );
    check(!JSON.stringify(entries).includes(token), 'the token is not among them');
  } finally {
    app.kill();
  }
}

function linkIn(stream) {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`No link was printed within 30 s:\n${text}`)), 30_000);
    stream.on('data', (chunk) => {
      text += chunk;
      const link = /(http:\/\/localhost:\d+)\/log-console#token=([\w-]+)/.exec(text);
      if (!link) return;
      clearTimeout(timer);
      resolve(link);
    });
  });
}
