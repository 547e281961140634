import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const READY_WITHIN_MS = 10_000;

export interface Nginx {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A real nginx in a folder of its own; `config` is what stands inside `http { }`, where relative paths are of that folder. */
export async function startNginx(command: string, config: (port: number) => string): Promise<Nginx> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'log-console-nginx-'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, complete(config(port)));
  const child = spawn(command, ['-p', folder, '-c', file, '-e', 'stderr', '-g', 'daemon off;']);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => (said += error.message));
    child.once('close', () => {
      isOver = true;
      resolve();
    });
  });
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };
  for (const until = performance.now() + READY_WITHIN_MS; !(await answers(port));) {
    if (isOver || performance.now() > until) {
      await close();
      throw new Error(`nginx does not listen: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { url: `http://127.0.0.1:${port}`, close };
}

function complete(http: string): string {
  // Started by root it would hand its workers to a user who cannot enter the folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
    ${user}
    worker_processes 1;
    pid nginx.pid;
    events { worker_connections 256; }
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path temp-${name};`).join('\n      ')}
      ${http}
    }
  `;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (isThere: boolean) => (): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', settle(true)).once('error', settle(false));
  });
}
