import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_MS = 5000;
const LAST_LINES = 20;

/** A program that runs until it is stopped; one that ends before is started again, and says its last words where it failed. */
export class Program {
  #child;
  #isOver = false;

  /** @param options `name`, `command`, `args`, `env`, `shows` (which lines are shown at once, bearing its name), `againMs` */
  constructor(options) {
    this.options = options;
  }

  get pid() {
    return this.#child?.pid;
  }

  start() {
    const { command, args, env, againMs, name } = this.options;
    // Not in the group that Ctrl+C goes to: they are ended one after the other.
    const child = spawn(command, args, {
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const last = [];
    this.#read(child.stdout);
    this.#read(child.stderr, last);
    this.ended = new Promise((resolve) => {
      child.once('error', resolve);
      child.once('close', resolve);
    });
    void this.ended.then((code) => {
      this.#child = undefined;
      if (this.#isOver) return;
      // One that was killed has nothing to say.
      if (code !== null) last.forEach((line) => this.#print(line));
      console.log(`${name} has ended; it is started again in ${againMs / 1000} s.`);
      setTimeout(() => {
        if (this.#isOver) return;
        this.start();
        console.log(`${name} is started again, as process ${this.pid}.`);
      }, againMs).unref();
    });
  }

  async stop() {
    this.#isOver = true;
    const child = this.#child;
    if (!child) return;
    child.kill('SIGTERM');
    const gave = await Promise.race([this.ended.then(() => true), sleep(STOP_MS, false, { ref: false })]);
    if (gave === false) child.kill('SIGKILL');
    await this.ended;
  }

  /** Only when there is nothing more to wait for. */
  kill() {
    this.#isOver = true;
    this.#child?.kill('SIGKILL');
  }

  #read(stream, last = []) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (this.options.shows(line)) this.#print(line);
        else if (last.push(line) > LAST_LINES) last.shift();
      }
    });
  }

  #print(line) {
    process.stdout.write(`${this.options.name} | ${line}\n`);
  }
}
