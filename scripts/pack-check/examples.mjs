import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOKEN } from './ask-app.mjs';
import { install, run } from './command.mjs';
import { RunningApp } from './running-app.mjs';

const bearer = (token) => ({ headers: { Authorization: `Bearer ${token}` } });

/** The examples, and what each is asked: `ask(path, options)` resolves to status and text. */
export const EXAMPLES = [
  { name: 'quick-start', use: helloIsRead },
  { name: 'nest-11-commonjs', use: helloIsRead },
  { name: 'fastify', use: helloIsRead },
  { name: 'jwt-guard', use: onlySupervisorsRead },
  { name: 'minimal-client', use: ownPageIsServed },
];

/** Installs the tarball into a copy of an example, starts it as its README says, and uses it. Throws where it fails. */
export async function tryExample({ name, use }, folder, tarball) {
  const path = join(folder, `example-${name}`);
  const isSource = (file) => !/(node_modules|dist|package-lock\.json)$/.test(file);
  cpSync(join('examples', name), path, { recursive: true, filter: isSource });
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  manifest.dependencies['nestjs-log-console'] = `file:${tarball}`;
  writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
  await install(path);
  if (manifest.scripts.build) await run('npm', ['run', 'build'], { cwd: path });
  const env = { ...process.env, PORT: '0', LOG_CONSOLE_TOKEN: TOKEN };
  if (name === 'jwt-guard') delete env.LOG_CONSOLE_TOKEN;
  const [command, ...args] = manifest.scripts.start.split(' && ').at(-1).split(' ');
  const app = new RunningApp(command, args, { cwd: path, env });
  try {
    const [, port] = await app.printed(/listening at http:.*:(\d+)/);
    await use(async (url, options = {}) => {
      const headers = { ...options.headers, Connection: 'close' };
      const answer = await fetch(`http://localhost:${port}${url}`, { ...options, headers });
      return `${answer.status} ${await answer.text()}`;
    });
  } finally {
    await app.stop();
  }
}

function expect(answer, what) {
  if (!what.test(answer)) throw new Error(`${what} is not in: ${answer}`);
}

async function helloIsRead(ask) {
  expect(await ask('/'), /^200 Hello World!$/);
  expect(await ask('/log-console/api/entries'), /^401 /);
  expect(await ask('/log-console/api/entries', bearer(TOKEN)), /^200 .*somebody says hello/);
}

async function onlySupervisorsRead(ask) {
  const login = async (name) => {
    const answer = await ask('/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    expect(answer, /^201 /);
    return bearer(JSON.parse(answer.slice(4)).token);
  };
  expect(await ask('/log-console/api/entries'), /^401 /);
  expect(await ask('/log-console/api/entries', await login('bert')), /^403 /);
  expect(await ask('/log-console/api/entries', await login('anna')), /^200 .*bert signed in/);
}

async function ownPageIsServed(ask) {
  expect(await ask('/log-console/'), /^200 .*assets\/client\.js/s);
  expect(await ask('/log-console/assets/client.js'), /^200 /);
  expect(await ask('/log-console/assets/client.css'), /^200 /);
  expect(
    await ask('/log-console/api/entries', bearer(TOKEN)),
    /^200 .*Nest application successfully started/,
  );
}
