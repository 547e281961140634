import { LOG_LEVELS } from '../../domain/log-level.js';
import { MemoryStore } from '../memory/memory.store.js';
import { EntryList } from './entry-list.js';

/** The JSON a ring makes of lines with this data. */
function listOf(...data: unknown[]): { list: EntryList | undefined; json: string } {
  const ring = new MemoryStore();
  data.forEach((one, index) =>
    ring.append({ level: LOG_LEVELS[index % LOG_LEVELS.length], message: `line ${index} é 🧺`, data: one }),
  );
  const batch = ring.read({ limit: 1000 });
  const json = Buffer.concat(batch.encoded?.() ?? []).toString('latin1');
  return { list: EntryList.of(json, batch.size), json };
}

describe('EntryList', () => {
  it.each<[string, unknown[]]>([
    ['lines without data', [undefined, undefined, undefined]],
    ['data that holds entries itself', [[1, { id: 7 }, { id: 8, time: 'x' }], { a: [0, { id: 1 }] }]],
    [
      'data with every bracket, quote and backslash',
      ['},{"id":1}', { 'a"]': '\\' }, [[[]]], '\\"', ',{"id":'],
    ],
  ])('finds where each entry begins and ends: %s', (_what, data) => {
    const { list, json } = listOf(...data);
    const parts = list?.starts.map((start, index) => json.slice(start, list.end(index)));
    expect(parts?.length).toBe(data.length);
    expect(parts?.map((part) => (JSON.parse(part) as { data?: unknown }).data)).toEqual(data);
  });

  it('counts the levels, of all and of a part', () => {
    const { list } = listOf(...Array.from({ length: 8 }, () => ({ level: 'fatal' })));
    expect(list?.levels()).toEqual([2, 2, 1, 1, 1, 1]);
    expect(list?.levels(1, 3)).toEqual([0, 1, 1, 0, 0, 0]);
  });

  it.each([
    ['of another number of entries', '{"id":1,"time":"t","level":"log"}', 2],
    ['of something else', '[{"id":1}]', 1],
    ['of nothing', '', 1],
  ])('is no list: a text %s', (_what, text, count) => {
    expect(EntryList.of(text, count)).toBeUndefined();
  });
});
