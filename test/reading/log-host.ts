import { Logger } from '@nestjs/common';
import { type Server, type Socket } from 'node:net';
import {
  LogConsoleService,
  MemoryStore,
  type LogBatch,
  type LogConsoleOptions,
  type LogEntry,
} from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { createHost, type Adapter, type Host, type HostOptions } from '../support/host-app.js';
import { request, type Reply } from '../support/http-client.js';

/** A host whose console three people may use, and what a test asks of it. */
export interface LogHost extends Host {
  readonly service: LogConsoleService;
  readonly store: MemoryStore;
  /** The connections of its clients, oldest first. */
  readonly sockets: readonly Socket[];
  /** The address of a route, for the open clients. */
  readonly at: (path: string) => string;
  readonly ask: (path: string, method?: string) => Promise<Reply>;
  /** One batch of `GET entries`. */
  readonly entries: (query?: string) => Promise<LogBatch>;
  /** The cursor of the newest entry: what is logged from here on comes after it. */
  readonly now: () => Promise<string>;
}

/** A host that takes the place of another: on its port. */
export type LogHostOptions = HostOptions & { readonly port?: number };

export async function createLogHost(
  adapter: Adapter,
  options: LogConsoleOptions = {},
  { port, ...hostOptions }: LogHostOptions = {},
): Promise<LogHost> {
  const sockets: Socket[] = [];
  const host = await createHost(adapter, {
    ...hostOptions,
    options: { access: { tokens: PEOPLE }, instance: 'web-1', ...options },
    prepare: async (app) => {
      const server = app.getHttpServer() as Server;
      server.on('connection', (socket) => sockets.push(socket));
      if (port !== undefined) listenOn(server, port);
      await hostOptions.prepare?.(app);
    },
  });
  const service = host.app.get(LogConsoleService);
  const at = (path: string): string => `${host.url}/log-console/api/${path}`;
  const ask = (path: string, method = 'GET'): Promise<Reply> =>
    request(at(path), { method, headers: bearer(OPERATOR) });
  return {
    ...host,
    service,
    store: host.app.get(MemoryStore, { strict: false }),
    sockets,
    at,
    ask,
    entries: async (query = '') => {
      const reply = await ask(`entries?${query}`);
      if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
      return reply.json as LogBatch;
    },
    now: async () => (await service.stats()).newest,
  };
}

/** Makes it listen on this port, whatever it is asked for: Express passes a number, Fastify an object. */
function listenOn(server: Server, port: number): void {
  const listen = server.listen.bind(server) as (...args: unknown[]) => Server;
  const onPort = (arg: unknown): unknown => {
    if (typeof arg === 'number') return port;
    return typeof arg === 'object' && arg !== null ? { ...arg, port } : arg;
  };
  server.listen = (...args: unknown[]) => listen(...args.map(onPort));
}

/** Logs `line 0`, `line 1`, … as an application does. */
export function logLines(count: number, context = 'Lines'): string[] {
  const logger = new Logger(context);
  return Array.from({ length: count }, (_, index) => {
    logger.log(`line ${index}`);
    return `line ${index}`;
  });
}

/** The id in a cursor. */
export const idOf = (cursor: string): number => Number(cursor.slice(cursor.lastIndexOf('-') + 1));

/** The epoch in a cursor. */
export const epochOf = (cursor: string): string => cursor.slice(0, cursor.lastIndexOf('-'));

export function messagesOf({ entries }: { readonly entries: readonly LogEntry[] }): string[] {
  return entries.map(({ message }) => message);
}

/** Waits for a state that no event tells of; rejects when it does not come within some seconds. */
export async function eventually(isSo: () => boolean | Promise<boolean>, seconds = 4): Promise<void> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`It never became so: ${String(isSo)}`);
}
