import { createClient, ErrorReply, RESP_TYPES, type AnyRedisClientOptions } from '@redis/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Wait } from '../../domain/log-source.js';
import { Waiters } from '../memory/waiters.js';

/** What Redis answers: RESP 2, bulk strings as bytes. */
export type Reply = null | number | string | Buffer | Error | readonly Reply[];
/** A command and its arguments. */
export type Command = readonly (string | Buffer)[];

/** Redis cannot be asked now, or did not answer in time: whether it did what was asked is not known. */
export class RedisAwayError extends Error {
  override readonly name = 'RedisAwayError';
}

/** Sends a command. */
export type Send = (command: Command) => Promise<Reply>;

/** How to reach Redis, and how long to wait for it. */
export interface DriverOptions {
  readonly client: AnyRedisClientOptions;
  readonly commandTimeoutMs: number;
  /** Answers that may be waited for at once; more are refused. */
  readonly maxPending?: number;
  /** How often to look whether it still answers while nobody asks; 0: never. */
  readonly checkEveryMs?: number;
  /** The connection listens to this channel, and is good for nothing else. */
  readonly listen?: { readonly channel: string; readonly onMessage: () => void } | undefined;
}

const AS_BYTES = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer }, timeout: undefined };
/** After a deadline, for a process that stood still meanwhile: the answer may be there already. */
const GRACE_MS = 100;
const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 1000;

type Client = ReturnType<typeof createClient>;

/**
 * One connection to Redis that comes back. The client's own ways of noticing a dead one are not enough (a stopped
 * server or a black hole give no event for 20 s), so each command has a deadline here; when one passes, the client
 * is thrown away and another one made. Nothing is queued while Redis is away: commands are refused at once.
 */
export class RedisDriver {
  /** Done on each new connection before anybody else may use it; what Redis has against it is no obstacle. */
  greeting: (send: Send) => Promise<unknown> = (send) => send(['PING']);
  readonly #options: DriverOptions & Required<Pick<DriverOptions, 'maxPending' | 'checkEveryMs'>>;
  readonly #pending = new Set<(error: Error) => void>();
  readonly #listeners = new Set<(isUp: boolean) => void>();
  readonly #waiters = new Waiters();
  #client: Client | undefined;
  #isUp = false;
  #isWanted = false;
  #isConnecting = false;
  #answers = 0;
  #check: NodeJS.Timeout | undefined;

  constructor(options: DriverOptions) {
    this.#options = { maxPending: 1000, checkEveryMs: 2000, ...options };
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Connects, and stays connected until {@link stop}. */
  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    const { checkEveryMs } = this.#options;
    if (checkEveryMs > 0) this.#check = setInterval(() => this.#lookWhetherItAnswers(), checkEveryMs).unref();
    void this.#connect();
  }

  /** Calls the listener when it comes and goes. */
  onChange(listener: (isUp: boolean) => void): void {
    this.#listeners.add(listener);
  }

