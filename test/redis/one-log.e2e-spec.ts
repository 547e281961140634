import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow, type LogBatch, type SourceEvent } from 'nestjs-log-console';
import { type RedisStore } from 'nestjs-log-console/redis';
import { eventually, messagesOf } from '../reading/log-host.js';
import { selfSigned } from '../support/self-signed.js';
import { documentedUser } from './documented-user.js';
import { describeFaults, FROM_OLDEST, NOTHING_WRONG } from './fault-case.js';
import { type Traffic } from './traffic.js';

const STREAM = 'lc:{default}:s';
const MIB = 1024 * 1024;

describeFaults('Processes that share a log', ({ redis, proxyTo, traffic }) => {
  /** Two of them, and a third that reads. */
  const three = async (options: object = {}): Promise<Traffic> => {
    const server = await redis();
    return traffic({ url: server.url, ...options });
  };
  const storesOf = (all: Traffic): RedisStore[] => [...all.writers, all.reader].map(({ store }) => store);
  const logged = async (all: Traffic, lines: number): Promise<void> => {
    for (let line = 0; line < lines; line++) for (const writer of all.writers) writer.log();
    for (const { store } of all.writers) await store.flush(5000);
  };

  it('each answer the same cursor with the same lines, in both directions', async () => {
    const all = await three();
    await logged(all, 50);
    const readers = storesOf(all);
    const onEach = async (request: Parameters<RedisStore['read']>[0]): Promise<LogBatch> => {
      const batches = await Promise.all(readers.map((store) => store.read(request)));
      const said = batches.map(({ entries, next, prev, more, gap }) => ({ entries, next, prev, more, gap }));
      expect(said).toEqual([said[0], said[0], said[0]]);
      return batches[0];
    };
    const newest = await onEach({ limit: 10 });
    const older = await onEach({ before: newest.prev, limit: 20 });
    const oldest = await onEach({ after: FROM_OLDEST, limit: 70 });
    const rest = await onEach({ after: oldest.next, limit: 70 });
    expect([newest.size, older.size, oldest.size, rest.size]).toEqual([10, 20, 70, 30]);
    expect([...messagesOf(oldest), ...messagesOf(rest)].slice(-30)).toEqual([
      ...messagesOf(older),
      ...messagesOf(newest),
    ]);
    await onEach({ after: oldest.next, limit: 5, filter: { instance: 'web-2', search: 'w1' } });
  });

  it('name the process of each line, and filter by it', async () => {
    const all = await three();
    await logged(all, 5);
    const { entries } = await all.reader.store.read({ limit: 100, filter: { instance: 'web-2' } });
    expect(entries.map(({ instance, message }) => [instance, message])).toEqual(
      [1, 2, 3, 4, 5].map((line) => ['web-2', `w1 ${line}`]),
    );
  });

  it('keep the order of each writer in bursts of all of them', async () => {
    const all = await three({ instances: ['web-1', 'web-2', 'web-3', 'web-4'], capacity: 20_000 });
    await all.follow();
    for (let burst = 1; burst < 400; burst = Math.ceil(burst * 1.7)) {
      for (const writer of all.writers) writer.log(burst);
      await new Promise(setImmediate);
    }
    expect(await all.ended()).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [] });
  });

  it('are cleared once for all: each says so, once, and a reader behind is told how many', async () => {
    const all = await three();
    const heard = storesOf(all).map((store) => {
      const events: SourceEvent[] = [];
      store.onEvent((event) => events.push(event));
      return events;
    });
    const place = (await all.reader.store.read({ limit: 0 })).next;
    await logged(all, 10);
    const { cleared, upTo } = await all.writers[0].store.clear({ by: 'operator-1' });
    expect(cleared).toBe(20);
    await eventually(() => heard.every(({ length }) => length === 1));
    for (const [event] of heard)
      expect(event).toMatchObject({ event: 'cleared', data: { upTo, by: 'operator-1' } });
    for (const store of storesOf(all)) {
      const { gap, entries } = await store.read({ after: place, limit: 100 });
      expect(gap).toMatchObject({ reason: 'cleared', missed: 20 });
      expect(messagesOf({ entries })).toEqual(['operator-1 cleared 20 entries']);
    }
    await all.writers[1].store.clear();
    await eventually(() => heard.every(({ length }) => length === 2));
    expect(heard.map(({ length }) => length)).toEqual([2, 2, 2]);
  });

  it('can be cleared up to a line in the middle of what was sent at once', async () => {
    const all = await three({ instances: ['web-1'] });
    all.writers[0].log(10);
    await all.writers[0].store.flush(5000);
    const { entries } = await all.reader.store.read({ limit: 10 });
    const { epoch } = await all.reader.store.read({ limit: 0 });
    await all.reader.store.clear({ upTo: `${epoch}-${entries[6].id}` as never });
    const left = await all.writers[0].store.read({ after: FROM_OLDEST, limit: 100 });
    expect(messagesOf(left)).toEqual(['w0 8', 'w0 9', 'w0 10', 'The application cleared 7 entries']);
    expect(await all.reader.store.stats()).toMatchObject({
      held: { entries: 4, byLevel: { log: 3, warn: 1 } },
      accepted: { total: 11 },
      cleared: 7,
    });
  });

  it('send the first line at once, and what comes after it together', async () => {
    const server = await redis();
    const all = traffic({ url: server.url, flushMs: 2000, instances: ['web-1'] });
    await all.follow();
    all.writers[0].log();
    await all.until('the first line', () => all.entries.length > 0);
    for (let turn = 0; turn < 20; turn++) {
      all.writers[0].log();
      await new Promise(setImmediate);
    }
    await all.until('all lines', () => all.entries.length === 21);
    expect(await server.ask('XLEN', STREAM)).toBe(2);
  });

  it('say which process lost lines on the way, and how many', async () => {
    const server = await redis();
    const proxy = await proxyTo(server.port);
    const all = traffic({ url: proxy.url, instances: ['web-1'], capacity: 100 });
    await all.follow();
    await all.arrived();
    proxy.hole();
    all.writers[0].log();
    await new Promise(setImmediate);
    all.writers[0].log(350);
    proxy.heal();
    await all.arrived();
    const account = all.account();
    expect(account).toMatchObject({ ...NOTHING_WRONG, gaps: [] });
    const missed = account.logged - account.delivered;
    expect(missed).toBeGreaterThanOrEqual(251);
    expect(all.gaps).toEqual([{ reason: 'shipping', missed, instance: 'web-1' }]);
    expect(all.writers[0].store.shipped).toEqual({ entries: account.delivered, lost: missed });
  });

  it('hold no more in Redis than they may, by lines and by bytes', async () => {
    const server = await redis();
    const all = traffic({ url: server.url, instances: ['web-1'], maxBytes: MIB, capacity: 50_000 });
    for (let burst = 0; burst < 40; burst++) {
      for (let line = 0; line < 100; line++)
        all.writers[0].store.append({ level: 'log', message: `${burst} ${line} ${'x'.repeat(burst * 20)}` });
      await all.writers[0].store.flush(5000);
    }
    const used = await Promise.all(
      ['s', 'x', 'm'].map((key) =>
        server.ask<number>('MEMORY', 'USAGE', `lc:{default}:${key}`, 'SAMPLES', '0'),
      ),
    );
    expect(used.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(1.2 * MIB);
    const { held, evicted, accepted, capacity } = await all.reader.store.stats();
    expect(capacity).toEqual({ entries: 100_000, bytes: MIB });
    expect(held.bytes).toBeGreaterThan(0.7 * MIB);
    expect(held.bytes).toBeLessThanOrEqual(MIB);
    expect(held.entries + evicted).toBe(accepted.total);
    expect((await all.reader.store.read({ after: FROM_OLDEST, limit: 5000 })).size).toBe(held.entries);
  });

  it('make room for a while where there is none: a 64th of the log goes at once', async () => {
    const all = traffic({ url: (await redis()).url, instances: ['web-1'], maxEntries: 640 });
    const [{ store }] = all.writers;
    const held = async (lines: number): Promise<number> => {
      for (let line = 0; line < lines; line++) store.append({ level: 'log', message: `line ${line}` });
      await store.flush(5000);
      return (await store.stats()).held.entries;
    };
    for (let burst = 0; burst < 64; burst++) expect(await held(10)).toBe((burst + 1) * 10);
    expect(await held(10)).toBe(630);
    expect(await held(10)).toBe(640);
    expect(await held(1)).toBe(631);
    expect((await store.read({ after: FROM_OLDEST, limit: 1000 })).size).toBe(631);
  });

  it('ask Redis once for all who follow in a process, over one connection that waits', async () => {
    const server = await redis();
    const all = traffic({ url: server.url, instances: ['web-1'] });
    const { store } = all.reader;
    await all.follow();
    await all.arrived();
    const after = (await store.read({ limit: 0 })).next;
    const countTo = async (wanted: number): Promise<number> => {
      let lines = 0;
      for await (const { size } of follow(store, { after })) if ((lines += size) >= wanted) break;
      return lines;
    };
    const counts = Array.from({ length: 50 }, () => countTo(100));
    await server.ask('CONFIG', 'RESETSTAT');
    for (let line = 0; line < 100; line++) {
      all.writers[0].log();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await Promise.all(counts)).toEqual(counts.map(() => 100));
    const stats = await server.ask<string>('INFO', 'commandstats');
    const calls = (name: string): number =>
      Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
    expect(calls('xrange') + calls('xrevrange')).toBeLessThan(50);
    const clients = (await server.ask<string>('CLIENT', 'LIST')).split('\n');
    expect(clients.filter((line) => line.includes('cmd=xread'))).toHaveLength(1);
  });

  it('read their own lines as soon as they are sent, also where following them is slow', async () => {
    const server = await redis();
    const proxy = await proxyTo(server.port);
    proxy.delay(300, 'XREAD');
    const all = traffic({ url: proxy.url, instances: [] });
    await all.follow();
    for (let line = 1; line <= 5; line++) {
      const { next } = await all.reader.store.read({ limit: 0 });
      all.reader.log();
      await all.reader.store.flush(5000);
      expect(messagesOf(await all.reader.store.read({ after: next, limit: 10 }))).toEqual([`reader ${line}`]);
    }
  });

  it('ship what they held before, and what is left when they close', async () => {
    const server = await redis();
    const all = traffic({ url: server.url, instances: ['web-1'], flushMs: 500 });
    all.writers[0].log(3);
    await all.writers[0].store.flush(5000);
    all.writers[0].log(2);
    await all.writers[0].store.close();
    expect(messagesOf(await all.reader.store.read({ limit: 10 }))).toEqual(
      [1, 2, 3, 4, 5].map((line) => `w0 ${line}`),
    );
  });

  it('go on without Redis: places are kept, who has none reads this process, and all comes together again', async () => {
    const server = await redis('--appendonly', 'yes');
    const all = traffic({ url: server.url, capacity: 10_000 });
    const [{ store }] = all.writers;
    await logged(all, 5);
    const place = (await store.read({ limit: 0 })).next;
    await server.kill();
    await eventually(() => store.state.state === 'degraded', 10);
    await eventually(async () => (await store.read({ limit: 1 })).degraded === true);
    all.writers[0].log();
    expect(await store.read({ after: place, limit: 10 })).toMatchObject({
      entries: [],
      next: place,
      more: false,
      degraded: true,
    });
    const local = await store.read({ limit: 3 });
    expect([messagesOf(local), local.degraded]).toEqual([['w0 4', 'w0 5', 'w0 6'], true]);
    expect((await store.stats()).store).toMatchObject({ kind: 'redis', state: 'degraded' });
    await expect(store.clear()).rejects.toMatchObject({ name: 'StoreAwayError' });

    const seen: string[] = [];
    const abort = new AbortController();
    const following = (async () => {
      for await (const batch of follow(store, { after: local.next, signal: abort.signal }))
        seen.push(...(batch.gap ? [batch.gap.reason] : []), ...messagesOf(batch));
    })();
    all.writers[0].log();
    await eventually(() => seen.length === 1);
    await server.start();
    await all.isUp();
    // The reader goes on behind the last line it has read, wherever that is now: others may be before it.
    expect(await store.flush(5000)).toBe(true);
    all.writers[0].log();
    all.writers[1].log();
    await eventually(() => seen.includes('w0 8') && seen.includes('w1 6'), 10);
    expect(seen.filter((line) => !line.startsWith('w1'))).toEqual(['w0 7', 'restarted', 'w0 8']);
    abort.abort();
    await following;
    const { gap, entries } = await store.read({ after: place, limit: 100 });
    expect(gap).toEqual({ reason: 'restarted', missed: null });
    expect(messagesOf({ entries }).sort()).toEqual(['w0 6', 'w0 7', 'w0 8', 'w1 6']);
  });
});

