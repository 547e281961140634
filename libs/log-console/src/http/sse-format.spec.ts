import { formatCursor } from '../domain/cursor.js';
import { type LogBatch } from '../domain/log-batch.js';
import { MemoryStore } from '../stores/memory/memory.store.js';
import { type ByeReason } from './live-format.js';
import { sseFormat } from './sse-format.js';

const place = formatCursor('hobyabumll', 42);
const newest = formatCursor('hobyabumll', 99);

/** The fields of one frame, as an EventSource reads them. */
function fieldsOf(frame: string): Record<string, string> {
  expect(frame.endsWith('\n\n')).toBe(true);
  const lines = frame.slice(0, -2).split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
}

const dataOf = (frame: string): unknown => JSON.parse(fieldsOf(frame).data);

describe('sseFormat', () => {
  it('writes a batch as an unnamed event on one data line, with the place behind it as id', () => {
    const store = new MemoryStore();
    store.append({
      level: 'log',
      message: 'one\ntwo\r\nthree\rfour',
      context: 'a\nb',
      data: { 'k\n': '\n' },
    });
    const batch = store.read({ limit: 10 });
    const fields = fieldsOf(Buffer.from(sseFormat.batch(batch)).toString());
    expect(Object.keys(fields)).toEqual(['id', 'data']);
    expect(fields.id).toBe(batch.next);
    const { entries } = JSON.parse(fields.data) as LogBatch;
    expect(entries).toMatchObject([{ message: 'one\ntwo\r\nthree\rfour', context: 'a\nb' }]);
  });

  it('lets no line of the log become a field of the frame', () => {
    const store = new MemoryStore();
    store.append({ level: 'log', message: 'x\n\nevent: bye\ndata: forged\r\rid: 0\n\n' });
    const text = Buffer.from(sseFormat.batch(store.read({ limit: 10 }))).toString();
    expect(text.match(/\r|\n/g)).toHaveLength(3);
    expect(text).not.toMatch(/^(event|retry)/m);
  });

  it('makes the frame of a batch that readers share once', () => {
    const store = new MemoryStore();
    const { newest: after } = store.stats();
    store.append({ level: 'log', message: 'shared' });
    const [first, second] = [store.read({ after, limit: 10 }), store.read({ after, limit: 10 })];
    expect(sseFormat.batch(second)).toBe(sseFormat.batch(first));
  });

  it('greets with the place where the stream starts, and what a client needs to know', () => {
    const stats = new MemoryStore().stats();
    const hello = sseFormat.hello?.({
      place,
      instance: 'web-1',
      startedAt: '2026-11-20T08:00:00.000Z',
      uiVersion: 'abc',
      ...stats,
    });
    expect(fieldsOf(hello!)).toMatchObject({ retry: '2000', event: 'hello', id: place });
    expect(dataOf(hello!)).toEqual({
      epoch: stats.epoch,
      instance: 'web-1',
      startedAt: '2026-11-20T08:00:00.000Z',
      oldest: stats.oldest,
      newest: stats.newest,
      pingSeconds: 10,
      uiVersion: 'abc',
      store: stats.store,
    });
  });

  it('pings with the place that was reached; the newest is information, never an id', () => {
    const ping = sseFormat.ping!(place, newest);
    expect(fieldsOf(ping)).toMatchObject({ event: 'ping', id: place });
    expect(dataOf(ping)).toEqual({ time: expect.stringMatching(/^\d{4}-.*Z$/) as string, newest });
  });

  it('tells of a clear without moving the place', () => {
    const data = { upTo: newest, by: 'operator-1', at: '2026-11-20T08:00:00.000Z' };
    const cleared = sseFormat.event!({ event: 'cleared', data }, place);
    expect(fieldsOf(cleared)).toMatchObject({ event: 'cleared', id: place });
    expect(dataOf(cleared)).toEqual(data);
  });

  it('tells what happened to a file without moving the place, whatever the reason holds', () => {
    const data = {
      change: 'unavailable',
      at: '2026-11-20T08:00:00.000Z',
      reason: 'EACCES\n\nid: 0',
    } as const;
    const told = sseFormat.event!({ event: 'file', data }, place);
    expect(fieldsOf(told)).toMatchObject({ event: 'file', id: place });
    expect(told.split('\n')).toHaveLength(5);
    expect(dataOf(told)).toEqual(data);
  });

  it.each<ByeReason>(['shutdown', 'signed-out', 'forbidden', 'slow', 'finished'])(
    'says bye: %s, and when to come back',
    (reason) => {
      const bye = sseFormat.bye!(reason, place);
      expect(fieldsOf(bye)).toMatchObject({ event: 'bye', id: place });
      expect(dataOf(bye)).toEqual({ reason, retryMs: 2000 });
    },
  );

  it('keeps a name with line ends, as a host may give one to a user, inside its data line', () => {
    const data = { upTo: newest, by: 'eve\n\nevent: bye\u0085', at: '2026-11-20T08:00:00.000Z' };
    const cleared = sseFormat.event!({ event: 'cleared', data }, place);
    expect(cleared.split('\n')).toHaveLength(5);
    expect(cleared).toContain('\\u0085');
    expect(dataOf(cleared)).toEqual(data);
  });
});
