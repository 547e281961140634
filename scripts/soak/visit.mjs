import { get } from 'node:http';

/** A number from the range, each as likely. */
export function between(least, most) {
  return least + Math.random() * (most - least);
}

/** The server as the readers see it, and when it is time to come to an end. */
export class Visit {
  #ending = false;
  #wake = new Set();
  /** The id that was logged last; known in the end only. */
  newest = Infinity;

  constructor({ port, token }) {
    this.options = { host: '127.0.0.1', port, agent: false, headers: { Authorization: `Bearer ${token}` } };
  }

  get isEnding() {
    return this.#ending;
  }

  /** From here on nobody stalls or leaves, until it has read the newest. */
  end(newest) {
    this.newest = newest;
    this.#ending = true;
    for (const wake of this.#wake) wake();
  }

  /** Waits; not any longer once it is time to come to an end. */
  pause(ms) {
    if (this.#ending) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wake.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#wake.add(wake);
    });
  }

  /** An answer that has begun. */
  open(route, headers = {}) {
    return new Promise((resolve, reject) => {
      const options = { ...this.options, path: `/log-console/api/${route}` };
      const request = get({ ...options, headers: { ...options.headers, ...headers } }, (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          reject(new Error(`${route} was answered ${response.statusCode}.`));
        } else resolve(response.setEncoding('utf8'));
      });
      request.once('error', reject);
    });
  }

  async json(route) {
    let text = '';
    for await (const chunk of await this.open(route)) text += chunk;
    return JSON.parse(text);
  }

  async now() {
    return (await this.json('entries?limit=0')).next;
  }
}
