import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy on a port of 127.0.0.1 that can do what networks do. */
export class FaultProxy {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #isHole = false;
  #delayMs = 0;
  #delayed: string | undefined;
  /** Bytes of clients that fell into the hole. */
  swallowed = 0;
  /** Answers that were lost, with their connections. */
  lostReplies = 0;

  private constructor(
    /** Where new connections lead. */
    public target: number,
  ) {
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async to(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** A black hole: connections stay open, new ones are accepted, and nothing passes. */
  hole(): void {
    this.#isHole = true;
  }

  /** What is slow: each piece of an answer takes so long more; given a word, on connections that have sent it. */
  delay(ms: number, sent?: string): void {
    this.#delayMs = ms;
    this.#delayed = sent;
  }

  /** All is well again; what fell into the hole is gone, with its connections. */
  heal(): void {
    this.#delayMs = 0;
    if (this.#isHole) this.cut();
    this.#isHole = false;
  }

  /** Ends all connections. */
  cut(): void {
    for (const pair of this.#pairs) end(pair);
  }

  /** Lets requests through; the next answer on each connection is lost, with the connection. */
  loseReplies(): void {
    for (const pair of this.#pairs) pair.losesReply = true;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }

  #accept(client: Socket): void {
    const server = connect(this.target, '127.0.0.1');
    const pair: Pair = { client, server, losesReply: false };
    let isDelayed = false;
    this.#pairs.add(pair);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => end(pair));
      socket.on('close', () => {
        end(pair);
        this.#pairs.delete(pair);
      });
    }
    client.on('data', (bytes) => {
      isDelayed ||= this.#delayed !== undefined && bytes.includes(this.#delayed);
      if (this.#isHole) this.swallowed += bytes.length;
      else server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (pair.losesReply) {
        this.lostReplies++;
        end(pair);
      } else if (this.#delayMs > 0 && (isDelayed || this.#delayed === undefined))
        setTimeout(() => client.write(bytes), this.#delayMs);
      else if (!this.#isHole) client.write(bytes);
    });
  }
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  losesReply: boolean;
}

function end({ client, server }: Pair): void {
  client.destroy();
  server.destroy();
}
