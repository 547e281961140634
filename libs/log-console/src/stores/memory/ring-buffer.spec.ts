import { levelIndex } from '../../domain/log-level.js';
import { RingBuffer, type Links } from './ring-buffer.js';

const FIRST = 1_795_162_542_113_048;
const LOG = levelIndex('log');
const ERROR = levelIndex('error');

interface Pushed {
  level?: number;
  message?: string;
  context?: string;
  stack?: string;
  data?: string | Readonly<Record<string, unknown>>;
  dataSize?: number;
  links?: Links;
}

function push(ring: RingBuffer, entry: Pushed = {}): void {
  const { level = LOG, message = 'text', context, stack, data, dataSize = 0, links } = entry;
  ring.push(level, 0, message, context, stack, data, dataSize, links);
}

function held(ring: RingBuffer): string[] {
  return Array.from({ length: ring.size }, (_, index) => ring.messages[ring.slot(ring.oldest + index)]);
}

describe('RingBuffer', () => {
  it('is empty at first: the oldest id is the one to come', () => {
    const ring = new RingBuffer(FIRST, 3, 1000);
    expect([ring.size, ring.oldest, ring.newest, ring.bytes]).toEqual([0, FIRST, FIRST - 1, 0]);
  });

  it.each([1, 2, 3, 7])('holds the newest %i of any number of entries, at their ids', (capacity) => {
    const ring = new RingBuffer(FIRST, capacity, 1e6);
    const all = Array.from({ length: 25 }, (_, index) => `entry ${index}`);
    for (const [index, message] of all.entries()) {
      push(ring, { message });
      const count = Math.min(index + 1, capacity);
      expect([ring.size, ring.oldest, ring.newest]).toEqual([
        count,
        FIRST + index + 1 - count,
        FIRST + index,
      ]);
      expect(held(ring)).toEqual(all.slice(index + 1 - count, index + 1));
      expect(ring.evicted).toBe(index + 1 - count);
    }
  });

  it('evicts as many as a long entry needs, but never the entry itself', () => {
    const ring = new RingBuffer(FIRST, 10, 20);
    for (const message of ['12345', '12345', '12345', '12345']) push(ring, { message });
    expect([ring.size, ring.bytes]).toEqual([4, 20]);
    push(ring, { message: '123456789' });
    expect([ring.size, ring.bytes, ring.evicted]).toEqual([3, 19, 2]);
    push(ring, { message: 'x'.repeat(100) });
    expect([ring.size, ring.bytes, ring.evicted]).toEqual([1, 100, 5]);
    push(ring, { message: 'x' });
    expect([ring.size, ring.bytes]).toEqual([1, 1]);
  });

  describe('growing on demand', () => {
    const LONG = 'x'.repeat(90);

    it('takes as many slots as are needed, up to the capacity', () => {
      const ring = new RingBuffer(FIRST, 1000, 1e6);
      const lengths = new Set<number>();
      for (let count = 0; count < 2500; count++) {
        push(ring);
        lengths.add(ring.levels.length);
      }
      expect([...lengths]).toEqual([64, 128, 256, 512, 1000]);
      expect([ring.size, ring.evicted]).toEqual([1000, 1500]);
    });

    it('holds every field of every entry at its id, also when some had gone before', () => {
      const all: Pushed[] = Array.from({ length: 700 }, (_, index) => ({
        level: index % 6,
        message: index < 100 ? `${index} ${LONG}` : `entry ${index}`,
        ...(index % 2 === 0 && { context: `context ${index}` }),
        ...(index % 3 === 0 && { stack: `stack ${index}` }),
        ...(index % 4 === 0 && { data: `[${index}]`, dataSize: 5 }),
        ...(index % 5 === 0 && { links: { requestId: `r${index}` } }),
      }));
      const ring = new RingBuffer(FIRST, 300, 4000);
      for (const [index, entry] of all.entries()) {
        push(ring, entry);
        const seen = Array.from({ length: ring.size }, (_, at) => {
          const slot = ring.slot(ring.oldest + at);
          const { levels, messages, contexts, stacks, links } = ring;
          return [levels[slot], messages[slot], contexts[slot], stacks[slot], ring.dataAt(slot), links[slot]];
        });
        const expected = all
          .slice(ring.oldest - FIRST, index + 1)
          .map(({ level, message, context, stack, data, links }) => [
            level,
            message,
            context,
            stack,
            data,
            links,
          ]);
        expect(seen).toEqual(expected);
      }
      expect(ring.levels.length).toBe(256);
      expect(ring.evicted).toBe(700 - ring.size);
    });

    it('counts the bytes right afterwards: emptied, it holds none', () => {
      const ring = new RingBuffer(FIRST, 500, 1e6);
      for (let count = 0; count < 130; count++) push(ring, { message: 'x'.repeat(count) });
      ring.clear(ring.newest);
      expect([ring.size, ring.bytes]).toEqual([0, 0]);
    });
  });

  it('lets the oldest go until it holds so many bytes, never the newest', () => {
    const ring = new RingBuffer(FIRST, 10, 1000);
    for (let count = 0; count < 5; count++) push(ring, { message: '1234' });
    ring.evictTo(11);
    expect([ring.size, ring.bytes, ring.evicted]).toEqual([2, 8, 3]);
    ring.evictTo(-1);
    expect([ring.size, ring.bytes, ring.evicted]).toEqual([1, 4, 4]);
  });

  it('counts the bytes of all texts of an entry, and gives them back', () => {
    const ring = new RingBuffer(FIRST, 10, 1000);
    push(ring, { message: '1', context: '22', stack: '333', data: '4444', dataSize: 4 });
    expect(ring.bytes).toBe(10);
    ring.clear(FIRST);
    expect(ring.bytes).toBe(0);
  });

  it('clears up to an id, and goes on with the ids where they were', () => {
    const ring = new RingBuffer(FIRST, 4, 1000);
    for (let count = 0; count < 6; count++) push(ring, { message: `entry ${count}` });
    expect(ring.clear(FIRST + 1)).toBe(0);
    expect(ring.clear(FIRST + 3)).toBe(2);
    expect(held(ring)).toEqual(['entry 4', 'entry 5']);
    expect(ring.clear(FIRST + 5)).toBe(2);
    expect([ring.size, ring.oldest, ring.newest]).toEqual([0, FIRST + 6, FIRST + 5]);
    push(ring, { message: 'entry 6' });
    expect([held(ring), ring.newest, ring.evicted]).toEqual([['entry 6'], FIRST + 6, 2]);
  });

  it('counts by level what it holds and what it ever accepted', () => {
    const ring = new RingBuffer(FIRST, 3, 1000);
    for (const level of [ERROR, LOG, LOG, LOG, ERROR]) push(ring, { level });
    expect([ring.heldByLevel[LOG], ring.heldByLevel[ERROR]]).toEqual([2, 1]);
    ring.clear(ring.newest);
    expect([ring.heldByLevel[LOG], ring.heldByLevel[ERROR]]).toEqual([0, 0]);
    expect([ring.acceptedByLevel[LOG], ring.acceptedByLevel[ERROR]]).toEqual([3, 2]);
  });

  it('keeps nothing of an entry that is gone, also where its slot is used again', () => {
    const ring = new RingBuffer(FIRST, 1, 1000);
    const full = { context: 'C', stack: 'S', data: '{"a":1}', dataSize: 7, links: { requestId: 'r' } };
    const inSlot = (): unknown[] => {
      const slot = ring.slot(ring.newest);
      const { messages, contexts, stacks, links } = ring;
      return [messages[slot], contexts[slot], stacks[slot], ring.dataAt(slot), links[slot]];
    };
    push(ring, full);
    push(ring, { message: 'M' });
    expect(inSlot()).toEqual(['M', undefined, undefined, undefined, undefined]);
    push(ring, full);
    ring.clear(ring.newest);
    expect(inSlot()).toEqual(['', undefined, undefined, undefined, undefined]);
  });

  it('makes the JSON of data that was kept as an object when it is asked for', () => {
    const ring = new RingBuffer(FIRST, 2, 1000);
    push(ring, { data: { sku: 'AB-444', count: 3 }, dataSize: 20 });
    push(ring, { data: '[1]', dataSize: 3 });
    expect([ring.dataAt(0), ring.dataAt(0), ring.dataAt(1)]).toEqual([
      '{"sku":"AB-444","count":3}',
      '{"sku":"AB-444","count":3}',
      '[1]',
    ]);
  });
});
