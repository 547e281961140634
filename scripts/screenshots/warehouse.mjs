import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const SEED = 'a believable day';
/** What the application is called is what the package.json says beside which it is started. */
const FOLDER = 'dist/warehouse';
const BEGINS = '2026-11-20T10:28:00Z';

/** The demo in a process of its own, with a clock that can be put forward. */
export class Warehouse {
  #child;
  #begins = BEGINS;

  constructor(port) {
    this.url = `http://localhost:${port}`;
    this.console = `${this.url}/log-console`;
    this.port = port;
  }

  static async open() {
    const warehouse = new Warehouse(await freePort());
    await warehouse.start();
    return warehouse;
  }

  link(role = 'operator', query = '') {
    return `${this.console}${query}#token=${tokenOf(role)}`;
  }

  /** Opens it, when it is not open. */
  async start() {
    if (this.#child) return;
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(
      join(FOLDER, 'package.json'),
      JSON.stringify({ name: 'warehouse', version: '1.0.0', type: 'module' }),
    );
    const child = fork(resolve('dist/main.js'), {
      cwd: FOLDER,
      execArgv: ['--import', new URL('day.mjs', import.meta.url).href],
      env: {
        ...process.env,
        TZ: 'UTC',
        PORT: String(this.port),
        HOST: '127.0.0.1',
        DEMO_SEED: SEED,
        DAY_BEGINS: this.#begins,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    await isOpen(child);
    this.#child = child;
  }

  /** As a deploy would; the next start goes on a minute later. */
  async stop() {
    if (!this.#child) return;
    this.#begins = new Date((await this.live(0)) + 60_000).toISOString();
    const closed = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await closed;
    this.#child = undefined;
  }

  /** So many minutes of the day pass at once; resolves with what its clock says then. */
  async live(minutes) {
    this.#child.send({ skipMs: minutes * 60_000 });
    const [{ now }] = await once(this.#child, 'message');
    return now;
  }

  log(line) {
    return this.#ask('POST', '/demo/log', { json: line });
  }

  burst(n) {
    return this.#ask('POST', `/demo/burst?n=${n}`);
  }

  setLevel(role, context, level) {
    const json = { ttlSeconds: 1800, ...level };
    return this.#ask('PUT', `/log-console/api/levels/${context}`, { json, token: tokenOf(role) });
  }

  /** Answers the id of the operation. */
  async importCatalogue(json) {
    const { id } = await this.#ask('POST', '/receiving/catalogue-imports', { json });
    return id;
  }

  clear(role) {
    return this.#ask('DELETE', '/log-console/api/entries', { token: tokenOf(role) });
  }

  async #ask(method, path, { json, token } = {}) {
    const headers = {
      ...(json && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      connection: 'close',
    };
    const answer = await fetch(this.url + path, {
      method,
      headers,
      ...(json && { body: JSON.stringify(json) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.json();
  }
}

function tokenOf(role) {
  return `demo-only-${role}-token-not-for-production`;
}

async function isOpen(child) {
  let said = '';
  await new Promise((resolve, reject) => {
    const listen = (text) => {
      said += text;
      if (said.includes('#token=')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', () => reject(new Error(`The demo did not start.\n${said}`)));
  });
  for (const stream of [child.stdout, child.stderr]) stream.removeAllListeners('data').resume();
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
