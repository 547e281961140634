import { setTimeout as sleep } from 'node:timers/promises';
import { describeFaults, NOTHING_DOUBLED, NOTHING_WRONG, RECOVERY_MS, RESTARTED } from './fault-case.js';

const APP = 'default';
const STREAM = `lc:{${APP}}:s`;
const META = `lc:{${APP}}:m`;
const MARKS = `lc:{${APP}}:x`;
/** Far beyond any id. */
const FUTURE = '0-9007199254740000';
const TOLD_WITHIN_MS = 6000;

describeFaults('The shared log, when', ({ redis, traffic }) => {
  it('Redis is emptied while a reader waits: it is told within seconds, and gets what comes', async () => {
    const server = await redis();
    const all = traffic({ url: server.url });
    await all.follow();
    await all.arrived();
    await server.ask('FLUSHALL');
    const began = performance.now();
    await all.until('a gap', () => all.gaps.length > 0);
    expect(performance.now() - began).toBeLessThan(TOLD_WITHIN_MS);
    await all.arrived();
    expect(await all.ended()).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [RESTARTED] });
  });

  it('Redis is emptied in full traffic: no line is doubled, and a gap says what is gone', async () => {
    const server = await redis();
    const all = traffic({ url: server.url, capacity: 10_000 });
    await all.follow();
    all.write();
    await all.arrived();
    await server.ask('FLUSHALL');
    await all.arrived();
    expect(await all.ended()).toMatchObject({ ...NOTHING_DOUBLED, lost: 0, gaps: [RESTARTED] });
  });

  it('Redis has no memory left: lines wait in the buffer, what it overwrote is told, and it goes on', async () => {
    const server = await redis('--maxmemory-policy', 'noeviction');
    const all = traffic({ url: server.url, capacity: 1000 });
    await all.follow();
    all.write();
    await all.arrived();
    await server.ask('CONFIG', 'SET', 'maxmemory', '1mb');
    await sleep(2500);
    expect((await all.reader.store.read({ limit: 5 })).size).toBe(5);
    await server.ask('CONFIG', 'SET', 'maxmemory', '0');
    expect(await all.arrived()).toBeLessThan(RECOVERY_MS);
    const account = await all.ended();
    expect(account).toMatchObject({ ...NOTHING_WRONG, gaps: [] });
    expect(account.lost).toBeGreaterThan(0);
  });

  it('Redis evicts its lines: a reader that had none of them is told how many, and ids go on', async () => {
    const server = await redis();
    const all = traffic({ url: server.url });
    const { store } = all.reader;
    const place = (await store.read({ limit: 0 })).next;
    await all.follow();
    for (const writer of all.writers) writer.log(10);
    await all.arrived();
    await server.ask('DEL', STREAM);
    await all.arrived();
    expect(await all.ended()).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [] });
    const { gap, entries } = await store.read({ after: place, limit: 500 });
    expect(gap).toMatchObject({ reason: 'evicted', missed: 22 });
    expect(entries[0]?.id).toBe((gap?.to ?? NaN) + 1);
    const { held, accepted, evicted } = await store.stats();
    expect([accepted.total, evicted]).toEqual([held.entries + 22, 22]);
  });

  it('Redis evicts what it knows of the log: ids go up, what is held stays', async () => {
    const server = await redis();
    const all = traffic({ url: server.url });
    await all.follow();
    for (const writer of all.writers) writer.log(10);
    await all.arrived();
    await server.ask('DEL', META);
    await all.arrived();
    expect(await all.ended()).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [RESTARTED] });
    const { size } = await all.reader.store.read({ limit: 500 });
    expect(size).toBe((await all.reader.store.stats()).held.entries - 22);
  });

  it('it goes back to what it had while every connection stands: no id is given twice, and a gap says so', async () => {
    const server = await redis();
    const all = traffic({ url: server.url, instances: ['web-1'] });
    const [writer] = all.writers;
    const { store } = writer;
    const shipped = async (lines: number): Promise<number> => {
      writer.log(lines);
      expect(await store.flush(5000)).toBe(true);
      return (await store.read({ limit: 1 })).entries[0]?.id ?? NaN;
    };
    await shipped(5);
    for (const key of [STREAM, META, MARKS]) await server.ask('COPY', key, `${key}:before`);
    const newest = await shipped(10);
    const place = (await store.read({ limit: 0 })).next;
    for (const key of [STREAM, META, MARKS]) await server.ask('RENAME', `${key}:before`, key);
    expect(await shipped(3)).toBeGreaterThan(newest + 3);
    const { gap, size } = await store.read({ after: place, limit: 100 });
    expect(gap).toEqual(RESTARTED);
    expect(size).toBe(3);
  });

  it.each([
    ['with an id of its own choice', [FUTURE, 'junk', 'x']],
    ['with an automatic id', ['*', 'junk', 'x']],
    ['that looks like a batch', [FUTURE, 'g', '1', 'n', '5', 'v', 'x', 'l', '0', 'd', '{"id":1}']],
    ['of many megabytes', ['*', 'junk', 'x'.repeat(20 * 1024 * 1024)]],
  ])('somebody else writes an entry %s: lines go on, and nothing is doubled', async (_what, entry) => {
    const server = await redis();
    const all = traffic({ url: server.url, capacity: 10_000 });
    await all.follow();
    all.write();
    await all.arrived();
    await server.ask('XADD', STREAM, ...entry);
    expect(await all.arrived()).toBeLessThan(RECOVERY_MS);
    const account = await all.ended();
    expect(account).toMatchObject({ ...NOTHING_DOUBLED, lost: 0, gaps: [RESTARTED] });
  });

  it('somebody else writes an entry while nobody reads: lines go on at once', async () => {
    const server = await redis();
    const [writer] = traffic({ url: server.url, instances: ['web-1'] }).writers;
    const { store } = writer;
    writer.log();
    expect(await store.flush(5000)).toBe(true);
    await server.ask('XADD', STREAM, '*', 'junk', 'x');
    writer.log();
    expect(await store.flush(5000)).toBe(true);
    expect((await store.read({ limit: 10 })).entries.map(({ message }) => message)).toEqual(['w0 2']);
  });

  it('Redis may not be read: a reader asks now and then, and goes on when it may', async () => {
    const server = await redis();
    await server.ask('ACL', 'SETUSER', 'lc', 'on', '>pw', '~*', '+@all');
    const all = traffic({ url: `redis://lc:pw@127.0.0.1:${server.port}` });
    const { store } = all.reader;
    const place = (await store.read({ limit: 0 })).next;
    for (const writer of all.writers) writer.log(10);
    for (const writer of all.writers) await writer.store.flush(5000);
    let reads = 0;
    const read = store.read.bind(store);
    store.read = (request) => {
      reads++;
      return read(request);
    };
    await server.ask('ACL', 'SETUSER', 'lc', '-xrange');
    await all.follow(place);
    await sleep(1000);
    expect(reads).toBeGreaterThan(1);
    expect(reads).toBeLessThan(50);
    expect(all.isToldDegraded).toBe(true);
    await server.ask('ACL', 'SETUSER', 'lc', '+xrange');
    expect(await all.ended()).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [] });
  });

  it('two processes have one name: the lines of each come in order, none is doubled', async () => {
    const server = await redis();
    const all = traffic({ url: server.url, instances: ['web-1', 'web-1'], capacity: 10_000 });
    await all.follow();
    all.write();
    await sleep(500);
    const account = await all.ended();
    expect(account).toMatchObject({ ...NOTHING_WRONG, lost: 0, gaps: [] });
  });
});
