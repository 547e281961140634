import { setImmediate, setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Cursor } from '../../../domain/cursor.js';
import { type LogBatch } from '../../../domain/log-batch.js';
import { type ReadRequest } from '../../../domain/log-source.js';
import { SharedReads } from './shared-reads.js';

const AFTER = 'e-1' as Cursor;
const REQUEST: ReadRequest = { after: AFTER, limit: 10 };

describe('reads that are shared', () => {
  let written: boolean;
  let reads: number;
  let shared: SharedReads;

  beforeEach(() => {
    written = false;
    reads = 0;
    shared = new SharedReads(async () => {
      reads++;
      // What is there is looked at first, and told later.
      const next = (written ? 'e-2' : AFTER) as Cursor;
      await setImmediate();
      return { next } as LogBatch;
    });
  });

  it('give what was found to all who ask at the time', async () => {
    written = true;
    const all = await Promise.all(Array.from({ length: 100 }, () => shared.after(REQUEST)));
    expect([reads, new Set(all).size, all[0].next]).toEqual([1, 1, 'e-2']);
    expect(await shared.after(REQUEST)).toBe(all[0]);
  });

  it('tell nobody that nothing is there who asked after it was looked', async () => {
    const early = shared.after(REQUEST);
    written = true;
    const late = Array.from({ length: 100 }, () => shared.after(REQUEST));
    expect([(await early).next, ...new Set((await Promise.all(late)).map(({ next }) => next))]).toEqual([
      AFTER,
      'e-2',
    ]);
    expect(reads).toBe(2);
  });

  it('are not shared by those who ask for something else', async () => {
    written = true;
    const others: ReadRequest[] = [
      { ...REQUEST, limit: 9 },
      { ...REQUEST, filter: { search: 'x' } },
      { limit: 10 },
    ];
    await Promise.all([REQUEST, ...others].map((request) => shared.after(request)));
    expect(reads).toBe(4);
  });

  it('are let go of soon, with the lines they found', async () => {
    written = true;
    const batch = await shared.after(REQUEST).then((found) => new WeakRef(found));
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    for (let looks = 0; looks < 100 && batch.deref(); looks++) {
      await setTimeout(20);
      collect();
    }
    expect(batch.deref()).toBeUndefined();
  });
});
