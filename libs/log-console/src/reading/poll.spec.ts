import { formatCursor, type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogSource, type ReadRequest, type SourceEvent, type Wait } from '../domain/log-source.js';
import { ArrayStore } from '../testing/array.store.js';
import { poll } from './poll.js';

const LONG = 600_000;

/** Ten entries; what a test appends comes after them. A filter lets even ids pass. */
class Source implements LogSource {
  newest = 10;
  readonly asked: ReadRequest[] = [];
  readonly waits: Wait[] = [];
  readonly listeners = new Set<(event: SourceEvent) => void>();
  /** How many entries a filtered read looks at. */
  looksAt = Infinity;
  #wake: () => void = () => undefined;

  read(request: ReadRequest): LogBatch {
    this.asked.push(request);
    const { after, before, filter, limit } = request;
    const from = before || after === undefined ? this.newest + 1 : Number(after.slice(2)) + 1;
    const reached = Math.min(this.newest, from + this.looksAt - 1);
    const ids = Array.from({ length: Math.max(0, reached - from + 1) }, (_, index) => from + index)
      .filter((id) => !filter || id % 2 === 0)
      .slice(0, limit);
    const entries = ids.map((id) => ({ id, level: 'log' as const, message: `entry ${id}` }));
    const more = reached < this.newest;
    const place = { next: at(limit === 0 ? from - 1 : reached), prev: at(from) };
    return { epoch: 'e', instance: 'i', entries, size: entries.length, ...place, more };
  }

