import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_MS = 5000;

/** A program that runs until it is stopped; one that ends before is started again. What it prints bears its name. */
export class Program {
  #child;
  #isOver = false;

  /** @param options `name`, `command`, `args`, `env`, `shows` (which lines are shown; with whether it is from stderr), `againMs` */
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
    this.#show(child.stdout, false);
    this.#show(child.stderr, true);
    this.ended = new Promise((resolve) => {
      child.once('error', resolve);
      child.once('exit', resolve);
    });
    void this.ended.then(() => {
      this.#child = undefined;
      if (this.#isOver) return;
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

  #show(stream, isError) {
    const { name, shows } = this.options;
    let rest = '';
    stream.setEncoding('utf8').on('data', (text) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop();
      for (const line of lines) if (shows(line, isError)) process.stdout.write(`${name} | ${line}\n`);
    });
  }
}
