import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../reading/log-host.js';
import {
  describeFaults,
  FROM_OLDEST,
  NOTHING_DOUBLED,
  NOTHING_WRONG,
  RECOVERY_MS,
  RESTARTED,
  STANDSTILL_MS,
  TOLD_WITHIN_S,
  USUAL_TIMEOUT_MS,
} from './fault-case.js';

describeFaults('The shared log, when', ({ redis, preparedRedis, proxyTo, traffic }) => {
  it('Redis is down at the boot: lines are held, what the buffer overwrote is told, and it joins within 5 s', async () => {
    const server = await preparedRedis();
    const all = traffic({ url: server.url, capacity: 1000 });
    all.write();
    await sleep(2500);
    expect((await all.reader.store.stats()).store).toMatchObject({ kind: 'redis', state: 'degraded' });
    await server.start();
    const began = performance.now();
    await all.isUp();
    await all.follow(FROM_OLDEST);
    await all.arrived();
    expect(performance.now() - began).toBeLessThan(RECOVERY_MS);
    const account = await all.ended();
    expect(account).toMatchObject({ ...NOTHING_WRONG, gaps: [] });
    expect(account.lost).toBeGreaterThan(1000);
    expect((await all.reader.store.stats()).store).toMatchObject({ kind: 'redis', state: 'up' });
  });

  it('Redis is killed and comes back with its append-only file: nothing that was logged is lost', async () => {
    const server = await redis('--appendonly', 'yes');
    const all = traffic({ url: server.url, capacity: 10_000 });
    await all.follow();
    all.write();
    await sleep(500);
    await server.kill();
    await sleep(500);
    await server.start();
    expect(await all.arrived()).toBeLessThan(RECOVERY_MS);
    expect(await all.ended()).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [RESTARTED] });
  });

  it('Redis is killed and comes back with nothing: ids go up, and a gap says so', async () => {
    const server = await redis();
    const all = traffic({ url: server.url, capacity: 10_000 });
    await all.follow();
    all.write();
    await sleep(500);
    await server.kill();
    await server.start();
    expect(await all.arrived()).toBeLessThan(RECOVERY_MS);
    expect(await all.ended()).toMatchObject({ ...NOTHING_DOUBLED, lost: 0, gaps: [RESTARTED] });
  });

  it('Redis stands still for 10 s: readers are told within 6 s, and it goes on when Redis does', async () => {
    const server = await redis();
    const all = traffic({ url: server.url, capacity: 1000, commandTimeoutMs: USUAL_TIMEOUT_MS });
    await all.follow();
    all.write();
    await sleep(300);
    server.signal('SIGSTOP');
    const standstill = sleep(STANDSTILL_MS);
    await eventually(() => all.isDegraded && all.isToldDegraded, TOLD_WITHIN_S);
    await standstill;
    expect(all.isDegraded).toBe(true);
    server.signal('SIGCONT');
    expect(await all.arrived()).toBeLessThan(RECOVERY_MS);
    const account = await all.ended();
    expect(account).toMatchObject({ ...NOTHING_WRONG, gaps: [] });
    expect(account.lost).toBeGreaterThan(0);
  });

  it('a replica that lagged is promoted: ids go up, and a gap says so', async () => {
    const first = await redis();
    const between = await proxyTo(first.port);
    const second = await redis('--replicaof', '127.0.0.1', String(between.port));
    const proxy = await proxyTo(first.port);
    const all = traffic({ url: proxy.url, capacity: 10_000 });
    await all.follow();
    await second.until('INFO', /master_link_status:up/);
    all.write();
    await all.arrived();
    between.hole();
    await sleep(500);
    await all.arrived();
    await first.kill();
    await second.ask('REPLICAOF', 'NO', 'ONE');
    proxy.target = second.port;
    proxy.cut();
    expect(await all.arrived()).toBeLessThan(RECOVERY_MS);
    const account = await all.ended();
    expect(account).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [RESTARTED] });
  });
});
