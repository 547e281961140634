import { type ConnectionEvents } from '../connection-events.js';
import { type ConnectionState } from '../connection-state.js';
import { type Batch, type FileHappening, type Operation, type Session, type StoreState } from '../wire.js';

export const BASE = new URL('http://console.test/ops/log-console/');
export const HTML = (): Response =>
  new Response('<html>Please sign in</html>', { headers: { 'content-type': 'text/html; charset=utf-8' } });
export const SESSION_ANSWER: Session = {
  user: { name: 'operator-1', role: 'operator' },
  can: ['read', 'clear'],
  server: { name: 'app', version: '1', instance: 'web-1', startedAt: '', time: '', timeZone: 'UTC' },
};

type Entry = Batch['entries'][number];
const PINGS_S = [1, 2, 3, 5, 7, ...Array.from({ length: 60 }, (_none, index) => 10 * (index + 1))];

export function json(value: unknown, init: ResponseInit = {}): Response {
  const headers = { 'content-type': 'application/json; charset=utf-8', ...(init.headers as object) };
  return new Response(JSON.stringify(value), { ...init, headers });
}

export function refusal(statusCode: number, headers: Record<string, string> = {}): Response {
  return json({ statusCode, message: 'No.' }, { status: statusCode, headers });
}

export function entry(id: number): Entry {
  return { id, level: 'log', message: `line ${id}` };
}

