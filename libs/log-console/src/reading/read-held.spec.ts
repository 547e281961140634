import { type Cursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogSource } from '../domain/log-source.js';
import { MemoryStore } from '../stores/memory/memory.store.js';
import { readHeld, type HeldPage, type HeldRequest } from './read-held.js';

function storeWith(count: number, capacity = 10_000): MemoryStore {
  const store = new MemoryStore({ capacity });
  for (let index = 0; index < count; index++) {
    store.append({ level: index % 10 === 0 ? 'error' : 'log', message: `line ${index}` });
  }
  return store;
}

async function all(store: MemoryStore, request: Partial<HeldRequest> = {}): Promise<HeldPage[]> {
  const pages: HeldPage[] = [];
  for await (const page of readHeld(store, { maxEntries: 100_000, ...request })) pages.push(page);
  return pages;
}

const messages = (pages: readonly HeldPage[]): string[] =>
  pages.flatMap(({ entries }) => entries.map(({ message }) => message));

describe('readHeld', () => {
  it('reads everything held, once and in order, over many pages', async () => {
    const pages = await all(storeWith(2500));
    expect(messages(pages)).toEqual(Array.from({ length: 2500 }, (_, index) => `line ${index}`));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.some(({ gap, more }) => gap ?? more)).toBe(false);
  });

  it('ends at the newest entry of its start, however fast others log', async () => {
    const store = storeWith(1500);
    const seen: string[] = [];
    for await (const { entries } of readHeld(store, { maxEntries: 100_000 })) {
      seen.push(...entries.map(({ message }) => message));
      for (let index = 0; index < 1000; index++) store.append({ level: 'log', message: 'later' });
    }
    expect(seen).toEqual(Array.from({ length: 1500 }, (_, index) => `line ${index}`));
  });

  it('tells the exact gap when the ring turns over in the middle: delivered and missed are all there was', async () => {
    const store = storeWith(2000, 2000);
    let delivered = 0;
    let missed = 0;
    for await (const { entries, gap } of readHeld(store, { maxEntries: 100_000 })) {
      delivered += entries.length;
      missed += gap?.missed ?? 0;
      if (delivered === 1000) {
        for (let index = 0; index < 1400; index++) store.append({ level: 'log', message: 'later' });
      }
    }
    expect({ delivered, missed }).toEqual({ delivered: 1600, missed: 400 });
  });

  it('stops at the most it was asked for, and says where to go on', async () => {
    const store = storeWith(30);
    const pages = await all(store, { maxEntries: 10 });
    expect(messages(pages)).toHaveLength(10);
    const more = pages.at(-1)?.more;
    expect(messages(await all(store, { after: more! }))[0]).toBe('line 10');
    expect((await all(store, { maxEntries: 30 })).some((page) => page.more)).toBe(false);
  });

  it('keeps to the filter, and starts after a cursor', async () => {
    const store = storeWith(100);
    expect(messages(await all(store, { filter: { level: ['error'] } }))).toHaveLength(10);
    const { entries, epoch } = store.read({ limit: 3 });
    const after = `${epoch}-${entries[0].id}` as Cursor;
    expect(messages(await all(store, { after }))).toEqual(['line 98', 'line 99']);
  });

  it('answers a foreign cursor with a gap, then everything', async () => {
    const pages = await all(storeWith(5), { after: 'earlier-5' as Cursor });
    expect(pages[0].gap).toEqual({ reason: 'restarted', missed: null });
    expect(messages(pages)).toHaveLength(5);
  });

  it('reads on over epochs, as files have them: ids of an older one do not count against the end', async () => {
    const batch = (epoch: string, ids: number[], next: string, more: boolean): LogBatch => ({
      epoch,
      instance: 'i',
      entries: ids.map((id) => ({ id, level: 'log', message: `${epoch} ${id}` })),
      size: ids.length,
      next: next as Cursor,
      prev: next as Cursor,
      more,
    });
    const batches: Record<string, LogBatch> = {
      'old-10': batch('old', [900, 1000], 'old-1000', true),
      'old-1000': batch('new', [20, 40], 'new-40', true),
      'new-40': batch('new', [60], 'new-60', false),
    };
    const source: LogSource = {
      read: ({ after }) => (after === undefined ? batch('new', [], 'new-20', false) : batches[after]),
      waitAfter: () => Promise.resolve(),
    };
    const seen: string[] = [];
    for await (const { entries } of readHeld(source, { after: 'old-10' as Cursor, maxEntries: 100 }))
      seen.push(...entries.map(({ message }) => message));
    expect(seen).toEqual(['old 900', 'old 1000', 'new 20']);
  });

  it('yields nothing of an empty store', async () => {
    expect(await all(storeWith(0))).toEqual([]);
  });
});
