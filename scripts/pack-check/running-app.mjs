import { spawn } from 'node:child_process';

/** A running application: what it printed, where it answers, and how to stop it. */
export class RunningApp {
  #text = '';
  #look = () => {};
  #child;
  #ended;

  constructor(command, args, options) {
    this.#child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        this.#text += text;
        this.#look();
      });
    this.#ended = new Promise((settle) =>
      this.#child.once('close', (code, signal) => settle(signal ?? code)),
    );
  }

  /** Resolves to the match once it has printed it. */
  printed(what) {
    return new Promise((settle, reject) => {
      const fail = () => reject(new Error(`Not printed within 30 s: ${what}\n${this.#text}`));
      const timer = setTimeout(fail, 30_000);
      this.#look = () => {
        const found = what.exec(this.#text);
        if (!found) return;
        clearTimeout(timer);
        settle(found);
      };
      this.#look();
      void this.#ended.then(fail);
    });
  }

  /** Resolves to its exit code, or to the signal that ended it. */
  async stop() {
    this.#child.kill('SIGTERM');
    return await this.#ended;
  }
}
