import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryStore, type LogStore } from 'nestjs-log-console';
import { eventually } from '../reading/log-host.js';
import {
  describeFaults,
  NOTHING_WRONG,
  RECOVERY_MS,
  STANDSTILL_MS,
  TOLD_WITHIN_S,
  USUAL_TIMEOUT_MS,
} from './fault-case.js';

/** Two writers hold back one batch each, of at most this and a little around it. */
const HELD_BACK = 2 * 256 * 1024 + 64 * 1024;

/** Microseconds of one log call, on average of many. */
function callTime(store: Pick<LogStore, 'append'>): number {
  const calls = 2000;
  const began = performance.now();
  for (let call = 0; call < calls; call++) store.append({ level: 'log', message: `call ${call}` });
  return ((performance.now() - began) * 1000) / calls;
}

describeFaults('The shared log, when', ({ redis, proxyTo, traffic }) => {
  it('connections are cut 40 times with their replies: no line is doubled, none is missed', async () => {
    const server = await redis();
    const proxy = await proxyTo(server.port);
    const all = traffic({ url: proxy.url, capacity: 20_000 });
    await all.follow();
    all.write();
    for (let cut = 0; cut < 40; cut++) {
      proxy.loseReplies();
      await sleep(60);
    }
    proxy.heal();
    expect(proxy.lostReplies).toBeGreaterThanOrEqual(40);
    expect(await all.arrived()).toBeLessThan(RECOVERY_MS);
    expect(await all.ended()).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [] });
  });

  it('it is a black hole for 10 s: no more than a batch of each process waits, and it goes on', async () => {
    const server = await redis();
    const proxy = await proxyTo(server.port);
    const all = traffic({
      ...{ url: proxy.url, capacity: 1000, rate: 2000 },
      commandTimeoutMs: USUAL_TIMEOUT_MS,
    });
    await all.follow();
    all.write();
    await sleep(300);
    proxy.hole();
    const standstill = sleep(STANDSTILL_MS);
    await eventually(() => all.isDegraded && all.isToldDegraded, TOLD_WITHIN_S);
    await standstill;
    expect(all.isDegraded).toBe(true);
    expect(proxy.swallowed).toBeLessThan(HELD_BACK);
    proxy.heal();
    expect(await all.arrived()).toBeLessThan(RECOVERY_MS);
    const account = await all.ended();
    expect(account).toMatchObject({ ...NOTHING_WRONG, gaps: [] });
    expect(account.lost).toBeGreaterThan(0);
  });

  it('it is a black hole: a log call takes at most 5 µs longer', async () => {
    const server = await redis();
    const proxy = await proxyTo(server.port);
    const { store } = traffic({ url: proxy.url, instances: [] }).reader;
    const alone = new MemoryStore({ instance: 'alone' });
    await eventually(() => store.state.state === 'up');
    proxy.hole();
    const withStore: number[] = [];
    const without: number[] = [];
    for (let round = 0; round < 30; round++) {
      withStore.push(callTime(store));
      without.push(callTime(alone));
      await sleep(50);
    }
    expect(store.state.state).toBe('degraded');
    // The quickest round is the one in which nobody else had the processor.
    expect(Math.min(...withStore) - Math.min(...without)).toBeLessThan(5);
  });

  it('it is slow: lines come later, and none is lost', async () => {
    const server = await redis();
    const proxy = await proxyTo(server.port);
    const all = traffic({ url: proxy.url, capacity: 20_000 });
    await all.follow();
    all.write();
    proxy.delay(200);
    await sleep(1500);
    await all.arrived();
    expect(all.reader.store.state.state).toBe('up');
    proxy.heal();
    expect(await all.ended()).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [] });
  });
});
