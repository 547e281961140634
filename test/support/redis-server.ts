import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { eventually } from '../reading/log-host.js';
import { freePort } from './free-port.js';

const READY = 'Ready to accept connections';
const ATTEMPTS = 5;

export interface RedisServerOptions {
  /** More of its settings: `['--appendonly', 'yes']`. */
  readonly settings?: readonly string[];
}

/** A real redis-server on a port of 127.0.0.1, with a folder of its own; it can be stopped, killed and started again. */
export class RedisServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'log-console-redis-'));
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(
    readonly command: string,
    readonly settings: readonly string[],
  ) {}

  static async start(command: string, { settings = [] }: RedisServerOptions = {}): Promise<RedisServer> {
    const server = await RedisServer.prepare(command, { settings });
    await server.start();
    return server;
  }

  /** One that has a port, and does not run yet. */
  static async prepare(command: string, { settings = [] }: RedisServerOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(command, settings);
    server.#port = await freePort();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  get folder(): string {
    return this.#folder;
  }

  /** Starts it, again too: on its port, with what its folder holds. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#start();
        return;
      } catch (error) {
        // Between the look and the start somebody else may have taken the port.
        if (attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** `SIGSTOP` and `SIGCONT`: it stands still, and goes on. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Ends it with this signal and waits until it is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** Asks it something, over a connection of its own. */
  async ask<T = unknown>(...command: string[]): Promise<T> {
    const client = createClient({ url: this.url, RESP: 2 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.sendCommand<T>(command);
    } finally {
      client.destroy();
    }
  }

  /** Waits until an answer matches. */
  async until(command: string, what: RegExp): Promise<void> {
    await eventually(async () => what.test(await this.ask<string>(command)), 10);
  }

  /** Listens with TLS too, once it has a certificate; resolves to the port. */
  async listenWithTls(): Promise<number> {
    const port = await freePort();
    await this.ask('CONFIG', 'SET', 'tls-port', String(port));
    return port;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const own = ['--port', String(this.#port), '--bind', '127.0.0.1', '--dir', this.#folder];
    const child = spawn(this.command, [...own, '--save', '', ...this.settings], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const listen = (text: string): void => {
        said = `${said}${text}`.slice(-10_000);
        if (said.includes(READY)) resolve();
      };
      child.stdout.setEncoding('utf8').on('data', listen);
      child.stderr.setEncoding('utf8').on('data', listen);
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`redis-server does not start: ${said}`)));
    });
    this.#child = child;
  }
}
