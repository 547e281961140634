import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { OPERATOR } from '../access/people.js';

const SCRIPT = join(import.meta.dirname, '../../scripts/cluster/index.mjs');
const READY = 'Ctrl+C ends all of it.';

/** `npm run start:cluster`, of the demo as it was built. */
export class DemoCluster {
  /** Everything it has printed. */
  said = '';
  readonly #child = spawn(process.execPath, [SCRIPT], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DEMO_OPERATOR_TOKEN: OPERATOR.token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  readonly #ended = once(this.#child, 'exit');
  #look: () => void = () => undefined;

  static async start(): Promise<DemoCluster> {
    const cluster = new DemoCluster();
    for (const stream of [cluster.#child.stdout, cluster.#child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        cluster.said += text;
        cluster.#look();
      });
    await cluster.until(READY);
    return cluster;
  }

  /** Where nginx answers. */
  get url(): string {
    return `http://127.0.0.1:${/localhost:(\d+)/.exec(this.said)?.[1] ?? ''}`;
  }

  /** The process of an instance, or of Redis. */
  pid(name: string): number {
    const told = new RegExp(`${name}(?: +| is started again, as )process (\\d+)`, 'g');
    const pids = [...this.said.matchAll(told)];
    return Number(pids.at(-1)?.[1]);
  }

  /** Resolves when it has printed this. */
  async until(text: string): Promise<void> {
    const gone = this.#ended.then(() => {
      throw new Error(`It ended without "${text}": ${this.said}`);
    });
    const printed = new Promise<void>((resolve) => {
      this.#look = () => {
        if (this.said.includes(text)) resolve();
      };
      this.#look();
    });
    await Promise.race([printed, gone]);
  }

  /** Ctrl+C; resolves to its exit code. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGINT');
    const [code] = (await this.#ended) as [number | null];
    return code;
  }
}
