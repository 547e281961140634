import { formatCursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogEntry } from '../domain/log-entry.js';
import { MemoryStore } from '../stores/memory/memory.store.js';
import { batchJson, toSafeJson } from './batch-json.js';

const text = (batch: LogBatch): string => Buffer.concat(batchJson(batch)).toString();

function plainBatch(entries: LogEntry[], more: Partial<LogBatch> = {}): LogBatch {
  const cursor = formatCursor('e', 7);
  return {
    epoch: 'e',
    instance: 'web-1',
    entries,
    size: entries.length,
    next: cursor,
    prev: cursor,
    more: false,
    ...more,
  };
}

describe('toSafeJson', () => {
  it('shows DEL and every C1 character as an escape, and stays the same value', () => {
    const controls = Array.from({ length: 0xa0 - 0x7f }, (_, index) => String.fromCharCode(0x7f + index));
    const value = { [`key${controls.join('')}`]: controls };
    const json = toSafeJson(value);
    // eslint-disable-next-line no-control-regex
    expect(json).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
    expect(JSON.parse(json)).toEqual(value);
  });

  it.each(['\0', '\x1b[31m', '\r\n', '\ud800', '\u2028', '￿', '😀'])(
    'writes %j so that a strict parser reads the same text',
    (character) => {
      const json = toSafeJson([character]);
      expect(JSON.parse(json)).toEqual([character]);
      // Half of a pair is an escape too: bytes of UTF-8 cannot hold it.
      expect(Buffer.from(json).toString()).toBe(json);
    },
  );
});

describe('batchJson', () => {
  it('is the batch of the contract: its fields in order, and nothing that was not said', () => {
    const entry: LogEntry = { id: 7, level: 'warn', message: 'Low stock' };
    expect(text(plainBatch([entry]))).toBe(
      '{"epoch":"e","instance":"web-1","entries":[{"id":7,"level":"warn","message":"Low stock"}],"next":"e-7","prev":"e-7","more":false}',
    );
  });

  it('says gap and degraded only when there is something to say', () => {
    const gap = { reason: 'evicted', from: 1, to: 6, missed: 6 } as const;
    expect(JSON.parse(text(plainBatch([], { gap, degraded: true })))).toEqual({
      epoch: 'e',
      instance: 'web-1',
      entries: [],
      next: 'e-7',
      prev: 'e-7',
      more: false,
      gap,
      degraded: true,
    });
  });

  it('holds no control character, whoever made the entries', () => {
    const message = 'a\x7fb\x9bc\x1bd';
    const json = text(plainBatch([{ id: 7, level: 'log', message }]));
    // eslint-disable-next-line no-control-regex
    expect(json).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
    expect((JSON.parse(json) as LogBatch).entries[0].message).toBe(message);
  });

  it('hands on the bytes of the ring: two readers share them', () => {
    const store = new MemoryStore();
    for (let line = 0; line < 200; line++) store.append({ level: 'log', message: `line ${line}` });
    const [first, second] = [store.read({ limit: 200 }), store.read({ limit: 200 })].map((batch) =>
      batchJson(batch).slice(1, -1),
    );
    expect(first.length).toBeGreaterThan(1);
    expect(first.map((piece) => piece.buffer)).toEqual(second.map((piece) => piece.buffer));
    first.forEach((piece, index) => expect(piece.buffer).toBe(second[index].buffer));
    expect((JSON.parse(text(store.read({ limit: 200 }))) as LogBatch).entries).toHaveLength(200);
  });

  it('is an empty batch when there is nothing', () => {
    expect(JSON.parse(text(new MemoryStore().read({ limit: 10 })))).toMatchObject({
      entries: [],
      more: false,
    });
  });
});
