import { LineList } from './line-list.js';
import { type Line } from './line.js';
import { sampleBatch, sampleEntries, T0 } from './sample-lines.js';
import { Waiting } from './waiting.js';

const first = sampleBatch(sampleEntries(1, 3));
const restart = { reason: 'restarted', missed: null } as const;

/** What a list that holds 1–3 shows after what waited was handed over. */
function afterFlush(waiting: Waiting): (number | string)[] {
  const list = new LineList();
  list.add(first, T0);
  waiting.flush(list, T0);
  return list.lines.slice(3).map(inShort);
}

function inShort(line: Line): number | string {
  if (line.kind === 'entry') return line.entry.id;
  return line.kind === 'gap' ? `${line.reason} ${line.missed} ${line.from}-${line.to}` : line.kind;
}

describe('what waits', () => {
  it('is counted, handed over in order, and then begins anew', () => {
    const waiting = new Waiting();
    const gap = { reason: 'evicted', from: 6, to: 9, missed: 4 } as const;
    waiting.add(sampleBatch(sampleEntries(4, 5)));
    waiting.add(sampleBatch(sampleEntries(10, 11), { gap }));
    waiting.add(sampleBatch(sampleEntries(10, 11), { gap }));
    waiting.add(sampleBatch(sampleEntries(50, 50), { epoch: 'e2', gap: restart }));
    expect(waiting.count).toBe(5);
    expect(afterFlush(waiting)).toEqual([4, 5, 'evicted 4 6-9', 10, 11, 'restarted', 50]);
    expect([waiting.count, afterFlush(waiting)]).toEqual([0, []]);
  });

  it('is one gap with the exact number where it was too much', () => {
    const waiting = new Waiting(10);
    for (let id = 4; id <= 33; id += 3) waiting.add(sampleBatch(sampleEntries(id, id + 2)));
    expect([waiting.count, waiting.missed]).toEqual([10, 20]);
    expect(afterFlush(waiting)).toEqual(['page 20 4-23', 24, 25, 26, 27, 28, 29, 30, 31, 32, 33]);
    expect([waiting.count, waiting.missed]).toEqual([0, 0]);
  });

  it('counts what was missing already among what it let go', () => {
    const waiting = new Waiting(2);
    waiting.add(sampleBatch(sampleEntries(4, 5)));
    waiting.add(
      sampleBatch(sampleEntries(10, 12), { gap: { reason: 'evicted', from: 6, to: 9, missed: 4 } }),
    );
    expect(afterFlush(waiting)).toEqual(['page 7 4-10', 11, 12]);
  });

  it.each([
    [
      'an unknown number was missing',
      sampleBatch(sampleEntries(6, 8), { gap: { reason: 'shipping', missed: null } }),
      ['page null undefined-undefined', 7, 8],
    ],
    [
      'the server restarted',
      sampleBatch(sampleEntries(50, 53), { epoch: 'e2', gap: restart }),
      ['restarted', 'page 4 undefined-undefined', 52, 53],
    ],
    [
      'the server restarted exactly there',
      sampleBatch(sampleEntries(50, 51), { epoch: 'e2', gap: restart }),
      ['page 2 4-5', 'restarted', 50, 51],
    ],
  ])('says what it can when %s among what it let go', (_, batch, rows) => {
    const waiting = new Waiting(2);
    waiting.add(sampleBatch(sampleEntries(4, 5)));
    waiting.add(batch);
    expect(afterFlush(waiting)).toEqual(rows);
  });

  it('is not counted when the list has it', () => {
    const list = new LineList();
    list.add(first, T0);
    const waiting = new Waiting(3, undefined, list);
    waiting.add(sampleBatch(sampleEntries(2, 5)));
    expect([waiting.count, waiting.missed]).toEqual([2, 0]);
  });

  it('is bounded also where nothing but gaps comes', () => {
    const waiting = new Waiting(3);
    for (let from = 4; from < 40; from += 4) {
      waiting.add(sampleBatch([], { gap: { reason: 'evicted', from, to: from + 3, missed: 4 } }));
    }
    expect(afterFlush(waiting)).toEqual([
      'page 24 4-27',
      'evicted 4 28-31',
      'evicted 4 32-35',
      'evicted 4 36-39',
    ]);
  });

  it('goes when it is too long, not only when it is too many', () => {
    const waiting = new Waiting(100, 1000);
    for (let id = 4; id <= 8; id++) {
      waiting.add(sampleBatch(sampleEntries(id, id, { message: 'm'.repeat(300) })));
    }
    expect(afterFlush(waiting)).toEqual(['page 2 4-5', 6, 7, 8]);
  });
});

describe('a clear while lines wait', () => {
  const cleared = { upTo: 'e1-6', at: new Date(T0).toISOString() };

  it('takes them away at once, and what is shown when they are handed over', () => {
    const waiting = new Waiting();
    waiting.add(sampleBatch(sampleEntries(4, 8)));
    waiting.cleared(cleared);
    waiting.cleared(cleared);
    waiting.add(sampleBatch(sampleEntries(9, 9)));
    expect(waiting.count).toBe(3);
    const list = new LineList();
    list.add(first, T0);
    waiting.flush(list, T0);
    expect(list.lines.map(inShort)).toEqual(['cleared', 7, 8, 9]);
  });

  it('is not forgotten when its place was let go', () => {
    const waiting = new Waiting(2);
    waiting.cleared({ ...cleared, upTo: 'e1-2' });
    waiting.cleared({ ...cleared, upTo: 'e1-3' });
    waiting.add(sampleBatch(sampleEntries(4, 4)));
    waiting.add(sampleBatch(sampleEntries(5, 5)));
    const list = new LineList();
    list.add(first, T0);
    waiting.flush(list, T0);
    expect(list.lines.map(inShort)).toEqual(['cleared', 4, 5]);
  });

  it('also takes what was let go', () => {
    const waiting = new Waiting(3);
    waiting.add(sampleBatch(sampleEntries(4, 12)));
    waiting.cleared(cleared);
    waiting.add(sampleBatch(sampleEntries(13, 15)));
    const list = new LineList();
    list.add(first, T0);
    waiting.flush(list, T0);
    expect(list.lines.map(inShort)).toEqual(['cleared', 'page 6 7-12', 13, 14, 15]);
  });
});
