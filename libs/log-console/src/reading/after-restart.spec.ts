import { formatCursor, parseCursor, type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { type PreviousRun } from '../domain/log-sink.js';
import { type ReadRequest } from '../domain/log-source.js';
import { Redactor } from '../redaction/redactor.js';
import { MemoryStore } from '../stores/memory/memory.store.js';
import { describeLogStore } from '../testing/index.js';
import { AfterRestart } from './after-restart.js';
import { backlogStart, follow } from './follow.js';
import { PreviousEntries } from './previous-entries.js';

const line = (id: number, more: object = {}): string =>
  JSON.stringify({
    id,
    time: '2026-11-20T08:00:00.000Z',
    level: id % 2 ? 'log' : 'warn',
    message: `old ${id}`,
    instance: 'web-1',
    ...more,
  });
const lines = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index));
const RUN: PreviousRun = { epoch: 'older', lines: lines(1001, 1010), isClean: true, lastId: 1012, torn: 0 };

// Of a run without lines; with some, who reads back gets to them, where the suite expects an end.
describeLogStore('A store after a restart', (options) => {
  const store = new MemoryStore(options);
  const log = new AfterRestart(store, new PreviousEntries({ ...RUN, lines: [] }, options.instance ?? 'app'));
  return { store: log, close: () => store.close() };
});

