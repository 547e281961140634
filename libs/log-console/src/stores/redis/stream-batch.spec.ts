import { createRedactor } from '../../redaction/create-redactor.js';
import { MemoryStore } from '../memory/memory.store.js';
import { type Reply } from './driver.js';
import { StreamBatch } from './stream-batch.js';

const redactor = createRedactor({}, [], {});

/** An entry of the stream as Redis gives it. */
function row(json: string | Buffer, change: Readonly<Record<string, string>> = {}, id = '0-1002'): Reply {
  const fields = { g: '1000', n: '2', v: '0 0 2 0 0 0', i: 'web-1', l: '0', d: json, ...change };
  return [
    Buffer.from(id),
    Object.entries(fields)
      .flat()
      .map((text) => Buffer.from(text)),
  ];
}

/** The JSON a ring makes of two lines. */
function lines(one: string, other: string): Buffer {
  const ring = new MemoryStore({ instance: 'web-1' });
  ring.append({ level: 'log', message: one, data: [0, { id: 1 }] });
  ring.append({ level: 'error', message: other });
  return Buffer.concat(ring.read({ limit: 2 }).encoded?.() ?? []);
}

describe('a batch of the stream', () => {
  it('has the ids of the shared log, and all else as it was written', () => {
    const json = lines('one é 🧺', 'other ,{"id":7,');
    const batch = StreamBatch.from(row(json), redactor);
    const written = JSON.parse(`[${json.toString()}]`) as object[];
    expect(batch?.entries).toEqual(written.map((entry, index) => ({ ...entry, id: 1001 + index })));
    expect(batch).toMatchObject({ base: 1000, first: 1001, last: 1002, levels: [0, 0, 1, 0, 1, 0] });
    expect(batch?.bytes(1002, 1002).toString()).toBe(JSON.stringify(batch?.entries[1]));
    expect(batch?.levelsOf(1002, 1002)).toEqual([0, 0, 0, 0, 1, 0]);
    expect(batch?.sizeOf(1001)).toBe((batch?.bytes(1001, 1001).length ?? 0) + 1);
  });

  const GOOD = '{"id":1,"level":"log","message":"a"}';
  it.each<[string, Reply]>([
    ['an id of its own kind', row(`${GOOD},${GOOD}`, {}, '1795197156539-0')],
    ['an id beyond all numbers', row(`${GOOD},${GOOD}`, {}, '0-9999999999999999')],
    ['no entries', row('', { n: '0' })],
    ['fewer entries than it says', row(GOOD)],
    ['something else than JSON', row(`${GOOD},{"id":2,`)],
    ['an entry that is none', row(`${GOOD},{"id":2,"level":"log","message":{}}`)],
    ['an entry that is nothing', row(`${GOOD},null`)],
    ['a name that is none', row(`${GOOD},${GOOD}`, { i: 'web 1\n' })],
    ['no generation', row(`${GOOD},${GOOD}`, { g: 'x' })],
    ['a clear without a time', row(`${GOOD},${GOOD}`, { c: '1001 {"by":"x"}' })],
    ['more than a batch can be', row(`${GOOD},${GOOD}${' '.repeat(33 * 1024 * 1024)}`)],
  ])('is none with %s', (_what, reply) => expect(StreamBatch.from(reply, redactor)).toBeUndefined());

  it('carries nothing that somebody else has put between the lines, or into them', () => {
    const forged = `{"id":1,\n\n"level":"log","message":"a\u009b","x":1},\r\n{"id":2,"level":"log","message":"password=hunter2hunter2"}`;
    const batch = StreamBatch.from(row(Buffer.concat([Buffer.from(forged), Buffer.from(' ')])), redactor);
    const text = batch?.bytes(1001, 1002).toString('latin1') ?? '';
    expect(text).not.toMatch(/[^\x20-\x7e]|"x"|hunter2/);
    expect(batch?.entries.map(({ id, message }) => [id, message])).toEqual([
      [1001, 'a\u009b'],
      [1002, expect.stringContaining('[redacted')],
    ]);
    const broken = StreamBatch.from(row(Buffer.from(`${GOOD},${GOOD}`.replace('"a"', '"\xff"'), 'latin1')));
    expect(broken?.entries[0].message).toBe('\ufffd');
  });
});
