import { closeSync, openSync, writeSync } from 'node:fs';

const LONGEST_MS = 10_000;

/** Lines that are appended one at a time, each until everybody who looks has it; their text tells one from the other. */
export class AppendedLines {
  #count = 0;
  #mark = '';
  #waiting = new Map();

  /** @param watchers the names of those who look */
  constructor(path, watchers) {
    this.file = openSync(path, 'a');
    this.watchers = watchers;
  }

  /** What is called with each piece of text such a watcher gets. */
  seen(watcher) {
    let tail = '';
    return (chunk) => {
      const text = tail + chunk.toString('latin1');
      if (this.#mark !== '' && text.includes(this.#mark)) this.#waiting.get(watcher)?.();
      tail = text.slice(-this.#mark.length);
    };
  }

  /** Writes a line; resolves to the milliseconds each watcher took to have it. */
  async append() {
    this.#mark = `mark-${String(this.#count++).padStart(8, '0')}`;
    const line = `${new Date().toISOString()} INFO stock of AB-444 is below its minimum ${this.#mark}\n`;
    const start = performance.now();
    const all = this.watchers.map(
      (watcher) =>
        new Promise((resolve) => {
          this.#waiting.set(watcher, () => resolve([watcher, performance.now() - start]));
        }),
    );
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`A line did not come within ${LONGEST_MS} ms.`)), LONGEST_MS);
    });
    writeSync(this.file, line);
    return Object.fromEntries(
      await Promise.race([Promise.all(all), late]).finally(() => clearTimeout(timer)),
    );
  }

  close() {
    closeSync(this.file);
  }
}
