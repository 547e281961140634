// `npm run start:cluster`: the warehouse three times behind nginx, with one log in Redis. Ctrl+C ends all of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { demoTokens, listenHost } from '../../dist/demo-tokens.js';
import { readPort } from '../../dist/settings.js';
import { welcome } from '../../dist/welcome.js';
import { findService } from '../service-list.mjs';
import { nginxConfig } from './nginx-config.mjs';
import { freePorts, isFree, listens } from './ports.mjs';
import { Program } from './program.mjs';

const INSTANCES = 3;
const REDIS_AGAIN_MS = 5000;
/** Long enough to be seen as gone. */
const INSTANCE_AGAIN_MS = 30_000;
const START_MS = 30_000;

const services = ['redis-server', 'nginx'].map((name) => ({ name, command: findService(name) }));
const missing = services.filter(({ command }) => command === undefined).map(({ name }) => name);
if (missing.length > 0)
  end(`Not on this machine: ${missing.join(', ')}. npm run setup:services installs it.`);
const [redisServer, nginx] = services.map(({ command }) => command);

const tokens = settings(demoTokens);
const host = listenHost(tokens) ?? '0.0.0.0';
const [redisPort, chosenPort, ...ports] = await freePorts(INSTANCES + 2);
const port = settings(readPort) || chosenPort;
if (!(await isFree(port, host))) end(`PORT ${port} is in use; set PORT to another one`);

const folder = mkdtempSync(join(tmpdir(), 'warehouse-cluster-'));
const redisUrl = `redis://127.0.0.1:${redisPort}`;
writeFileSync(join(folder, 'nginx.conf'), nginxConfig({ folder, listen: `${host}:${port}`, ports }));

const redis = new Program({
  name: 'redis',
  command: redisServer,
  args: [
    ...['--port', redisPort, '--bind', '127.0.0.1', '--dir', folder, '--loglevel', 'warning'].map(String),
    ...['--save', '', '--appendonly', 'yes', '--maxmemory', '128mb', '--maxmemory-policy', 'noeviction'],
  ],
  shows: (line) => /error|fatal|# Can/i.test(line),
  againMs: REDIS_AGAIN_MS,
});
const instances = ports.map((instancePort, index) => instance(`web-${index + 1}`, instancePort));
const proxy = new Program({
  name: 'nginx',
  command: nginx,
  args: ['-p', folder, '-c', join(folder, 'nginx.conf')],
  shows: (line) => /\[emerg\]/.test(line),
  againMs: 1000,
});

let isOver = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
process.on('exit', () => {
  for (const program of [proxy, ...instances, redis]) program.kill();
  rmSync(folder, { recursive: true, force: true });
});

try {
  await begin(redis, redisPort);
  for (const [index, each] of instances.entries()) await begin(each, ports[index]);
  await begin(proxy, port);
  process.stdout.write(welcome(port, tokens) + guide());
} catch (error) {
  if (!isOver) {
    console.error(error.message);
    await stop(1);
  }
}

function instance(name, instancePort) {
  mkdirSync(join(folder, name));
  return new Program({
    name,
    command: process.execPath,
    args: [resolve('dist/main.js')],
    env: {
      PORT: String(instancePort),
      HOST: '127.0.0.1',
      DEMO_INSTANCE: name,
      DEMO_REDIS_URL: redisUrl,
      DEMO_SHARES: String(INSTANCES),
      DEMO_LOGS: join(folder, name),
      ...(process.env.DEMO_SEED && { DEMO_SEED: `${process.env.DEMO_SEED} ${name}` }),
    },
    // The log is for the console.
    shows: () => false,
    againMs: INSTANCE_AGAIN_MS,
  });
}

async function begin(program, at) {
  program.start();
  const early = program.ended.then(() => {
    throw new Error(`${program.options.name} does not start.`);
  });
  early.catch(() => undefined);
  await Promise.race([listens(at, { withinMs: START_MS, isOver: () => isOver }), early]);
}

function guide() {
  const operator = tokens.find(({ role }) => role === 'operator');
  return [
    'Any of them answers, and all answer the same:',
    ...instances.map(({ options, pid }) => `  ${options.name}    process ${pid}, ${options.env.PORT}`),
    `  redis    process ${redis.pid}, ${redisUrl}`,
    `Follow the log:   curl -N -H 'Authorization: Bearer ${operator.token}' http://localhost:${port}/log-console/api/tail`,
    `Lose an instance: kill -9 ${instances[1].pid}   (it comes back after ${INSTANCE_AGAIN_MS / 1000} s)`,
    `Lose Redis:       kill -9 ${redis.pid}   (it comes back after ${REDIS_AGAIN_MS / 1000} s)`,
    'Ctrl+C ends all of it.',
    '',
    '',
  ].join('\n');
}

async function stop(code = 0) {
  if (isOver) return;
  isOver = true;
  await Promise.all(instances.map((each) => each.stop()));
  await Promise.all([proxy.stop(), redis.stop()]);
  process.exit(code);
}

/** A wrong setting is told, and is the end. */
function settings(read) {
  try {
    return read();
  } catch (error) {
    return end(error.message);
  }
}

function end(message) {
  console.error(message);
  process.exit(1);
}
