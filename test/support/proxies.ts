import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { Transform } from 'node:stream';

/**
 * What a proxy does to live answers: hands them on; hands the head on and keeps the body; hands on what comes at
 * first and keeps the rest; keeps everything until the answer has ended.
 */
export type Manner = 'hands on' | 'keeps the body' | 'keeps the rest' | 'keeps everything';

export interface ProxyOptions {
  /** Where it stands in front of the application, which never hears of it: `/ops`. Elsewhere it answers 404. */
  readonly prefix?: string;
  readonly manner?: Manner;
}

export interface Proxy {
  /** What stands for the application's own address; with the prefix. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface Relay extends Proxy {
  /** Cuts every connection, in the middle of whatever is on its way. */
  readonly cut: () => void;
  /** From now on nothing comes through, and nobody is told; until it is cut. */
  readonly vanish: () => void;
}

/** A reverse proxy in front of an application. */
export async function startProxy(
  target: string,
  { prefix = '', manner = 'hands on' }: ProxyOptions = {},
): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '';
    if (!url.startsWith(`${prefix}/`)) {
      outgoing.writeHead(404).end();
      return;
    }
    const { method, headers } = incoming;
    const onward = httpRequest(`${target}${url.slice(prefix.length)}`, { method, headers, agent: false });
    onward.once('response', (answer) => handOn(answer, outgoing, manner));
    onward.once('error', () => outgoing.destroy());
    outgoing.once('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  const origin = await listen(server);
  return {
    url: `${origin}${prefix}`,
    close: () => {
      server.closeAllConnections();
      return closed(server);
    },
  };
}

/**
 * A line of bytes to an application, or to whichever it is at the time; to be cut; it cuts a connection by itself after
 * so many bytes of the application's.
 */
export async function startRelay(
  target: string | (() => string),
  bytesOfNext = () => Infinity,
): Promise<Relay> {
  const sockets = new Set<Socket>();
  let isGone = false;
  const vanish = (): void => {
    isGone = true;
    for (const socket of sockets) socket.unpipe().pause();
  };
  const cut = (): void => {
    isGone = false;
    for (const socket of sockets) socket.resetAndDestroy();
    sockets.clear();
  };
  const server = createTcpServer((near) => {
    if (isGone) {
      sockets.add(near.on('error', () => undefined));
      return;
    }
    const { port, hostname } = new URL(typeof target === 'string' ? target : target());
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (from === near) from.pipe(to);
      from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
    }
    handOnAtMost(bytesOfNext(), far, near);
  });
  const url = await listen(server);
  return {
    url,
    cut,
    vanish,
    close: () => {
      cut();
      return closed(server);
    },
  };
}

/** Hands bytes on, as fast as they are taken; the last ones arrive before the end does. */
function handOnAtMost(bytes: number, from: Socket, to: Socket): void {
  let left = bytes;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      if (left > 0) {
        done(null, chunk);
        return;
      }
      from.destroy();
      this.push(chunk.subarray(0, chunk.length + left));
      this.push(null);
      done();
    },
  });
  from.pipe(counted).pipe(to);
}

function handOn(answer: IncomingMessage, outgoing: ServerResponse, manner: Manner): void {
  const head = [answer.statusCode ?? 502, answer.headers] as const;
  const isLive = answer.headers['content-type']?.startsWith('text/event-stream');
  if (!isLive || manner === 'hands on') {
    outgoing.writeHead(...head);
    answer.pipe(outgoing);
  } else if (manner === 'keeps everything') {
    const kept: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => kept.push(chunk));
    answer.once('end', () => outgoing.writeHead(...head).end(Buffer.concat(kept)));
  } else {
    outgoing.writeHead(...head).flushHeaders();
    if (manner === 'keeps the rest') keepTheRest(answer, outgoing);
    else answer.resume();
  }
}

/** Up to the end of the first batch, as one full buffer would. */
function keepTheRest(answer: IncomingMessage, outgoing: ServerResponse): void {
  let handedOn = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    if (/\ndata: \{"epoch".*"entries"/.test(handedOn)) return;
    handedOn += chunk;
    outgoing.write(chunk);
  });
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
