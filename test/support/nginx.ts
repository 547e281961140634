import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

const ATTEMPTS = 5;
/** What nginx says once its sockets listen. */
const LISTENS = /using the ".+" event method/;
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

export interface Nginx {
  /** Origin, without a final slash: `http://127.0.0.1:43127`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A real nginx on a port of 127.0.0.1; `config` gives what stands inside `http { }`, `listen 127.0.0.1:<port>` included. */
export async function startNginx(command: string, config: (port: number) => string): Promise<Nginx> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return await start(command, port, config(port));
    } catch (error) {
      // Between the look and the start somebody else may have taken the port.
      if (attempt === ATTEMPTS || !String(error).includes('Address already in use')) throw error;
    }
  }
}

async function start(command: string, port: number, inner: string): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'log-console-nginx-'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(folder, inner));
  const child = spawn(command, ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(child, 'close').finally(() => rmSync(folder, { recursive: true }));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-10_000);
      if (LISTENS.test(said)) resolve();
    });
    const fail = (why: unknown): void => reject(new Error(`nginx does not start: ${said || String(why)}`));
    gone.then(() => fail('it ended'), fail);
  });
  const close = async (): Promise<void> => {
    child.kill();
    await gone;
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

/** One process as whoever runs it: nothing to change the owner of, no worker to be left behind. */
function configuration(folder: string, inner: string): string {
  return `
    daemon off;
    master_process off;
    pid ${folder}/nginx.pid;
    error_log stderr notice;
    events {}
    http {
      access_log off;
      ${TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n      ')}
      ${inner}
    }
  `;
}