describeFaults('A shared store', ({ redis, traffic }) => {
  it('signs in as a user with few rights', async () => {
    const server = await redis();
    const all = traffic(await documentedUser(server));
    await all.follow();
    await all.arrived();
    await all.reader.store.clear();
    expect(await all.ended()).toMatchObject(NOTHING_WRONG);
    expect((await all.reader.store.stats()).held.entries).toBeGreaterThan(0);
  });

  it('speaks TLS, by the settings of a client', async () => {
    const { key, certificate } = selfSigned();
    const server = await redis();
    const files = { key: join(server.folder, 'key.pem'), cert: join(server.folder, 'cert.pem') };
    writeFileSync(files.key, key);
    writeFileSync(files.cert, certificate);
    for (const [name, value] of [
      ['tls-auth-clients', 'no'],
      ['tls-key-file', files.key],
      ['tls-cert-file', files.cert],
      ['tls-ca-cert-file', files.cert],
    ])
      await server.ask('CONFIG', 'SET', name, value);
    const port = await server.listenWithTls();
    const all = traffic({
      client: {
        socket: { host: 'localhost', port, tls: true, ca: certificate, checkServerIdentity: () => undefined },
      },
    });
    await all.follow();
    expect(await all.ended()).toMatchObject(NOTHING_WRONG);
  });
});
