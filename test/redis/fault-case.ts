import { jest } from '@jest/globals';
import { type Cursor } from 'nestjs-log-console';
import { FaultProxy } from '../support/fault-proxy.js';
import { RedisServer } from '../support/redis-server.js';
import { describeWith } from '../support/services.js';
import { Traffic, type Account, type TrafficOptions } from './traffic.js';

/** A deadline a command has in these tests, so that they last seconds. */
const TIMEOUT_MS = 500;

/** The deadline a command has when nothing else is said. */
export const USUAL_TIMEOUT_MS = 2000;
/** How long Redis, or the way to it, stands still. */
export const STANDSTILL_MS = 10_000;
/** How soon it is told that Redis is away, in seconds. */
export const TOLD_WITHIN_S = 6;

/** How soon everything is as before, once Redis is back. */
export const RECOVERY_MS = 5000;
export const FROM_OLDEST = '0' as Cursor;
/** The gap that says: nobody knows what was lost. */
export const RESTARTED = { reason: 'restarted', missed: null };
/** What holds of every fault. */
export const NOTHING_WRONG = {
  doubled: 0,
  unaccounted: 0,
  inversions: 0,
  backwards: 0,
} satisfies Partial<Account>;
/** What holds also where Redis has lost what it had. */
export const NOTHING_DOUBLED = { doubled: 0, inversions: 0, backwards: 0 } satisfies Partial<Account>;

/** What a fault needs; all of it is closed at the end of its test. */
export interface FaultCase {
  /** A server, with more settings. */
  readonly redis: (...settings: string[]) => Promise<RedisServer>;
  /** One that does not run yet. */
  readonly preparedRedis: (...settings: string[]) => Promise<RedisServer>;
  readonly proxyTo: (target: number) => Promise<FaultProxy>;
  readonly traffic: (options: TrafficOptions) => Traffic;
}

export function describeFaults(name: string, body: (using: FaultCase) => void): void {
  describeWith('redis-server', name, (command) => {
    jest.setTimeout(30_000);
    const open: { close(): Promise<void> }[] = [];
    const keep = <T extends { close(): Promise<void> }>(one: T): T => {
      open.push(one);
      return one;
    };
    afterEach(async () => {
      for (const one of open.splice(0).reverse()) await one.close();
    });
    body({
      redis: async (...settings) => keep(await RedisServer.start(command, { settings })),
      preparedRedis: async (...settings) => keep(await RedisServer.prepare(command, { settings })),
      proxyTo: async (target) => keep(await FaultProxy.to(target)),
      traffic: (options) => keep(new Traffic({ commandTimeoutMs: TIMEOUT_MS, ...options })),
    });
  });
}
