import { jest } from '@jest/globals';
import { type InstanceList, type LogBatch, type LogEntry } from 'nestjs-log-console';
import { bearer, OPERATOR } from '../access/people.js';
import { ReturningReader } from '../faults/returning-reader.js';
import { eventually } from '../reading/log-host.js';
import { open, request, type OpenReply } from '../support/http-client.js';
import { describeWith } from '../support/services.js';
import { DemoCluster } from './demo-cluster.js';

const LINES = 50;
const LAST = 'This is the last line';
const RESTARTED_WITHIN_S = 15;
const headers = bearer(OPERATOR);

/** Polls like a script does: one request after the other, with the cursor of the last answer; what fails is asked again. */
class Poller {
  readonly entries: LogEntry[] = [];
  readonly #done: Promise<void>;
  #isOver = false;

  constructor(
    readonly url: string,
    public place: string,
  ) {
    this.#done = this.#run();
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      try {
        const { status, json } = await request(`${this.url}?wait=1&after=${this.place}`, { headers });
        if (status !== 200) continue;
        const { entries, next } = json as LogBatch;
        this.entries.push(...entries);
        this.place = next;
      } catch {
        // Cut off before it was answered.
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const idsUpTo = (isLast: (entry: LogEntry) => boolean, entries: readonly LogEntry[]): number[] =>
  entries.slice(0, entries.findIndex(isLast) + 1).map(({ id }) => id);

/** Reads everything after a place, to its end. */
async function everything(
  ask: <T>(path: string) => Promise<T>,
  start: string,
): Promise<{ entries: LogEntry[]; gaps: LogBatch['gap'][] }> {
  const entries: LogEntry[] = [];
  const gaps: LogBatch['gap'][] = [];
  let place = start;
  for (let more = true; more;) {
    const batch = await ask<LogBatch>(`entries?limit=5000&after=${place}`);
    entries.push(...batch.entries);
    if (batch.gap) gaps.push(batch.gap);
    ({ next: place, more } = batch);
  }
  return { entries, gaps };
}

const exists = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describeWith('nginx', 'The demo as three instances behind nginx', () => {
  jest.setTimeout(90_000);
  let cluster: DemoCluster;
  beforeEach(async () => {
    cluster = await DemoCluster.start();
  });
  const opened: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
    await cluster.stop();
  });

  it('loses an instance and Redis while a page, a poller and curl -N follow, and no account of theirs is wrong; Ctrl+C ends all of it', async () => {
    const api = `${cluster.url}/log-console/api`;
    const ask = async <T>(path: string): Promise<T> =>
      (await request(`${api}/${path}`, { headers })).json as T;
    // nginx answers 502 to what it has sent to the one that was killed.
    const burst = (): Promise<void> =>
      eventually(async () => {
        const { status } = await request(`${cluster.url}/demo/burst?n=${LINES}`, { method: 'POST' });
        return status === 201;
      });
    const { instances } = await ask<InstanceList>('instances');
    expect(instances.map(({ name, state, pid }) => [name, state, pid])).toEqual(
      ['web-1', 'web-2', 'web-3'].map((name) => [name, 'up', cluster.pid(name)]),
    );

    const { next: start } = await ask<LogBatch>('entries?limit=0');
    const page = new ReturningReader(`${api}/stream`, start);
    const poller = new Poller(`${api}/entries`, start);
    opened.push(
      () => page.close(),
      () => poller.close(),
    );
    // One of three is with the instance that is going to be killed.
    const curls = await Promise.all([1, 2, 3].map(() => open(`${api}/tail?after=${start}`, { headers })));
    opened.push(...curls.map(({ close }) => close));
    const over = new Set<OpenReply>();
    for (const curl of curls) void curl.ended.then(() => over.add(curl));

    await burst();
    process.kill(cluster.pid('web-2'), 'SIGKILL');
    for (let times = 0; times < 3; times++) await burst();
    process.kill(cluster.pid('redis'), 'SIGKILL');
    for (let times = 0; times < 3; times++) await burst();
    await cluster.until('redis is started again');
    await eventually(
      async () => (await ask<LogBatch>('entries?limit=1')).degraded !== true,
      RESTARTED_WITHIN_S,
    );
    for (let times = 0; times < 3; times++) await burst();

    const said = await request(`${cluster.url}/demo/log`, {
      ...{ method: 'POST', body: { level: 'warn', message: LAST } },
    });
    expect(said.status).toBe(201);
    const isLast = ({ message }: LogEntry): boolean => message === LAST;
    await eventually(() => page.entries.some(isLast) && poller.entries.some(isLast), 10);

    const { entries, gaps } = await everything(ask, start);
    expect(entries.length).toBeGreaterThanOrEqual(9 * LINES);
    expect(idsUpTo(isLast, page.entries)).toEqual(idsUpTo(isLast, entries));
    expect(idsUpTo(isLast, poller.entries)).toEqual(idsUpTo(isLast, entries));
    // Another server process begins another generation, and has lost nothing.
    expect(gaps).toEqual([{ reason: 'restarted', missed: null }]);
    expect(page.batches.flatMap(({ gap }) => gap ?? [])).toEqual(gaps);

    const upToLast = (text: string): string => text.slice(0, text.indexOf(LAST));
    const download = await request(`${api}/export?format=text&after=${start}`, { headers });
    const following = curls.filter((curl) => !over.has(curl));
    expect(following.length).toBeGreaterThan(0);
    for (const curl of following) expect(upToLast(await curl.until(LAST))).toBe(upToLast(download.text));

    const pids = ['web-1', 'web-3', 'redis'].map((name) => cluster.pid(name));
    expect(pids.map(exists)).toEqual([true, true, true]);
    expect(await cluster.stop()).toBe(0);
    expect(pids.map(exists)).toEqual([false, false, false]);
    await expect(request(cluster.url)).rejects.toThrow('ECONNREFUSED');
  });
});