describe('AfterRestart', () => {
  let store: MemoryStore;
  beforeEach(() => (store = new MemoryStore({ capacity: 20, instance: 'web-1' })));
  afterEach(() => store.close());

  const after = (run: Partial<PreviousRun> = {}, redactor?: Redactor): AfterRestart =>
    new AfterRestart(store, new PreviousEntries({ ...RUN, ...run }, 'web-1', redactor));
  const log = (count: number): void => {
    for (let index = 0; index < count; index++) store.append({ level: 'log', message: `new ${index}` });
  };
  const old = (id: number): Cursor => formatCursor('older', id);
  const messages = ({ entries }: { entries: readonly LogEntry[] }): string[] =>
    entries.map(({ message }) => message);
  const oldMessages = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => `old ${from + index}`);
  /** All batches from a place on, until it is up to date. */
  const readOn = (source: AfterRestart, from: Cursor, request: Partial<ReadRequest> = {}): LogBatch[] => {
    const batches: LogBatch[] = [];
    for (let cursor = from; ;) {
      const batch = source.read({ limit: 4, ...request, after: cursor });
      if (batch.next === cursor) return batches;
      batches.push(batch);
      cursor = batch.next;
    }
  };

  it('leads from the older run to this one, and tells of the restart in between', () => {
    log(3);
    const batches = readOn(after(), old(1004));
    expect(batches.flatMap(messages)).toEqual([...oldMessages(1005, 1010), 'new 0', 'new 1', 'new 2']);
    // 1011 and 1012 were given, and are nowhere.
    expect(batches.map(({ gap }) => gap).filter(Boolean)).toEqual([{ reason: 'restarted', missed: 2 }]);
    expect(batches.find(({ gap }) => gap)).toMatchObject({ epoch: store.epoch });
  });

  it('does not say how many are missing of a run that was killed', () => {
    log(1);
    expect(after({ isClean: false }).read({ after: old(1010), limit: 5 })).toMatchObject({
      gap: { reason: 'restarted', missed: null },
    });
  });

  it('counts what this run has lost since, too', () => {
    log(50);
    expect(after().read({ after: old(1010), limit: 5 })).toMatchObject({ gap: { missed: 2 + 30 } });
  });

  it('leads back from the oldest entry of this run to the older one, and there to its beginning', () => {
    log(3);
    const source = after();
    const pages: LogBatch[] = [source.read({ limit: 500 })];
    expect(pages[0]).toMatchObject({ size: 3, more: true });
    for (let before = pages[0].prev; ;) {
      const page = source.read({ before, limit: 4 });
      if (page.prev === before) {
        expect(page).toMatchObject({ size: 0, more: false });
        break;
      }
      pages.push(page);
      before = page.prev;
    }
    expect(pages.reverse().flatMap(messages)).toEqual([
      ...oldMessages(1001, 1010),
      'new 0',
      'new 1',
      'new 2',
    ]);
    expect(pages.map(({ more }) => more)).toEqual([false, true, true, true]);
    expect(pages[2].gap).toEqual({ reason: 'restarted', missed: 2 });
  });

  it('gives a new reader its backlog from both, the restart between them', async () => {
    log(3);
    const source = after();
    const start = await backlogStart(source, 8, undefined);
    expect(start).toBe(old(1005));
    const batches: LogBatch[] = [];
    for await (const batch of follow(source, { after: start })) {
      batches.push(batch);
      if (batch.epoch === store.epoch) break;
    }
    expect(batches.map((batch) => [batch.gap?.reason, ...messages(batch)])).toEqual([
      [undefined, ...oldMessages(1006, 1010)],
      ['restarted', 'new 0', 'new 1', 'new 2'],
    ]);
  });

  it('finds what a filter wants in both', () => {
    log(3);
    const batches = readOn(after(), old(1000), { filter: { level: ['warn'], search: 'OLD' } });
    expect(batches.flatMap(messages)).toEqual([1002, 1004, 1006, 1008, 1010].map((id) => `old ${id}`));
    const back = after().read({ before: old(1009), limit: 2, filter: { level: ['log'] } });
    expect(messages(back)).toEqual(['old 1005', 'old 1007']);
  });

  it('takes no more of the older run than bytes are wanted, one entry at least', () => {
    const source = after();
    expect(source.read({ after: old(1000), limit: 9, maxBytes: 250 })).toMatchObject({
      size: 2,
      next: old(1002),
    });
    expect(source.read({ after: old(1000), limit: 9, maxBytes: 1 })).toMatchObject({ size: 1 });
  });

  it('goes on for a reader that kept nothing but the last id, whichever run it is of', () => {
    log(2);
    const batches = readOn(after(), '1008' as Cursor);
    expect(batches.flatMap(messages)).toEqual(['old 1009', 'old 1010', 'new 0', 'new 1']);
  });

  it.each(['nobody-5', 'nobody-1005', 'older-999', 'older-1012', '5'])(
    'leads from %s, which nobody knows, to the oldest of this run',
    (cursor) => {
      log(2);
      const batch = after().read({ after: cursor as Cursor, limit: 5 });
      expect([messages(batch), batch.gap]).toEqual([
        ['new 0', 'new 1'],
        { reason: 'restarted', missed: null },
      ]);
    },
  );

  it('stays where it is when nothing is wanted', () => {
    log(1);
    expect(after().read({ after: old(1010), limit: 0 })).toMatchObject({ next: old(1010), size: 0 });
  });

  it('does not wait in the older run', async () => {
    log(1);
    await after().waitAfter(old(1010), { timeoutMs: 600_000 });
  });

  it('forgets the older run when somebody clears the log', async () => {
    log(2);
    const source = after();
    await expect(source.clear({ upTo: old(1005) })).rejects.toThrow('another epoch');
    expect(source.read({ before: old(1005), limit: 1 })).toMatchObject({ size: 1 });
    await source.clear();
    expect(source.read({ after: old(1005), limit: 5 })).toMatchObject({
      gap: { reason: 'restarted' },
      size: 1,
    });
    expect(
      source.read({
        before: formatCursor(store.epoch, parseCursor(store.stats().newest)?.id ?? 0),
        limit: 5,
      }),
    ).toMatchObject({ size: 0 });
  });

  it('lets others take what is about to be cleared, before it is', async () => {
    log(2);
    let held = 0;
    const source = new AfterRestart(store, undefined, () => (held = store.stats().held.entries));
    await source.clear();
    expect(held).toBe(2);
  });

  it('passes over what others wrote in the file', () => {
    const strange = [
      'no json at all',
      '{"id":1020,"level":"log","message":"cut',
      line(1021, { level: 'loud' }),
      line(1022, { message: 5 }),
      line(1007),
      line(1029, { time: 'soon' }),
      line(1030, { stack: 7, context: {}, unknown: 1, truncated: 'x', data: { ok: 1 } }),
    ];
    const batches = readOn(after({ lines: [...lines(1005, 1008), ...strange] }), old(1004)).filter(
      ({ epoch }) => epoch === 'older',
    );
    expect(batches.flatMap(messages)).toEqual([...oldMessages(1005, 1008), 'old 1029', 'old 1030']);
    expect(batches.at(-1)?.entries.at(-1)).toEqual({
      ...(JSON.parse(line(1030)) as object),
      data: { ok: 1 },
    });
  });

  it('masks what has become a secret since', () => {
    const redactor = new Redactor();
    const secret = 'Bearer abcdefghijklmnopqrstuvwxyz0123456789';
    const run = { lines: [line(1001, { message: secret, stack: secret, data: { password: 'hunter2' } })] };
    const [entry] = after(run, redactor).read({ after: old(1000), limit: 1 }).entries;
    expect(JSON.stringify(entry)).not.toMatch(/abcdefghij|hunter2/);
    expect(entry.data).toEqual({ password: expect.stringContaining('[redacted') as string });
  });
});