  waitAfter(_: Cursor, wait: Wait): Promise<void> {
    this.waits.push(wait);
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (wait.signal?.aborted || wait.timeoutMs <= 0) resolve();
      wait.signal?.addEventListener('abort', () => resolve());
    });
  }

  onEvent(listener: (event: SourceEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  append(count = 1): void {
    this.newest += count;
    this.#wake();
  }

  clear(): void {
    for (const listener of this.listeners)
      listener({ event: 'cleared', data: { upTo: at(this.newest), at: '2026-11-20T08:15:42.113Z' } });
    this.append();
  }

  /** Tells of a file event, beside an entry the filter drops. */
  rotate(): void {
    for (const listener of this.listeners)
      listener({ event: 'file', data: { change: 'rotated', at: '2026-11-20T08:15:42.113Z' } });
    this.append();
  }
}

function at(id: number): Cursor {
  return formatCursor('e', id);
}

function ids({ entries }: LogBatch): number[] {
  return entries.map(({ id }) => id);
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('poll', () => {
  const wait = { waitMs: LONG, signal: new AbortController().signal };
  const EVEN = { search: 'even' };

  it('answers at once when there is something', async () => {
    const source = new Source();
    expect(ids(await poll(source, { after: at(8), limit: 10 }, wait))).toEqual([9, 10]);
    expect(source.waits).toEqual([]);
  });

  it('waits for the next entry, and answers with it', async () => {
    const source = new Source();
    const answer = poll(source, { after: at(10), limit: 10 }, wait);
    await turn();
    source.append();
    const batch = await answer;
    expect([ids(batch), batch.next]).toEqual([[11], at(11)]);
  });

  it('waits on, when a filter drops the news, from where it has looked', async () => {
    const source = new Source();
    const answer = poll(source, { after: at(10), limit: 10, filter: EVEN }, wait);
    await turn();
    source.append();
    await turn();
    expect(source.waits).toHaveLength(2);
    source.append();
    expect(ids(await answer)).toEqual([12]);
    expect(source.asked.map(({ after, filter }) => [after, filter])).toEqual([
      [at(10), EVEN],
      [at(10), EVEN],
      [at(11), EVEN],
    ]);
  });

  it('looks on without waiting, where a filtered read did not look at everything, and lets others have a turn', async () => {
    const source = new Source();
    source.looksAt = 1;
    let turns = 0;
    const counting = (): NodeJS.Immediate => setImmediate(() => turns++ < 100 && counting());
    counting();
    expect(ids(await poll(source, { after: at(6), limit: 1, filter: EVEN }, wait))).toEqual([8]);
    expect(source.waits).toEqual([]);
    expect(turns).toBeGreaterThan(0);
  });

  it('answers a gap at once', async () => {
    const source = new Source();
    const read = source.read.bind(source);
    const gap = { reason: 'restarted', missed: null } as const;
    source.read = (request) => ({ ...read(request), gap });
    expect((await poll(source, { after: at(10), limit: 10 }, wait)).gap).toEqual(gap);
  });

  it('answers a clear, also when the filter drops the entry that says so', async () => {
    const source = new Source();
    const answer = poll(source, { after: at(10), limit: 10, filter: EVEN }, wait);
    await turn();
    source.clear();
    const batch = await answer;
    expect([batch.size, batch.next]).toEqual([0, at(11)]);
  });

  it('waits on when something happened to a file: that is no entry, no gap and no clear', async () => {
    const source = new Source();
    const answer = poll(source, { after: at(10), limit: 10, filter: EVEN }, wait);
    await turn();
    source.rotate();
    await turn();
    await turn();
    expect(source.waits).toHaveLength(2);
    source.append(1);
    expect(ids(await answer)).toEqual([12]);
  });

  it('answers at the time limit with an empty batch, whose next has moved past what the filter dropped', async () => {
    const source = new Source();
    source.newest = 11;
    const batch = await poll(source, { after: at(10), limit: 10, filter: EVEN }, { ...wait, waitMs: 0 });
    expect([batch.size, batch.next]).toEqual([0, at(11)]);
    expect(source.waits).toEqual([]);
  });

  it('waits no longer than it may', async () => {
    const source = new Source();
    void poll(source, { after: at(10), limit: 10 }, wait);
    await turn();
    expect(source.waits).toHaveLength(1);
    expect(source.waits[0].timeoutMs > 0 && source.waits[0].timeoutMs <= LONG).toBe(true);
  });

  it('answers when the signal aborts, also when it has aborted before', async () => {
    const source = new Source();
    const abort = new AbortController();
    const answer = poll(source, { after: at(10), limit: 10 }, { waitMs: LONG, signal: abort.signal });
    await turn();
    abort.abort();
    expect((await answer).next).toBe(at(10));
    const late = await poll(source, { after: at(10), limit: 10 }, { waitMs: LONG, signal: abort.signal });
    expect(late.size).toBe(0);
  });

  it.each([
    ['limit 0', { after: at(10), limit: 0 }],
    ['reading back', { before: at(1), limit: 10 }],
  ])('does not wait for %s', async (_, request) => {
    const source = new Source();
    expect((await poll(source, request, wait)).size).toBe(0);
    expect(source.waits).toEqual([]);
  });

  it('waits for the first entry of an empty log', async () => {
    const source = new Source();
    source.newest = 0;
    const answer = poll(source, { limit: 10 }, wait);
    await turn();
    source.append(2);
    expect(ids(await answer)).toEqual([1, 2]);
  });

  it('does not wait where older entries are still to be looked at: the reader goes on from prev', async () => {
    const source = new Source();
    const read = source.read.bind(source);
    source.read = (request) => ({ ...read(request), prev: at(5), more: true });
    const batch = await poll(source, { limit: 10, filter: EVEN }, wait);
    expect([batch.size, batch.prev, batch.more, source.asked.length]).toEqual([0, at(5), true, 1]);
  });

  it('stops listening when it has answered, also when the source throws', async () => {
    const source = new Source();
    await poll(source, { after: at(8), limit: 10 }, wait);
    expect(source.listeners.size).toBe(0);
    source.read = () => {
      throw new Error('source');
    };
    await expect(poll(source, { after: at(8), limit: 10 }, wait)).rejects.toThrow('source');
    expect(source.listeners.size).toBe(0);
  });

  it('takes a source without events', async () => {
    const source = new Source();
    const plain: LogSource = { read: source.read.bind(source), waitAfter: source.waitAfter.bind(source) };
    expect(ids(await poll(plain, { after: at(9), limit: 10 }, wait))).toEqual([10]);
  });

  it('waits for nothing of a source that is finished', async () => {
    const source = new ArrayStore();
    source.append({ level: 'log', message: 'the only one' });
    source.finish();
    const after = source.cursor(source.newest);
    const { size, next } = await poll(source, { after, limit: 10 }, wait);
    expect([size, next]).toEqual([0, after]);
    expect(await poll(source, { after: '0' as Cursor, limit: 10 }, wait)).toMatchObject({ size: 1 });
  });

  it('answers when the source finishes, with what was written until then', async () => {
    const source = new ArrayStore();
    const after = source.cursor(source.newest);
    const answer = poll(source, { after, limit: 10, filter: { search: 'wanted' } }, wait);
    await turn();
    source.append({ level: 'log', message: 'dropped' });
    await turn();
    source.finish();
    expect(await answer).toMatchObject({ size: 0, next: source.cursor(source.newest) });
  });
});