/** One open stream of {@link FakeServer}. */
export class FakeStream {
  #control: ReadableStreamDefaultController<Uint8Array> | undefined;
  #timers: ReturnType<typeof setTimeout>[] = [];
  isOpen = true;
  isMute = false;
  readonly body = new ReadableStream<Uint8Array>({
    start: (control) => void (this.#control = control),
    cancel: () => this.#over(),
  });

  send(event: string, id: string, data: unknown): void {
    const name = event === 'message' ? '' : `event: ${event}\n`;
    this.write(`${name}id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  write(text: string): void {
    if (this.isOpen && !this.isMute) this.#control?.enqueue(new TextEncoder().encode(text));
  }

  later(seconds: number, action: () => void): void {
    this.#timers.push(setTimeout(action, seconds * 1000));
  }

  /** The last byte, as a server ends it. */
  end(): void {
    if (!this.isOpen) return;
    this.#over();
    this.#control?.close();
  }

  /** As a broken connection looks like. */
  cut(reason: unknown = new TypeError('network error')): void {
    if (!this.isOpen) return;
    this.#over();
    this.#control?.error(reason);
  }

  #over(): void {
    this.isOpen = false;
    this.#timers.forEach(clearTimeout);
  }
}

/** A log with the routes a page reads, behind whatever network a test makes. */
export class FakeServer {
  epoch = 'e1';
  entries: Entry[] = [];
  /** What was asked, `GET session`. */
  asked: string[] = [];
  streams: FakeStream[] = [];
  /** No connection. */
  isDown = false;
  /** Connections are accepted, and nothing is ever answered. */
  isHung = false;
  /** What is answered instead. */
  instead: Partial<Record<'session' | 'stream' | 'entries', () => Response | undefined>> = {};
  onStream: (stream: FakeStream) => void = () => undefined;
  pingSeconds = 10;

  log(count: number): void {
    for (let one = 0; one < count; one++) {
      const added = entry((this.entries.at(-1)?.id ?? 0) + 1);
      this.entries.push(added);
      for (const stream of this.open) stream.send('message', this.#cursor(added.id), this.#batch([added]));
    }
  }

  get open(): FakeStream[] {
    return this.streams.filter(({ isOpen }) => isOpen);
  }

  /** Times a route was asked since the last time this was called. */
  count(route: string): number {
    const count = this.asked.filter((one) => one.includes(route)).length;
    this.asked = this.asked.filter((one) => !one.includes(route));
    return count;
  }

  /** Another process takes its place: its ids begin anew. */
  restart(epoch: string): void {
    for (const stream of this.open) stream.cut();
    this.epoch = epoch;
    this.entries = [];
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const url = input as URL;
    const { signal } = init ?? {};
    const route = url.pathname.slice(BASE.pathname.length).replace('api/', '');
    this.asked.push(`${init?.method ?? 'GET'} ${route}${url.search}`);
    signal?.throwIfAborted();
    await Promise.resolve();
    if (this.isDown) throw new TypeError('fetch failed');
    const instead = this.instead[route as 'session']?.();
    if (instead) return instead;
    if (this.isHung) return never(signal);
    if (route === 'session') return json(SESSION_ANSWER);
    if (route === 'stream') return this.#stream(url.searchParams, signal);
    return json(this.#read(url.searchParams));
  };

  #read(query: URLSearchParams, all = 500): Batch {
    const after = query.get('after');
    const limit = Number(query.get('limit') ?? all);
    if (after === null) return this.#batch(this.entries.slice(-limit));
    const [epoch, id] = after.split('-');
    if (epoch === this.epoch) {
      const rest = this.entries.filter((one) => one.id > Number(id));
      return { ...this.#batch(rest.slice(0, limit), after), more: rest.length > limit };
    }
    const gap = { reason: 'restarted' as const, missed: null };
    return { ...this.#batch(this.entries.slice(0, limit)), more: this.entries.length > limit, gap };
  }

  #stream(query: URLSearchParams, signal: AbortSignal | null | undefined): Response {
    const stream = new FakeStream();
    this.streams.push(stream);
    signal?.addEventListener('abort', () => stream.cut(signal.reason));
    const limit = query.get('limit');
    const first = limit === '0' ? this.#batch([], this.#newest) : this.#read(query, Infinity);
    const place = query.get('after') ?? this.#newest;
    stream.send('hello', place, {
      epoch: this.epoch,
      instance: 'web-1',
      startedAt: '',
      oldest: '',
      newest: this.#newest,
      pingSeconds: this.pingSeconds,
      uiVersion: '1',
    });
    if (first.entries.length > 0 || first.gap) stream.send('message', first.next, first);
    for (const at of PINGS_S) stream.later(at, () => stream.send('ping', this.#newest, {}));
    this.onStream(stream);
    return new Response(stream.body, { headers: { 'content-type': 'text/event-stream' } });
  }

  get #newest(): string {
    return this.#cursor(this.entries.at(-1)?.id ?? 0);
  }

  #cursor(id: number): string {
    return `${this.epoch}-${id}`;
  }

  #batch(entries: readonly Entry[], after = this.#cursor(0)): Batch {
    const last = entries.at(-1);
    const next = last ? this.#cursor(last.id) : after;
    const prev = this.#cursor(entries[0]?.id ?? 0);
    return { epoch: this.epoch, instance: 'web-1', entries, next, prev, more: false };
  }
}

function never(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason as Error);
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

/** Writes down what a page is told. */
export class Told implements ConnectionEvents {
  states: ConnectionState[] = [];
  batches: Batch[] = [];
  others: string[] = [];

  state = (state: ConnectionState): void => void this.states.push(state);
  batch = (batch: Batch): void => void this.batches.push(batch);
  session = (): void => void this.others.push('session');
  hello = (): void => void this.others.push('hello');
  cleared = (): void => void this.others.push('cleared');
  file = ({ change }: FileHappening): void => void this.others.push(`file ${change}`);
  operation = ({ state }: Operation): void => void this.others.push(`operation ${state}`);
  store = ({ state }: StoreState): void => void this.others.push(`store ${state}`);
  severalServers = (): void => void this.others.push('several servers');

  get kinds(): string[] {
    return this.states.map(({ kind }) => kind);
  }

  get ids(): number[] {
    return this.batches.flatMap(({ entries }) => entries.map(({ id }) => id));
  }
}
