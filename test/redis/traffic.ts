import { follow, MemoryStore, type Cursor, type Gap, type LogEntry } from 'nestjs-log-console';
import { RedisStore, type RedisStoreOptions } from 'nestjs-log-console/redis';
import { eventually } from '../reading/log-host.js';

const TICK_MS = 2;
const DEADLINE_MS = 20_000;

export interface TrafficOptions extends RedisStoreOptions {
  /** The names of the processes that write. */
  readonly instances?: readonly string[];
  /** Lines a second of each of them. */
  readonly rate?: number;
  /** How many lines the buffer of each of them holds. */
  readonly capacity?: number;
}

/** What has become of all lines, for one reader that followed all the time. */
export interface Account {
  readonly logged: number;
  readonly delivered: number;
  readonly doubled: number;
  /** Told as lost on the way to Redis. */
  readonly lost: number;
  /** Neither delivered nor told of with a number. */
  readonly unaccounted: number;
  /** Lines of one writer that came after a later one of it. */
  readonly inversions: number;
  /** Ids that did not go up. */
  readonly backwards: number;
  /** The gaps that were told, but for those of the way to Redis. */
  readonly gaps: readonly Gap[];
}

/** A process's share in a shared log. */
class Writer {
  readonly ring: MemoryStore;
  readonly store: RedisStore;
  logged = 0;

  constructor(
    readonly name: string,
    instance: string,
    { capacity = 2000, ...options }: TrafficOptions,
  ) {
    this.ring = new MemoryStore({ instance, capacity });
    this.store = new RedisStore(options).attach(this.ring);
  }

  log(count = 1): void {
    for (let done = 0; done < count; done++)
      this.store.append({ level: 'log', message: `${this.name} ${++this.logged}`, context: 'Traffic' });
  }
}

/** Some processes that write to one shared log, and one that reads it all the time. */
export class Traffic {
  readonly writers: readonly Writer[];
  readonly reader: Writer;
  readonly entries: LogEntry[] = [];
  readonly gaps: Gap[] = [];
  /** Whether the reader was told that Redis is away. */
  isToldDegraded = false;
  /** The last line of each writer that has come. */
  readonly #newest = new Map<string, number>();
  readonly #rate: number;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #following: Promise<void> | undefined;
  #wake: () => void = () => undefined;

  constructor(options: TrafficOptions) {
    const { instances = ['web-1', 'web-2'], rate = 1000 } = options;
    this.#rate = rate;
    this.writers = instances.map((instance, index) => new Writer(`w${index}`, instance, options));
    this.reader = new Writer('reader', 'reader', options);
  }

  /** Whether every process knows that Redis is away. */
  get isDegraded(): boolean {
    return [...this.writers, this.reader].every(({ store }) => store.state.state === 'degraded');
  }

  /** Follows from here on, or from a place. */
  async follow(after?: Cursor): Promise<void> {
    const start = after ?? (await this.reader.store.read({ limit: 0 })).next;
    this.#following = this.#run(start);
  }

  /** Writes, at its rate, until {@link pause}. */
  write(): void {
    let owed = 0;
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      owed += ((now - last) / 1000) * this.#rate;
      last = now;
      const lines = Math.floor(owed);
      owed -= lines;
      for (const writer of this.writers) writer.log(lines);
    }, TICK_MS);
  }

  pause(): void {
    clearInterval(this.#timer);
  }

  /** Resolves when the reader has what every writer logs now, or later lines; to how many milliseconds it took. */
  async arrived(): Promise<number> {
    const began = performance.now();
    for (const writer of this.writers) writer.log();
    const wanted = this.writers.map(({ name, logged }) => [name, logged] as const);
    await this.until('the newest line of every writer', () =>
      wanted.every(([name, number]) => (this.#newest.get(name) ?? 0) >= number),
    );
    return performance.now() - began;
  }

  /** What has become of everything, once it has all arrived. */
  async ended(): Promise<Account> {
    this.pause();
    await this.arrived();
    return this.account();
  }

  /** Resolves when everybody has reached Redis. */
  async isUp(): Promise<void> {
    const stores = [...this.writers, this.reader].map(({ store }) => store);
    await eventually(() => stores.every(({ state }) => state.state === 'up'), 10);
  }

  /** Resolves when it holds, looked at whenever something came. */
  async until(what: string, holds: () => boolean): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!holds()) {
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`Waited for ${what}; there is ${JSON.stringify(this.account())}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  account(): Account {
    const last = new Map<string, number>();
    const seen = new Set<string>();
    let [doubled, inversions, backwards, id] = [0, 0, 0, 0];
    for (const entry of this.entries) {
      if (!entry.message.startsWith('w')) continue;
      const [name, number] = entry.message.split(' ');
      if (seen.has(entry.message)) doubled++;
      seen.add(entry.message);
      if (Number(number) < (last.get(name) ?? 0)) inversions++;
      last.set(name, Number(number));
      if (entry.id <= id) backwards++;
      ({ id } = entry);
    }
    const logged = this.writers.reduce((sum, writer) => sum + writer.logged, 0);
    const lost = this.gaps
      .filter(({ reason }) => reason === 'shipping')
      .reduce((sum, { missed }) => sum + (missed ?? NaN), 0);
    const gaps = this.gaps.filter(({ reason }) => reason !== 'shipping');
    const unaccounted = logged - seen.size - lost;
    return { logged, delivered: seen.size, doubled, lost, unaccounted, inversions, backwards, gaps };
  }

  async close(): Promise<void> {
    this.pause();
    this.#abort.abort();
    await this.#following;
    await Promise.all([...this.writers, this.reader].map(({ store }) => store.close()));
  }

  async #run(after: Cursor): Promise<void> {
    const { signal } = this.#abort;
    for await (const { gap, entries, degraded } of follow(this.reader.store, {
      after,
      signal,
      idleMs: 100,
    })) {
      this.isToldDegraded ||= degraded === true;
      if (gap) this.gaps.push(gap);
      for (const entry of entries) {
        this.entries.push(entry);
        const [name, number] = entry.message.split(' ');
        this.#newest.set(name, Number(number));
      }
      this.#wake();
    }
  }
}
