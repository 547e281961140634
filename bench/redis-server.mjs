import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { createClient } from '@redis/client';
import { findService } from '../scripts/service-list.mjs';

/** A redis-server of this benchmark's own; undefined where there is none on this machine. */
export async function startRedis() {
  const command = findService('redis-server');
  if (command === undefined) return undefined;
  const port = await freePort();
  const child = spawn(command, ['--port', port, '--bind', '127.0.0.1', '--save', ''], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  process.on('exit', () => child.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('Ready to accept') && resolve());
    child.once('exit', () => reject(new Error('redis-server does not start.')));
  });
  const url = `redis://127.0.0.1:${port}`;
  const client = createClient({ url });
  await client.connect();
  return {
    url,
    ask: (...command) => client.sendCommand(command.map(String)),
    /** CPU time of the server so far, in microseconds. */
    cpuMicros: async () => {
      const said = await client.sendCommand(['INFO', 'cpu']);
      const seconds = (name) => Number(new RegExp(`used_cpu_${name}:([\\d.]+)`).exec(said)[1]);
      return (seconds('user') + seconds('sys')) * 1e6;
    },
    stop: async () => {
      client.destroy();
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return String(port);
}
