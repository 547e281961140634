import { jest } from '@jest/globals';
import { formatCursor, type Cursor } from '../../domain/cursor.js';
import { EncodedBlocks } from './encoded-blocks.js';
import { entryJson } from './entry-json.js';
import { MemoryReader } from './memory-reader.js';
import { RingBuffer } from './ring-buffer.js';

const FIRST = 1000;
const FROM_OLDEST = '0' as Cursor;

/** A reader of a ring, and how often the JSON of an entry was made. */
function readerOf(capacity: number): {
  ring: RingBuffer;
  reader: MemoryReader;
  encode: jest.Mock<(id: number) => string>;
} {
  const ring = new RingBuffer(FIRST, capacity, 1e9);
  const encode = jest.fn((id: number) => entryJson(ring, id, '"web-1"'));
  const reader = new MemoryReader(ring, new EncodedBlocks(FIRST, encode), { epoch: 'e', instance: 'web-1' });
  return { ring, reader, encode };
}

function fill(ring: RingBuffer, count: number, message = (id: number) => `entry ${id}`): void {
  for (let done = 0; done < count; done++)
    ring.push(2, 0, message(ring.newest + 1), undefined, undefined, undefined, 0, undefined);
}

describe('MemoryReader', () => {
  it('serialises each entry once, however many readers read however they like', () => {
    const { ring, reader, encode } = readerOf(1000);
    fill(ring, 300);
    for (const request of [
      { limit: 500 },
      { limit: 7 },
      { after: FROM_OLDEST, limit: 100 },
      { after: FROM_OLDEST, limit: 100, maxBytes: 500 },
      { after: formatCursor('e', FIRST + 50), limit: 100 },
      { before: formatCursor('e', FIRST + 90), limit: 100 },
      { limit: 500, filter: { search: 'entry 11' } },
    ])
      expect(reader.read(request).entries.length).toBeGreaterThan(0);
    expect(encode).toHaveBeenCalledTimes(300);
    fill(ring, 1);
    reader.read({ limit: 500 });
    expect(encode).toHaveBeenCalledTimes(301);
  });

  it('serialises nothing of what is gone, the entries in the slots of which are others', () => {
    const { ring, reader, encode } = readerOf(4);
    fill(ring, 2);
    reader.read({ limit: 10 });
    fill(ring, 50);
    reader.read({ limit: 10 });
    expect(encode.mock.calls.map(([id]) => id - FIRST)).toEqual([0, 1, 48, 49, 50, 51]);
  });

  it('serialises nothing to say where the newest is, or that a filter drops everything', () => {
    const { ring, reader, encode } = readerOf(1000);
    fill(ring, 300);
    reader.read({ limit: 0 });
    reader.read({ after: FROM_OLDEST, limit: 500, filter: { level: ['fatal'] } });
    expect(encode).not.toHaveBeenCalled();
  });

  it('answers readers that keep up and ask for the same with the same batch', () => {
    const { ring, reader } = readerOf(1000);
    fill(ring, 10);
    const request = { after: formatCursor('e', FIRST + 5), limit: 100, maxBytes: 1000 };
    const batch = reader.read(request);
    expect(reader.read({ ...request })).toBe(batch);
    for (const other of [
      { limit: 3 },
      { maxBytes: 1 },
      { filter: {} },
      { after: formatCursor('e', FIRST) },
    ]) {
      const before = reader.read(request);
      expect(reader.read({ ...request, ...other })).not.toBe(before);
    }
    reader.read(request);
    fill(ring, 1);
    expect(reader.read(request).size).toBe(5);
  });

  it('does not give the batch of before to who has missed something since', () => {
    const { ring, reader } = readerOf(4);
    fill(ring, 4);
    const request = { after: formatCursor('e', FIRST - 1), limit: 100 };
    expect(reader.read(request).gap).toBeUndefined();
    ring.clear(FIRST + 1);
    expect(reader.read(request).gap).toMatchObject({ missed: 2 });
  });

  it('makes the objects of a batch once, and only for those who ask for them', () => {
    const { ring, reader } = readerOf(10);
    fill(ring, 3);
    const parse = jest.spyOn(JSON, 'parse');
    const batch = reader.read({ limit: 10 });
    expect([batch.size, Buffer.concat(batch.encoded?.() ?? []).length > 0]).toEqual([3, true]);
    expect(parse).not.toHaveBeenCalled();
    expect(batch.entries).toBe(batch.entries);
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
  });

  it('hands out the bytes that all readers share, not copies', () => {
    const { ring, reader } = readerOf(100);
    fill(ring, 64);
    const [one] = reader.read({ limit: 100 }).encoded?.() ?? [];
    const [other] = reader.read({ after: FROM_OLDEST, limit: 64 }).encoded?.() ?? [];
    expect(other.buffer).toBe(one.buffer);
    expect(other.byteOffset).toBe(one.byteOffset);
  });

  it('says gap only where there is one, so that a batch is what its JSON says', () => {
    const { ring, reader } = readerOf(10);
    fill(ring, 1);
    expect('gap' in reader.read({ limit: 1 })).toBe(false);
    expect('gap' in reader.read({ after: FROM_OLDEST, limit: 1 })).toBe(false);
  });

  describe('with a filter', () => {
    it('looks at 50,000 entries at most, moves on past them, and says there is more', () => {
      const { ring, reader } = readerOf(120_000);
      fill(ring, 120_000, () => '');
      const filter = { level: ['fatal' as const] };
      const oldest = FIRST - 1;
      let cursor = formatCursor('e', oldest);
      const places = [oldest];
      for (let more = true; more;) {
        const batch = reader.read({ after: cursor, limit: 10, filter });
        expect([batch.size, batch.gap]).toEqual([0, undefined]);
        ({ next: cursor, more } = batch);
        places.push(Number(cursor.slice(2)));
      }
      const steps = places.slice(1).map((place, index) => place - places[index]);
      expect(Math.min(...steps)).toBeGreaterThan(0);
      expect(Math.max(...steps)).toBeLessThanOrEqual(50_000);
      expect(places.at(-1)).toBe(ring.newest);
    });

    it('does so backwards, too', () => {
      const { ring, reader } = readerOf(60_000);
      fill(ring, 60_000, (id) => (id === FIRST ? 'needle' : ''));
      const filter = { search: 'needle' };
      let batch = reader.read({ limit: 10, filter });
      expect([batch.size, batch.more, batch.next]).toEqual([0, true, formatCursor('e', ring.newest)]);
      for (let reads = 0; batch.more && reads < 1000; reads++)
        batch = reader.read({ before: batch.prev, limit: 10, filter });
      expect([batch.size, batch.entries[0]?.message]).toEqual([1, 'needle']);
    });

    it('stops after 20 ms where entries are long, but not before it has looked at one', () => {
      const { ring, reader } = readerOf(100);
      fill(ring, 50, () => 'x'.repeat(100_000));
      let now = 0;
      const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 9));
      const batch = reader.read({ after: FROM_OLDEST, limit: 10, filter: { search: 'needle' } });
      expect([batch.size, batch.more, batch.next]).toEqual([0, true, formatCursor('e', FIRST + 2)]);
      clock.mockRestore();
    });
  });
});