  /** Waits until it is up; false: it is not. */
  async untilUp(wait: Wait): Promise<boolean> {
    if (!this.#isUp) await this.#waiters.wait(wait);
    return this.#isUp;
  }

  /** Sends a command; rejects with a {@link RedisAwayError}, or with what Redis has against it. */
  send(command: Command, timeoutMs = this.#options.commandTimeoutMs): Promise<Reply> {
    const client = this.#client;
    if (!this.#isUp || !client) return Promise.reject(new RedisAwayError('Redis is away.'));
    if (this.#pending.size >= this.#options.maxPending)
      return Promise.reject(new RedisAwayError('Too many answers of Redis are waited for.'));
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clear();
        this.#pending.delete(fail);
      };
      const fail = (error: Error): void => {
        settle();
        reject(error);
      };
      const clear = deadline(timeoutMs, () => this.#lose(client, `Redis did not answer in ${timeoutMs} ms.`));
      this.#pending.add(fail);
      client.sendCommand<Reply>(command, AS_BYTES).then((reply) => {
        this.#answers++;
        settle();
        resolve(reply);
      }, fail);
    });
  }

  /** Gives up this connection for a new one: the server is no longer the one to talk to. */
  reconnect(): void {
    if (this.#client) this.#lose(this.#client, 'The connection was given up.');
  }

  stop(): void {
    this.#isWanted = false;
    clearInterval(this.#check);
    if (this.#client) this.#lose(this.#client, 'The connection is no longer wanted.');
    this.#waiters.wake();
  }

  async #connect(): Promise<void> {
    if (this.#isConnecting) return;
    this.#isConnecting = true;
    for (let pause = MIN_PAUSE_MS; this.#isWanted && !this.#isUp; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
      const client = this.#newClient();
      this.#client = client;
      try {
        await this.#greet(client);
        if (this.#client !== client) throw new RedisAwayError('It went away again.');
        this.#setUp(true);
      } catch {
        if (this.#client === client) this.#client = undefined;
        discard(client);
        // A little at random, so that a hundred instances do not come back in one instant.
        await sleep(pause * (0.75 + Math.random() / 2), undefined, { ref: false });
      }
    }
    this.#isConnecting = false;
  }

  #newClient(): Client {
    const { client: options, commandTimeoutMs } = this.#options;
    const client = createClient({
      ...options,
      RESP: 2,
      clientSideCache: undefined,
      emitInvalidate: false,
      maintNotifications: 'disabled',
      // CLIENT SETINFO does not exist in Redis 7.0, where an ACL cannot even name it.
      disableClientInfo: true,
      disableOfflineQueue: true,
      pingInterval: 0,
      // By default each command would get an AbortSignal, which costs ten times the command.
      commandOptions: { timeout: undefined },
      socket: { ...options.socket, reconnectStrategy: false, connectTimeout: commandTimeoutMs },
    }) as Client;
    client.on('error', () => this.#lose(client, 'The connection to Redis was lost.'));
    return client;
  }

  /** Connects, and hears the server answer: a stopped one accepts connections too. */
  async #greet(client: Client): Promise<void> {
    client.unref();
    let clear: () => void = () => undefined;
    const late = new Promise<never>((_, reject) => {
      clear = deadline(this.#options.commandTimeoutMs, () =>
        reject(new RedisAwayError('Redis cannot be reached.')),
      );
    });
    const send: Send = (command) => client.sendCommand<Reply>(command, AS_BYTES);
    const greeting = client
      .connect()
      .then(() => send(['PING']))
      .then(() => this.#begin(client, send).catch(ignoreReply));
    // It may also fail after the deadline, when nobody listens any more.
    greeting.catch(() => undefined);
    try {
      await Promise.race([greeting, late]);
    } finally {
      clear();
    }
  }

  #begin(client: Client, send: Send): Promise<unknown> {
    const { listen } = this.#options;
    return listen ? client.subscribe(listen.channel, listen.onMessage) : this.greeting(send);
  }

  #lose(client: Client, why: string): void {
    if (this.#client !== client) return;
    const wasUp = this.#isUp;
    this.#client = undefined;
    for (const fail of [...this.#pending]) fail(new RedisAwayError(why));
    discard(client);
    if (!wasUp) return;
    this.#setUp(false);
    void this.#connect();
  }

  #setUp(isUp: boolean): void {
    this.#isUp = isUp;
    for (const listener of this.#listeners) listener(isUp);
    if (isUp) this.#waiters.wake();
  }

  #lookWhetherItAnswers(): void {
    if (this.#isUp && this.#answers === 0) this.send(['PING']).catch(() => undefined);
    this.#answers = 0;
  }
}

function discard(client: Client): void {
  try {
    client.destroy();
  } catch {
    // It was closed already.
  }
}

function ignoreReply(error: unknown): void {
  if (!(error instanceof ErrorReply)) throw error;
}

/** Calls back when the time is over; returns how to call that off. */
function deadline(ms: number, expire: () => void): () => void {
  let timer = setTimeout(() => {
    timer = setTimeout(expire, GRACE_MS).unref();
  }, ms).unref();
  return () => clearTimeout(timer);
}
