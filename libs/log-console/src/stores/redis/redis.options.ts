import { type AnyRedisClientOptions } from '@redis/client';
import { type MemoryStore } from '../memory/memory.store.js';

/** The buffer of a process, as the store needs it. */
export type AttachedRing = Pick<
  MemoryStore,
  'append' | 'read' | 'waitAfter' | 'stats' | 'levelsBetween' | 'epoch' | 'instance' | 'redactor'
>;

/** A client of `@redis/client`: only its settings are used, for connections of the store's own. */
export interface RedisClientLike {
  /** What it was made with. */
  readonly options: object | undefined;
}

/** Where the shared log is, and its bounds. */
export interface RedisStoreOptions {
  /** `redis[s]://[[user][:password]@]host[:port][/database]`; `rediss` is TLS. Default `redis://localhost:6379`. */
  readonly url?: string | undefined;
  /** A client, or the options of one, where a url is not enough: TLS certificates, a socket path, credentials. It stays yours: it is not connected, and not closed. */
  readonly client?: RedisClientLike | AnyRedisClientOptions | undefined;
  /** Whose log it is: `[A-Za-z0-9_.-]{1,64}`. Instances with the same name share one. Default `default`. */
  readonly app?: string | undefined;
  /** Entries held at most. Default 100,000. */
  readonly maxEntries?: number | undefined;
  /** JSON held at most, in bytes. Default 67108864 (64 MiB). */
  readonly maxBytes?: number | undefined;
  /** An answer of Redis that takes longer counts as none: the connection is made anew. Default 2000. */
  readonly commandTimeoutMs?: number | undefined;
  /** In a burst, lines are sent at most so often, in milliseconds; it grows with the number of instances. Default 20. */
  readonly flushMs?: number | undefined;
}

/** The options with their defaults. */
export interface RedisSettings {
  readonly client: AnyRedisClientOptions;
  readonly app: string;
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly commandTimeoutMs: number;
  readonly flushMs: number;
}

const APP = /^[A-Za-z0-9_.-]{1,64}$/;
const MIB = 1024 * 1024;

/** The options with their defaults; throws an error that names the option, and never shows the url: it may hold a password. */
export function withRedisDefaults(options: RedisStoreOptions): RedisSettings {
  const { url, client, app = 'default' } = options;
  if (url !== undefined && client !== undefined)
    throw new TypeError('RedisStore: give url or client, not both.');
  if (url !== undefined && !/^rediss?:\/\//.test(url))
    throw new TypeError('RedisStore: url must begin with redis:// or rediss://.');
  if (!APP.test(app)) throw new TypeError(`RedisStore: app must match ${APP.source}.`);
  return {
    client: clientOptions(client) ?? (url === undefined ? {} : { url }),
    app,
    maxEntries: wholeNumber('maxEntries', options.maxEntries, 100_000),
    maxBytes: wholeNumber('maxBytes', options.maxBytes, 64 * MIB),
    commandTimeoutMs: wholeNumber('commandTimeoutMs', options.commandTimeoutMs, 2000),
    flushMs: wholeNumber('flushMs', options.flushMs, 20),
  };
}

function clientOptions(client: RedisStoreOptions['client']): AnyRedisClientOptions | undefined {
  if (client === undefined) return undefined;
  return isClient(client) ? (client.options ?? {}) : client;
}

function isClient(client: object): client is RedisClientLike {
  return 'connect' in client && 'options' in client;
}

function wholeNumber(name: string, given: number | undefined, otherwise: number): number {
  const value = given ?? otherwise;
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new TypeError(`RedisStore: ${name} must be a whole number above 0.`);
}
