import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { formatCursor, parseCursor, type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogSource, type ReadRequest, type Wait } from '../domain/log-source.js';
import { ArrayStore } from '../testing/array.store.js';
import { backlogStart, follow, type FollowOptions } from './follow.js';

type Answer = Partial<LogBatch> & { readonly next: Cursor };

/** A source that answers from a script, and says what it was asked. After the last answer it is up to date. */
class ScriptedSource implements LogSource {
  readonly asked: ReadRequest[] = [];
  readonly waits: { cursor: Cursor; wait: Wait }[] = [];
  #wake: () => void = () => undefined;
  #last = at(0);

  constructor(readonly answers: Answer[] = []) {}

  read(request: ReadRequest): LogBatch {
    this.asked.push(request);
    const answer = this.answers.shift() ?? { next: request.after ?? this.#last };
    this.#last = answer.next;
    return { epoch: 'e', instance: 'i', entries: [], size: 0, prev: at(0), more: false, ...answer };
  }

  waitAfter(cursor: Cursor, wait: Wait): Promise<void> {
    this.waits.push({ cursor, wait });
    return new Promise((resolve) => {
      this.#wake = resolve;
      wait.signal?.addEventListener('abort', () => resolve());
    });
  }

  say(answer: Answer): void {
    this.answers.push(answer);
    this.#wake();
  }
}

function at(id: number): Cursor {
  return formatCursor('e', id);
}

function entries(...ids: number[]): Pick<LogBatch, 'entries' | 'size'> {
  return { entries: ids.map((id) => ({ id, level: 'log', message: `entry ${id}` })), size: ids.length };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('follow', () => {
  it('does not hold a batch while the next one is read', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const source = new ScriptedSource([{ next: at(1), ...entries(1) }]);
    const batches = follow(source, { after: at(0) });
    const batch = await batches.next().then(({ value }) => new WeakRef(value as LogBatch));
    source.read = () => new Promise<LogBatch>(() => undefined) as never;
    void batches.next();
    for (let turns = 0; turns < 100 && batch.deref(); turns++) {
      await turn();
      collect();
    }
    expect(batch.deref()).toBeUndefined();
  });

  it('reads to the end, then waits, then reads on from where it was', async () => {
    const source = new ScriptedSource([
      { next: at(2), ...entries(1, 2), more: true },
      { next: at(3), ...entries(3) },
    ]);
    const batches = follow(source, { after: at(0) });
    expect((await batches.next()).value?.next).toBe(at(2));
    expect((await batches.next()).value?.next).toBe(at(3));
    const third = batches.next();
    await turn();
    expect(source.waits.map(({ cursor }) => cursor)).toEqual([at(3)]);
    source.say({ next: at(4), ...entries(4) });
    expect((await third).value?.next).toBe(at(4));
    expect(source.asked.map(({ after }) => after)).toEqual([at(0), at(2), at(3), at(3)]);
  });

  it('asks for no more than an event may hold, and passes the filter on', async () => {
    const source = new ScriptedSource([{ next: at(1), ...entries(1) }]);
    const filter = { search: 'x' };
    await follow(source, { after: at(0), filter }).next();
    expect(source.asked).toEqual([{ after: at(0), limit: 1000, maxBytes: 256 * 1024, filter }]);
  });

  it('reads nothing until the consumer asks', async () => {
    const source = new ScriptedSource([
      { next: at(1), ...entries(1), more: true },
      { next: at(2), ...entries(2), more: true },
    ]);
    const batches = follow(source, { after: at(0) });
    await turn();
    expect(source.asked).toHaveLength(0);
    await batches.next();
    await turn();
    expect(source.asked).toHaveLength(1);
  });

  it('yields a gap at once, also where nothing comes with it', async () => {
    const gap = { reason: 'restarted', missed: null } as const;
    const source = new ScriptedSource([{ next: at(0), gap }]);
    const { value } = await follow(source, { after: 'another-1' as Cursor }).next();
    expect([value?.gap, value?.size]).toEqual([gap, 0]);
  });

  it('reads on past what a filter drops without a word, and gives the process its turn in between', async () => {
    const source = new ScriptedSource();
    for (let id = 1; id < 20; id++) source.answers.push({ next: at(id), more: true });
    source.answers.push({ next: at(20), ...entries(20) });
    let turns = 0;
    const counting = (): NodeJS.Immediate => setImmediate(() => turns++ < 100 && counting());
    counting();
    const { value } = await follow(source, { after: at(0), filter: { search: 'x' } }).next();
    expect(value?.next).toBe(at(20));
    expect(source.waits).toEqual([]);
    expect(turns).toBeGreaterThanOrEqual(18);
  });

  it('yields an empty batch as heartbeat when nothing happens, with the place reached', async () => {
    const source = new ScriptedSource([{ next: at(5) }]);
    const batches = follow(source, { after: at(0), idleMs: 0 });
    const { value } = await batches.next();
    expect([value?.size, value?.next]).toEqual([0, at(5)]);
  });

  it('asks each time how long to be silent, and waits no longer', async () => {
    const source = new ScriptedSource();
    const silences = [0, 0, 600_000];
    const batches = follow(source, { after: at(0), idleMs: () => silences.shift() ?? NaN });
    await batches.next();
    await batches.next();
    expect(source.waits).toEqual([]);
    void batches.next();
    await turn();
    expect(silences).toEqual([]);
    expect(source.waits).toHaveLength(1);
    const { timeoutMs } = source.waits[0].wait;
    expect(timeoutMs > 0 && timeoutMs <= 600_000).toBe(true);
  });

  it('ends when the signal aborts: before it began, while it waits, and between two batches', async () => {
    const ended = { done: true, value: undefined };
    const source = new ScriptedSource([{ next: at(1), ...entries(1) }]);
    expect(await follow(source, { after: at(0), signal: AbortSignal.abort() }).next()).toEqual(ended);
    expect(source.asked).toEqual([]);
    const abort = new AbortController();
    const batches = follow(source, { after: at(0), signal: abort.signal });
    await batches.next();
    const waiting = batches.next();
    await turn();
    abort.abort();
    expect(await waiting).toEqual(ended);
    expect(await batches.next()).toEqual(ended);
  });

  it('ends when the loop is left', async () => {
    const source = new ScriptedSource([{ next: at(1), ...entries(1), more: true }]);
    for await (const batch of follow(source, { after: at(0) })) if (batch.size > 0) break;
    await turn();
    expect(source.asked).toHaveLength(1);
  });

  it('hands on what the source throws', async () => {
    const source = new ScriptedSource();
    source.read = () => {
      throw new Error('source');
    };
    await expect(follow(source, { after: at(0) }).next()).rejects.toThrow('source');
  });

  it('starts 500 entries before the newest, when no place and no number is given', async () => {
    const source = new ScriptedSource([
      { next: at(900), ...entries(900), prev: at(401) },
      { next: at(900), ...entries(900) },
    ]);
    await follow(source).next();
    expect(source.asked.map(({ limit, after }) => [limit, after])).toEqual([
      [500, undefined],
      [1000, at(400)],
    ]);
  });
});

describe('follow, of a source that is finished', () => {
  const read = async (source: ArrayStore, options: FollowOptions = {}): Promise<[number[], Cursor[]]> => {
    const sizes: number[] = [];
    const places: Cursor[] = [];
    for await (const { size, next } of follow(source, { after: '0' as Cursor, ...options })) {
      sizes.push(size);
      places.push(next);
    }
    return [sizes, places];
  };
  const log = (source: ArrayStore, count: number): void => {
    for (let index = 0; index < count; index++) source.append({ level: 'log', message: `line ${index}` });
  };

  it('ends after its last entry, in as many batches as it takes', async () => {
    const source = new ArrayStore({ capacity: 5000 });
    log(source, 2500);
    source.finish();
    expect((await read(source))[0]).toEqual([1000, 1000, 500]);
  });

  it('ends when it finishes while it waits', async () => {
    const source = new ArrayStore();
    log(source, 2);
    const reading = read(source);
    await turn();
    expect(source.waiting.size).toBe(1);
    source.finish();
    expect((await reading)[0]).toEqual([2]);
    expect(source.waiting.size).toBe(0);
  });

  it('does not leave out what was written between a read and the end', async () => {
    const source = new ArrayStore();
    const answer = source.read.bind(source);
    source.read = async (request) => {
      const batch = await answer(request);
      if (!source.finished) log(source, 3);
      source.finish();
      return batch;
    };
    expect((await read(source, { after: source.cursor(source.newest) }))[0]).toEqual([3]);
  });

  it.each([
    ['nothing was written', 0],
    ['the filter drops all', 3],
  ])('says with an empty batch how far it is where %s', async (_what, count) => {
    const source = new ArrayStore();
    log(source, count);
    source.finish();
    const [sizes, places] = await read(source, { filter: { search: 'nowhere' } });
    expect([sizes, places.at(-1)]).toEqual([[0], source.cursor(source.newest)]);
  });

  it('has no heartbeats after its end', async () => {
    const source = new ArrayStore();
    log(source, 1);
    source.finish();
    expect((await read(source, { idleMs: 0 }))[0]).toEqual([1]);
  });
});

describe('backlogStart', () => {
  const idOf = async (source: LogSource, limit: number): Promise<number | undefined> =>
    parseCursor(await backlogStart(source, limit, { search: 'x' }))?.id;

  it('is the place before the oldest of the newest', async () => {
    expect(await idOf(new ScriptedSource([{ next: at(9), ...entries(7, 9), prev: at(7) }]), 2)).toBe(6);
  });

  it('looks on, where a filtered read did not find enough, for what is still wanted', async () => {
    const source = new ScriptedSource([
      { next: at(9), prev: at(7), ...entries(8), more: true },
      { next: at(6), prev: at(5), ...entries(5, 6), more: true },
      { next: at(4), prev: at(2), ...entries(2), more: true },
    ]);
    expect(await idOf(source, 4)).toBe(1);
    expect(source.asked.map(({ before, limit }) => [before, limit])).toEqual([
      [undefined, 4],
      [at(7), 3],
      [at(5), 1],
    ]);
  });

  it('stops where nothing older is held', async () => {
    const source = new ScriptedSource([
      { next: at(9), prev: at(7), more: true },
      { next: at(6), prev: at(5), ...entries(5), more: false },
    ]);
    expect(await idOf(source, 4)).toBe(4);
  });

  it('gives the process its turn between two reads', async () => {
    const source = new ScriptedSource(
      Array.from({ length: 20 }, (_, index) => ({ next: at(99), prev: at(50 - index), more: index < 19 })),
    );
    let turns = 0;
    const counting = (): NodeJS.Immediate => setImmediate(() => turns++ < 100 && counting());
    counting();
    await idOf(source, 4);
    expect(turns).toBeGreaterThanOrEqual(18);
  });
});
